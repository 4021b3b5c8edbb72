"""This checkout's own database: started when nobody has started it, stopped when nobody uses it any more."""

import fcntl
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg2

from liixia import env
from liixia.launcher import keeper
from liixia.launcher.places import database_folder, socket_folder, state_folder
from liixia.launcher.postgres import alone, new_cluster, own_folder, programs, template
from liixia.launcher.refused import Refused

WITHOUT_DATABASE = {"help", "check", "collectstatic", "draw_docs", "makemessages", "compilemessages", "version"}
SETTINGS = {
    "max_connections": "120",
    "shared_buffers": "128MB",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "log_min_messages": "warning",
    "timezone": "UTC",
    "jit": "off",
}
STARTS_WITHIN = 30.0


@contextmanager
def database() -> Iterator[None]:
    """Holds the database for as long as the block runs; whoever leaves last lets it stop."""
    os_owner = programs().owner
    own_folder(state_folder(), mode=0o700)
    base = own_folder(database_folder(), mode=0o755 if os_owner else 0o700)
    with open(base / "users", "a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        with alone(base / "start.lock"):
            if not answers() and not comes_back(base):
                start(base)
        yield


@contextmanager
def database_for_a_while(command: list[str]) -> Iterator[None]:
    """What manage.py needs around one command."""
    if not env.embedded() or not command or command[0].startswith("-") or command[0] in WITHOUT_DATABASE:
        yield
        return
    try:
        with database():
            yield
    except Refused as refusal:
        sys.exit(str(refusal))


def wait_until_stopped(within: float) -> None:
    """After the last one left; while a manage.py command still uses the database, it goes on."""
    until = time.monotonic() + within
    while any(database_folder().glob("data-*/postmaster.pid")) and time.monotonic() < until:
        time.sleep(0.03)


def template_made() -> None:
    """For script/setup: nothing to do where the database is somebody else's."""
    if env.embedded():
        template(programs())


def answers(name: str = "postgres") -> bool:
    try:
        psycopg2.connect(host=str(socket_folder()), user="postgres", dbname=name, connect_timeout=3).close()
    except psycopg2.OperationalError:
        return False
    return True


def comes_back(base: Path) -> bool:
    """A killed server is started again by the keeper that lives, and by nobody beside it; False where none lives."""
    until = time.monotonic() + STARTS_WITHIN
    with open(base / keeper.KEPT, "a") as kept:
        while not answers() and time.monotonic() < until:
            try:
                fcntl.flock(kept, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.1)
                continue
            return False
    return answers()


def start(base: Path) -> None:
    with_programs = programs()
    data = base / f"data-{with_programs.major()}"
    if not data.exists():
        new_cluster(with_programs, data)
    own_folder(socket_folder(), mode=0o700, by=with_programs.owner)
    logs = own_folder(state_folder() / "logs", mode=0o700)
    argv = [str(with_programs.folder / "postgres"), "-D", str(data), "-k", str(socket_folder())]
    argv += [f"--{name}={value}" for name, value in SETTINGS.items()]
    order = {"users": str(base / "users"), "argv": argv, "owner": with_programs.owner}
    with open(logs / "postgres.log", "ab") as log:
        kept = subprocess.Popen(
            [sys.executable, "-S", "-E", keeper.__file__, json.dumps(order)],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
        )  # fmt: skip
    wait_for(kept, Path(log.name))
    if not answers("liixia"):
        create("liixia")


def wait_for(kept: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not answers():
        if kept.poll() is not None or time.monotonic() > until:
            raise Refused(why(log))
        time.sleep(0.03)


def why(log: Path) -> str:
    lines = log.read_text(errors="replace").strip().splitlines()[-8:]
    if any("No space left" in line for line in lines):
        return "The disk is full: free some space (about 200 MB) and start again."
    return f"The embedded PostgreSQL does not start; {log} says: {lines[-1] if lines else 'nothing'}"


def create(name: str) -> None:
    connection = psycopg2.connect(host=str(socket_folder()), user="postgres", dbname="postgres")
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    connection.close()
