"""A benchmark tells what the product does beside what bare code does, in one line."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from accountability.models import TimeUnit
from accountability.worktime import WorkCalendar
from liixia.bench import measuring
from liixia.bench.measuring import Timed, line, timed
from liixia.bench.suggesting import TEXTS, suggest
from liixia.bench.worktiming import DEADLINES, FIRST, length, searched, worktime

HOURS = ((datetime.min.time(), datetime.max.time()),)
CALENDAR = WorkCalendar(HOURS, {}, frozenset({FIRST.year}))


def slow():
    time.sleep(0.001)
    return 2


def test_work_is_counted_and_timed(monkeypatch):
    monkeypatch.setattr(measuring, "WHILE", 0.05)
    told = timed(slow)
    assert told.n % 2 == 0
    assert 0 < told.per_second <= 2000
    assert told.p95_ms >= 1
    assert told.cpu_ms < 1


def test_a_line_holds_the_ratio_to_the_floor():
    told = line("locate", "points/s", Timed(50.0, 2.0, 3.0, 100), Timed(200.0, 1.0, 1.0, 400))
    assert set(told) == {"bench", "value", "unit", "floor", "ratio", "cpu_ms", "p95_ms", "n"}
    assert (told["value"], told["floor"], told["ratio"]) == (50.0, 200.0, 0.25)


@pytest.mark.parametrize("unit", TimeUnit.values)
def test_the_floor_of_worktime_knows_how_long_every_unit_is(unit):
    step, work = length(2, unit, CALENDAR)
    assert (step > timedelta()) != (work > 0)


def test_the_floor_of_worktime_does_as_many_as_the_product():
    wanted = [(datetime(FIRST.year, 7, 1, tzinfo=UTC), 1, unit) for unit in TimeUnit.values]
    assert searched(wanted, CALENDAR)() == DEADLINES


def test_every_limit_that_ships_has_a_due_moment_and_every_look_gets_suggestions(db, monkeypatch):
    monkeypatch.setattr(measuring, "WHILE", 0.01)
    call_command("load_lixia", verbosity=0)
    assert worktime()["value"] > 0
    assert suggest()["n"] % TEXTS == 0
