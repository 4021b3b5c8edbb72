"""A storm: thousands of clocks are due at once, several sweeps are at work and are killed again and again.

Thirty thousand here, a hundred thousand by `--long`.
"""

import os
import random
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection

from accountability.models import Clock, Limit
from audit import clock
from cases.models import Step, Verb
from liixia.launcher.places import CHECKOUT
from tests import stories
from tests.copied import beside
from tests.world import world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.timeout(900)]
CASES, SWEEPS = 200, 3
# Only so many rows that the sweep could not tell from others: a case has one clock of a phase and round.
DUE = """
INSERT INTO accountability_clock (subject_kind, subject_id, holder_id, phase, milestone, round, limit_id, started_at,
                                  due_at, altered, attempts, rung)
SELECT 'case', c.id, c.office_id, 'dispatch', '', 100 + n, %s, %s, %s, false, 0, 0
  FROM cases_case c, generate_series(1, %s) n"""


def make_due(count: int) -> None:
    """So many clocks, all due a moment ago."""
    w, at = world(), clock.now()
    for _ in range(CASES):
        stories.reported(w, has_citizen=False)
    limit = Limit.objects.filter(phase="dispatch")[0].pk
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(DUE, [limit, at - timedelta(days=9), at - timedelta(seconds=1), count // CASES])


def sweeping() -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "DATABASE_URL": beside(str(connection.settings_dict["NAME"])), "LIIXIA_DEMO": "1"}
    argv = [sys.executable, "manage.py", "sweep", "--every", "0.2"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.Popen(argv, cwd=CHECKOUT, env=environment, **quiet)


def end_their_sessions() -> None:
    """The database notices later than the system that somebody was killed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


def left() -> int:
    return Clock.objects.filter(round__gt=100, lapsed_at=None).count()


def weather(count: int) -> None:
    """Each lapses once, whoever is killed."""
    make_due(count)
    chance, until = random.Random(4), time.monotonic() + 600
    sweeps = [sweeping() for _ in range(SWEEPS)]
    killed = 0
    try:
        while left() and time.monotonic() < until:
            time.sleep(1)
            victim = chance.randrange(SWEEPS)
            if killed < 12:
                sweeps[victim].send_signal(signal.SIGKILL)
                sweeps[victim].wait()
                sweeps[victim], killed = sweeping(), killed + 1
    finally:
        for one in sweeps:
            one.kill()
            one.wait()
        end_their_sessions()
    assert left() == 0
    assert killed >= 2
    told = Step.objects.filter(verb=Verb.LAPSE, facts__phase="dispatch")
    assert told.count() == count
    assert told.values("facts__clock").distinct().count() == count
    assert Clock.objects.filter(round__gt=100).exclude(attempts=0).count() == 0


def test_each_of_thirty_thousand_lapses_once_whoever_is_killed():
    weather(30_000)


@pytest.mark.long
def test_each_of_a_hundred_thousand_lapses_once_whoever_is_killed():
    weather(100_000)
