"""One run of everything: what starts when, what is waited for, what is started again, and how it all ends."""

import contextlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

from liixia.env import embedded as is_embedded
from liixia.env import shipped
from liixia.launcher import doors, embedded, opening, queue, web
from liixia.launcher.children import Child, Children
from liixia.launcher.house import House
from liixia.launcher.places import database_folder, state_folder
from liixia.launcher.postgres import own_folder
from liixia.launcher.refused import Refused

DISTRICT = "district loaded"
ENDS_WITHIN, STORES_END_WITHIN, DATABASE_ENDS_WITHIN = 2.0, 0.7, 1.5  # all of it within 5 s of Ctrl-C
ENOUGH = 5  # deaths of one process in a minute
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PYTHON = [sys.executable]
CELERY = [*PYTHON, "-m", "celery", "-A", "liixia"]
LOAD = [*PYTHON, "-m", "liixia.launcher.load"]


class Stopped(Exception):
    """Ctrl-C, or a signal that asks us to end."""


def run(host: str, port: int) -> None:
    began = time.monotonic()
    state = own_folder(state_folder(), mode=0o700)
    for folder in (state, database_folder().parent):
        doors.room_in(folder)
    house = House(host, port, state, began, Children(own_folder(state / "logs", mode=0o700)))
    with doors.only_one(state, house.address):
        doors.free_port(host, port)
        with until_told(house):
            open_and_watch(house)


@contextlib.contextmanager
def until_told(house: House) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise Stopped

    for sig in SIGNALS:
        signal.signal(sig, stop)
    try:
        yield
    except Stopped:
        house.say("stopped")


def open_and_watch(house: House) -> None:
    database = contextlib.ExitStack()
    try:
        loader = begin(house)
        if is_embedded():
            database.enter_context(embedded.database())
        house.say("database ready")
        told = opening.load(house, loader, {DISTRICT: sweep})
        if shipped():
            serve(house)
        opening.wait_until_ready(house)
        opening.announce(house, told)
        background(house)
        watch(house)
    finally:
        for sig in SIGNALS:
            signal.signal(sig, signal.SIG_IGN)
        close(house, database)


def begin(house: House) -> opening.Loader:
    """What needs no database yet: it imports its modules while the database starts."""
    loader = opening.Loader(house.start("load", LOAD, again=False, **opening.TALKING))
    if not shipped():
        serve(house)
    if not os.environ.get("REDIS_URL"):
        house.start("valkey", queue.command())
    return loader


def serve(house: House) -> None:
    """In earnest only when the pages' files have been gathered; a demo serves them as they lie, so need not wait."""
    house.start("web", web.command(house.host, house.port))


def sweep(house: House) -> None:
    """Readiness waits for its first round, so it imports its modules while the first cases are played."""
    house.start("sweep", [*PYTHON, "manage.py", "sweep", "--every", "2"])


def background(house: House) -> None:
    """Nobody waits for them to open the site: their imports would only keep it from being ready."""
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"]
    house.start("worker", [*CELERY, "worker", "-c", "2", *quiet])
    house.start("beat", [*CELERY, "beat", "-s", str(house.state / "beat"), "--pidfile=", "-l", "WARNING"])


def watch(house: House) -> None:
    """Starts again what died, unless it keeps dying."""
    while True:
        time.sleep(0.3)
        for dead in house.children.dead():
            house.children.forget(dead)
            if dead.name == "load":
                (house.state / "loading").unlink(missing_ok=True)
            else:
                again(house, dead)


def again(house: House, dead: Child) -> None:
    house.say(f"{dead.name} ended with {dead.process.returncode}: starting it again")
    if house.died(dead.name) >= ENOUGH:
        raise Refused(f"{dead.name} keeps dying: look into {house.children.logs / dead.name}.log.")
    house.start_again(dead.name)


def close(house: House, database: contextlib.ExitStack) -> None:
    """First who uses the stores, then the stores."""
    stores = [child for child in house.children.running if child.name == "valkey"]
    others = [child for child in house.children.running if child.name != "valkey"]
    house.children.stop(others, within=ENDS_WITHIN)
    house.children.stop(stores, within=STORES_END_WITHIN)
    database.close()
    embedded.wait_until_stopped(DATABASE_ENDS_WITHIN)
