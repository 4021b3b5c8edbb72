"""A running clock is paused, extended and handed on: no minute is won or lost, and what is overdue stays overdue."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from accountability import calendars, segments, sweep
from accountability.clocks import Start, start, stop
from accountability.derivation import derivation, recompute
from accountability.dues import folded
from accountability.models import Calendar, Clock, CoveredYear, DayException, Limit, Segment, WorkHours
from accountability.timewords import look
from accountability.worktime import LOCAL, WorkCalendar
from people.models import Unit

HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
DAYS_OFF = {date(2026, 2, day): False for day in range(15, 24)}
MADE_UP = {date(2026, 2, 14): True, date(2026, 2, 28): True}


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=LOCAL)


def said(moment: datetime | None) -> str:
    return f"{moment.astimezone(LOCAL):%m-%d %H:%M}" if moment else ""


@pytest.fixture
def units(db):
    calendar = Calendar.objects.create(version=1, name="test", basis="test")
    for begins, ends in HOURS:
        WorkHours.objects.create(calendar=calendar, begins=begins, ends=ends)
    CoveredYear.objects.create(calendar=calendar, year=2026, basis="test")
    for day, worked in (DAYS_OFF | MADE_UP).items():
        DayException.objects.create(calendar=calendar, day=day, kind="makeup" if worked else "holiday", name="春节")
    for phase, amount, unit in (("sign", 4, "working_hour"), ("result", 5, "working_day")):
        Limit.objects.create(urgency="normal", phase=phase, amount=amount, unit=unit, basis="t", since=date(2020, 1, 1))
    return [
        Unit.objects.create(code=code, name=code, short_name=code, kind="government") for code in ("甲", "乙", "丙")
    ]


def begun(units, phase: str, at: str) -> Clock:
    return start("case", 7, starts=[Start(phase, units[0].pk)], urgency="normal", at=local(at))[0]


def test_what_was_left_at_a_pause_is_left_after_it(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:00"))
    clock.refresh_from_db()
    assert (clock.due_at, clock.paused_at) == (None, local("03-11 11:00"))
    assert look(clock, local("03-12 09:00"), calendars.numbered(clock.calendar_id)).state == "hold"
    segments.resume([clock], at=local("03-16 16:30"))
    clock.refresh_from_db()
    assert said(clock.due_at) == "03-17 10:30"
    assert recompute(clock) == clock.due_at


def test_a_pause_over_a_holiday_gives_no_holiday_twice(units):
    clock = begun(units, "result", "02-13 10:00")
    assert said(clock.due_at) == "02-27 17:30"
    segments.pause([clock], approver_id=units[1].pk, at=local("02-14 17:30"))
    segments.resume([clock], at=local("02-24 08:30"))
    clock.refresh_from_db()
    assert said(clock.due_at) == "02-27 17:30"


def test_what_is_overdue_is_neither_paused_nor_extended(units):
    clock = begun(units, "sign", "03-11 10:00")
    after = clock.due_at + timedelta(microseconds=1)
    assert segments.pause([clock], approver_id=units[1].pk, at=after) == []
    with pytest.raises(segments.ClockStands):
        segments.extend(clock, until=local("03-20 17:30"), approver_id=None, at=after)
    assert [one.pk for one in segments.pause([clock], approver_id=units[1].pk, at=clock.due_at)] == [clock.pk]


def test_a_pause_at_the_very_last_moment_leaves_nothing(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=clock.due_at)
    segments.resume([clock], at=local("03-14 12:00"))
    clock.refresh_from_db()
    assert said(clock.due_at) == "03-14 12:00"


def test_the_holder_never_approves_its_own_pause(units):
    clock = begun(units, "sign", "03-11 10:00")
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        segments.pause([clock], approver_id=units[0].pk, at=local("03-11 11:00"))


def test_the_database_refuses_pauses_that_overlap(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:00"))
    assert segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:30")) == []
    with pytest.raises(IntegrityError, match="do_not_overlap"), transaction.atomic():
        Segment.objects.create(
            clock=clock, kind="pause", holder=units[0], approver=units[1], since=local("03-11 11:30")
        )


def test_an_extension_names_its_own_moment_and_outlives_a_pause(units):
    clock = begun(units, "result", "03-11 10:00")
    segments.extend(clock, until=local("03-25 17:30"), approver_id=None, at=local("03-12 10:00"))
    segments.pause([clock], approver_id=units[1].pk, at=local("03-25 16:30"))
    segments.resume([clock], at=local("03-27 17:00"))
    clock.refresh_from_db()
    assert said(clock.due_at) == "03-30 09:00"
    assert recompute(clock) == clock.due_at


def test_an_extension_never_shortens(units):
    clock = begun(units, "result", "03-11 10:00")
    with pytest.raises(segments.ClockStands):
        segments.extend(clock, until=clock.due_at, approver_id=None, at=local("03-12 10:00"))


def test_each_holder_is_charged_with_its_own_time_and_none_gets_more(units):
    clock = begun(units, "result", "03-11 10:00")
    due = clock.due_at
    segments.hand_over([clock], holder_id=units[1].pk, at=local("03-12 10:00"))
    segments.hand_over([clock], holder_id=units[2].pk, at=local("03-13 10:00"))
    clock.refresh_from_db()
    assert (clock.due_at, clock.holder) == (due, units[2])
    held = [
        segments.held_by(clock, local(at), clock.segments.all()) for at in ("03-11 12:00", "03-13 10:00", "03-18 17:30")
    ]
    assert held == [units[0].pk, units[1].pk, units[2].pk]


def test_handing_on_while_paused_stays_paused(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:00"))
    segments.hand_over([clock], holder_id=units[2].pk, at=local("03-12 11:00"))
    segments.resume([clock], at=local("03-13 08:30"))
    clock.refresh_from_db()
    assert said(clock.due_at) == "03-13 11:30"
    assert recompute(clock) == clock.due_at


def test_stopping_ends_the_stretch_and_a_paused_clock_is_in_time(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:00"))
    assert stop("case", [7], phases=["sign"], at=local("03-20 10:00")) == []
    clock.refresh_from_db()
    assert clock.lapsed_at is None
    assert [one.until for one in clock.segments.all()] == [local("03-11 11:00"), local("03-20 10:00")]


def test_the_sweep_neither_lapses_nor_fills_in_a_paused_clock(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:00"))
    sweep.compute_awaited()
    clock.refresh_from_db()
    assert clock.due_at is None
    assert not Clock.objects.to_lapse(datetime(2027, 1, 1, tzinfo=UTC)).exists()


def test_a_pause_that_ends_in_an_unknown_year_waits_for_its_calendar(units):
    clock = begun(units, "result", "12-24 10:00")
    segments.pause([clock], approver_id=units[1].pk, at=local("12-25 10:00"))
    segments.resume([clock], at=datetime(2027, 1, 6, 2, tzinfo=UTC))
    clock.refresh_from_db()
    assert clock.due_at is None
    CoveredYear.objects.create(calendar=Calendar.objects.get(), year=2027, basis="test")
    assert said(recompute(clock)) == "01-12 17:30"


def test_the_derivation_tells_every_turn(units):
    clock = begun(units, "sign", "03-11 10:00")
    segments.hand_over([clock], holder_id=units[2].pk, at=local("03-11 10:30"))
    segments.pause([clock], approver_id=units[1].pk, at=local("03-11 11:00"))
    segments.resume([clock], at=local("03-12 08:30"))
    segments.extend(clock, until=local("03-16 17:30"), approver_id=None, at=local("03-12 09:00"))
    clock.refresh_from_db()
    with translation.override("en"):
        lines = derivation(clock)[-4:]
    assert lines == [
        "Due Wed 11 Mar 2026, 15:30. Exactly at that moment is still in time.",
        "From Wed 11 Mar 2026, 10:30 it is held by 丙, which gets no time of its own.",
        "Paused from Wed 11 Mar 2026, 11:00 to Thu 12 Mar 2026, 08:30, approved by 乙."
        " The 3 working h left go on: due Thu 12 Mar 2026, 11:30.",
        "Extended on Thu 12 Mar 2026, 09:00. Due Mon 16 Mar 2026, 17:30.",
    ]


# ---- Against counting minutes

CALENDAR = WorkCalendar(HOURS, DAYS_OFF | MADE_UP, frozenset({2026}))
FIRST = datetime(2026, 2, 9, tzinfo=LOCAL)
MINUTE = timedelta(minutes=1)


def worked(minute: datetime) -> bool:
    day = minute.date()
    on = MADE_UP.get(day, day.weekday() < 5 and day not in DAYS_OFF)
    return on and any(begins <= minute.time() < ends for begins, ends in HOURS)


def counted(begins: datetime, wanted: int, pauses: list[tuple[datetime, datetime]], by_the_clock: bool) -> datetime:
    """The end of the minute in which so many minutes are full, one after the other."""
    at, done = begins, 0
    while done < wanted:
        halted = any(since <= at < until for since, until in pauses)
        done += not halted and (by_the_clock or worked(at))
        at += MINUTE
    return at


@settings(max_examples=300, deadline=None)
@given(
    begins=st.integers(0, 14 * 24 * 60), amount=st.integers(1, 20),
    unit=st.sampled_from(["working_hour", "clock_hour"]),
    cuts=st.lists(st.integers(1, 9 * 24 * 60), max_size=6, unique=True),
)  # fmt: skip
def test_pauses_are_what_counting_minutes_says(begins, amount, unit, cuts):
    begin = FIRST + begins * MINUTE
    limit = Limit(amount=amount, unit=unit)
    clock = Clock(limit=limit, started_at=begin)
    moments = [begin + cut * MINUTE for cut in sorted(cuts)]
    pauses = []
    for since, until in zip(moments[::2], moments[1::2], strict=False):
        if since > counted(begin, amount * 60, pauses, unit == "clock_hour"):
            break
        pauses.append((since, until))
    rows = [Segment(pk=n, kind="pause", since=since, until=until) for n, (since, until) in enumerate(pauses)]
    due = folded(clock, rows, CALENDAR)
    told = counted(begin, amount * 60, pauses, unit == "clock_hour")
    ends_at_the_last_moment = any(since == told for since, _until in pauses)
    assert due == told or ends_at_the_last_moment and due in [until for _since, until in pauses]
