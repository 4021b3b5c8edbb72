"""A hundred thousand overdue clocks lapse, each exactly once, in one process as shipped."""

import time

from django.db import connection

from accountability import sweep
from accountability.models import Clock
from audit import clock
from cases.models import Step, Verb
from liixia.bench import floors
from liixia.bench.driving import BenchFailed, bare
from liixia.bench.measuring import Timed, line
from liixia.bench.serving import Served

CLOCKS = 100_000
KINDS = ("case", "summons")  # a dispute's clock does more than lapse: it goes up to the next bench
AGE = """
UPDATE accountability_clock SET lapsed_at = NULL, attempts = 0, next_try_at = NULL,
       started_at = started_at - interval '400 days', due_at = due_at - interval '400 days'
 WHERE id IN (SELECT id FROM accountability_clock WHERE stopped_at IS NULL AND due_at IS NOT NULL
               ORDER BY id DESC LIMIT %s)"""


def lapse(server: Served) -> dict[str, object]:
    floor = _floor()
    _age(CLOCKS)
    steps = Step.objects.filter(verb=Verb.LAPSE)
    before, at = steps.count(), clock.now()
    due = Clock.objects.to_lapse(at).filter(subject_kind__in=KINDS).count()
    began, cpu = time.perf_counter(), server.cpu_seconds() + time.process_time()
    lapsed = sum(sweep.lapse_kind(kind, at, time.monotonic()) for kind in KINDS)
    took, spent = time.perf_counter() - began, server.cpu_seconds() + time.process_time() - cpu
    if not lapsed == steps.count() - before == due:
        raise BenchFailed(f"{due} clocks were due, {lapsed} lapsed, {steps.count() - before} steps say so")
    per_clock = took / lapsed
    ours = Timed(lapsed / took, spent / lapsed * 1000, per_clock * sweep.BATCH * 1000, lapsed)
    return line("sweep", "clocks/s", ours, floor)


def _age(count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(AGE, [count])


def _floor() -> Timed:
    """Two hundred clocks at a time, by bare SQL alone."""
    _age(CLOCKS)
    told = bare(floors.sweep)
    return Timed(told.per_second * sweep.BATCH, told.cpu_ms, told.p95_ms, told.n * sweep.BATCH)
