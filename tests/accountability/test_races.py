"""Stops and sweeps at the same moment, on connections of their own: each lapse has its effect once, or none."""

import threading
from datetime import UTC, date, datetime, timedelta
from time import monotonic

import pytest
from django.db import connections, transaction

from accountability import sweep
from accountability.clocks import Start, start, stop
from accountability.models import Clock, Limit
from people.models import Unit
from tests.accountability import doubles

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
AT = datetime(2026, 3, 11, 2, tzinfo=UTC)
LATE = AT + timedelta(hours=1, seconds=1)
IN_TIME = AT + timedelta(minutes=59)


@pytest.fixture(autouse=True)
def _owner(settings):
    doubles.forget()
    settings.CLOCK_KINDS = {"test": {"lapse": "tests.accountability.doubles.lapse"}}
    settings.OUTBOX_CONSUMERS = {}
    Limit.objects.create(
        urgency="normal", phase="sign", amount=1, unit="clock_hour", basis="test", since=date(2020, 1, 1)
    )


def begun(count: int) -> list[int]:
    subjects = [doubles.subject(number).pk for number in range(count)]
    for pk in subjects:
        start("test", pk, starts=[Start("sign")], urgency="normal", at=AT)
    return subjects


def move(subject: int, at: datetime) -> None:
    """What every mover does: lock the subject, then stop its clocks."""
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=subject)
        for clock in stop("test", [subject], phases=["sign"], at=at):
            doubles.Handled.objects.create(consumer="lapse", dedupe_key=str(clock.pk))


def at_once(*jobs) -> list[BaseException]:
    faults: list[BaseException] = []
    ready = threading.Barrier(len(jobs))

    def run(job) -> None:
        try:
            ready.wait(10)
            job()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


def until_gone(pid: int) -> None:
    """The server takes a moment to notice that nobody is there any more, and holds the locks until then."""
    until = monotonic() + 10
    with connections["default"].cursor() as cursor:
        while monotonic() < until:
            cursor.execute("SELECT 1 FROM pg_stat_activity WHERE pid = %s", [pid])
            if cursor.fetchone() is None:
                return
    raise AssertionError(f"session {pid} lives on")


def test_two_sweepers_lapse_each_clock_once(monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 7)
    begun(100)
    assert at_once(*[lambda: sweep.run_once(LATE)] * 4) == []
    assert (sweep.run_once(LATE), doubles.effects(), doubles.poison) == (0, 100, set())
    assert Clock.objects.exclude(lapsed_at=None).count() == 100


def test_a_late_stop_and_a_sweep_at_once_lapse_each_clock_once():
    subjects = begun(40)
    movers = [lambda subject=subject: move(subject, LATE) for subject in subjects]
    assert at_once(*[lambda: sweep.run_once(LATE)] * 2, *movers) == []
    assert (doubles.effects(), Clock.objects.exclude(lapsed_at=None).count()) == (40, 40)
    assert Clock.objects.running().count() == 0


def test_a_stop_judged_in_time_is_in_time_even_if_a_sweep_came_before_its_lock():
    subjects = begun(40)
    movers = [lambda subject=subject: move(subject, IN_TIME) for subject in subjects]
    assert at_once(*[lambda: sweep.run_once(LATE)] * 2, *movers) == []
    assert Clock.objects.filter(stopped_at=IN_TIME, lapsed_at=None).count() == 40


def test_a_busy_subject_is_left_for_the_next_round():
    subjects = begun(2)
    lapsed: list[int] = []
    with transaction.atomic():
        Unit.objects.select_for_update().get(pk=subjects[0])
        assert at_once(lambda: lapsed.append(sweep.run_once(LATE))) == []
    assert (lapsed, Clock.objects.get(subject_id=subjects[0]).attempts) == ([1], 0)
    assert (sweep.run_once(LATE), doubles.effects()) == (1, 2)


def test_a_sweep_that_dies_before_its_commit_has_lapsed_nothing():
    begun(3)

    dead: list[int] = []

    def dies() -> None:
        with transaction.atomic():
            sweep.lapse_kind("test", LATE, monotonic())
            dead.append(connections["default"].connection.info.backend_pid)
            connections["default"].close()

    at_once(dies)
    until_gone(*dead)
    assert (doubles.effects(), sweep.run_once(LATE), doubles.effects()) == (0, 3, 3)
