"""Round after round: clocks that are due lapse, and what waits in the outbox goes to its consumers."""

import logging
import signal
import threading
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from accountability import sweep as clocks
from audit import clock
from liixia import heartbeat
from outbox import actions as outbox

log = logging.getLogger("liixia.sweep")
JOBS: dict[str, Callable[[datetime], Any]] = {"clocks": clocks.run_once, "outbox": outbox.drain}


class Command(BaseCommand):
    help = "Lapses due clocks and drains the outbox, every few seconds, until it is told to stop."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=2.0, help="Seconds between two rounds.")
        parser.add_argument("--once", action="store_true", help="One round only.")

    def handle(self, *args: Any, every: float, once: bool, **options: Any) -> None:
        stop = threading.Event()
        for sig in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sig, lambda *_: stop.set())
        one_round()
        while not once and not stop.wait(every):
            one_round()


def one_round() -> None:
    """A failure is told and the next round tries again; only a whole round counts as a heartbeat."""
    whole = all([done(name, job) for name, job in JOBS.items()])
    if whole:
        done("heartbeat", lambda at: heartbeat.beat(heartbeat.SWEEP, at))


def done(name: str, job: Callable[[datetime], Any]) -> bool:
    try:
        job(clock.now())
    except Exception:
        log.exception("the round of %s failed; the next one tries again", name)
        close_old_connections()
        return False
    return True
