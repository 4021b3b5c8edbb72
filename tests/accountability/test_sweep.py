"""The sweep lapses what is due once, leaves the busy, goes round the poisoned, and computes what awaited a calendar."""

from datetime import UTC, date, datetime, time, timedelta
from time import monotonic

import pytest

from accountability import sweep
from accountability.clocks import Start, start, stop
from accountability.models import Calendar, Clock, CoveredYear, Limit, WorkHours
from outbox.actions import put
from outbox.models import Message
from tests.accountability import doubles

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 11, 2, tzinfo=UTC)
DUE = AT + timedelta(hours=1)
LATE = DUE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _owner(settings):
    doubles.forget()
    settings.CLOCK_KINDS = {"test": {"lapse": "tests.accountability.doubles.lapse"}}
    settings.OUTBOX_CONSUMERS = {}
    Limit.objects.create(
        urgency="normal", phase="sign", amount=1, unit="clock_hour", basis="test", since=date(2020, 1, 1)
    )


def begun(count: int, first: int = 0) -> list[int]:
    subjects = [doubles.subject(number).pk for number in range(first, first + count)]
    for pk in subjects:
        start("test", pk, starts=[Start("sign")], urgency="normal", at=AT)
    return subjects


def test_exactly_at_the_due_moment_nothing_lapses():
    begun(1)
    assert (sweep.run_once(DUE), sweep.run_once(LATE), doubles.effects()) == (0, 1, 1)


def test_what_lapses_lapses_at_its_due_moment_and_runs_on():
    begun(1)
    sweep.run_once(LATE + timedelta(days=3))
    clock = Clock.objects.get()
    assert (clock.lapsed_at, clock.stopped_at) == (DUE, None)


def test_a_second_round_finds_nothing():
    begun(3)
    assert (sweep.run_once(LATE), sweep.run_once(LATE), doubles.effects()) == (3, 0, 3)


@pytest.mark.parametrize("count", [1, 30])
def test_a_batch_has_a_fixed_number_of_statements(django_assert_num_queries, count):
    begun(count)
    with django_assert_num_queries(8):
        sweep.lapse_kind("test", LATE, monotonic())


def test_more_than_a_batch_goes_in_one_round(monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 4)
    begun(10)
    assert (sweep.run_once(LATE), doubles.sizes) == (10, [4, 4, 2])


def test_a_poisoned_clock_stands_in_nobodys_way():
    subjects = begun(5)
    doubles.poison.add(subjects[2])
    assert (sweep.run_once(LATE), doubles.effects()) == (4, 4)
    poisoned = Clock.objects.get(subject_id=subjects[2])
    assert (poisoned.attempts, poisoned.lapsed_at) == (1, None)
    assert timedelta(seconds=4) <= poisoned.next_try_at - LATE <= timedelta(seconds=6)


def test_a_poisoned_clock_is_tried_again_later_and_still_lapses_at_its_due_moment():
    subjects = begun(1)
    doubles.poison.add(subjects[0])
    sweep.run_once(LATE)
    assert (sweep.run_once(LATE + timedelta(seconds=3)), Clock.objects.get().attempts) == (0, 1)
    doubles.poison.clear()
    assert sweep.run_once(LATE + timedelta(seconds=7)) == 1
    assert Clock.objects.get().lapsed_at == DUE


def test_a_poisoned_batch_does_not_stop_the_next_one(monkeypatch):
    monkeypatch.setattr(sweep, "BATCH", 2)
    subjects = begun(4)
    doubles.poison.add(subjects[0])
    assert sweep.run_once(LATE) == 3


def test_the_round_also_delivers():
    put("t", dedupe_key="1", partition_key="p", payload={})
    sweep.run_once(AT)
    assert Message.objects.get().fate == "sent"


def awaiting(at: datetime) -> Clock:
    Limit.objects.create(
        urgency="normal", phase="result", amount=2, unit="working_day", basis="test", since=date(2020, 1, 1)
    )
    calendar = Calendar.objects.create(version=1, name="test", basis="test")
    WorkHours.objects.create(calendar=calendar, begins=time(9), ends=time(17))
    CoveredYear.objects.create(calendar=calendar, year=2026, basis="test")
    return start("test", doubles.subject(1).pk, starts=[Start("result")], urgency="normal", at=at)[0]


def next_year_is_loaded() -> None:
    CoveredYear.objects.create(calendar=Calendar.objects.get(), year=2027, basis="test")


def test_a_clock_awaiting_a_calendar_is_computed_once_the_year_is_known():
    clock = awaiting(datetime(2026, 12, 31, 4, tzinfo=UTC))
    sweep.run_once(AT)
    clock.refresh_from_db()
    assert clock.due_at is None
    next_year_is_loaded()
    sweep.run_once(AT)
    clock.refresh_from_db()
    assert clock.due_at == datetime(2027, 1, 4, 9, tzinfo=UTC)


def test_a_clock_computed_late_lapses_at_its_due_moment():
    clock = awaiting(datetime(2026, 12, 31, 4, tzinfo=UTC))
    next_year_is_loaded()
    assert sweep.run_once(datetime(2027, 2, 1, tzinfo=UTC)) == 1
    clock.refresh_from_db()
    assert clock.lapsed_at == clock.due_at == datetime(2027, 1, 4, 9, tzinfo=UTC)


@pytest.mark.parametrize("swept", [True, False])
def test_a_stop_after_the_year_was_loaded_is_judged_the_same_with_and_without_a_sweep(swept):
    clock = awaiting(datetime(2026, 12, 31, 4, tzinfo=UTC))
    next_year_is_loaded()
    if swept:
        sweep.compute_awaited()
    late = stop("test", [clock.subject_id], phases=["result"], at=datetime(2027, 1, 5, tzinfo=UTC))
    assert [found.lapsed_at for found in late] == [datetime(2027, 1, 4, 9, tzinfo=UTC)]


def test_a_stop_while_the_calendar_is_still_awaited_is_in_time():
    clock = awaiting(datetime(2026, 12, 31, 4, tzinfo=UTC))
    assert stop("test", [clock.subject_id], phases=["result"], at=datetime(2027, 1, 5, tzinfo=UTC)) == []


def a_round_that_fails(at: datetime) -> None:
    raise ValueError("poison")


def test_a_part_of_the_round_that_fails_stops_no_lapse_and_is_told_of(settings):
    settings.ROUNDS = [f"{__name__}.a_round_that_fails"]
    put("t", dedupe_key="1", partition_key="p", payload={})
    begun(2)
    with pytest.raises(ValueError, match="poison"):
        sweep.run_once(LATE)
    assert (doubles.effects(), Message.objects.get().fate) == (2, "sent")
