"""When a limit is due: by the working day, against holidays, make-up Saturdays and the ends of years."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accountability.worktime import LOCAL, WorkCalendar, YearUncovered, begin, due

HOURS = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
# Spring Festival 2026: off from 15 to 23 February, worked on the Saturdays 14 and 28 February.
OFF = {date(2026, 2, day): False for day in range(15, 24)} | {date(2026, 1, day): False for day in (1, 2, 3)}
MAKE_UP = {date(2026, 2, 14): True, date(2026, 2, 28): True, date(2026, 1, 4): True}
CALENDAR = WorkCalendar(HOURS, OFF | MAKE_UP, frozenset({2024, 2025, 2026}))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "ends"),
    [
        ("2026-03-11 10:32", 5, "working_day", "2026-03-18 17:30"),
        ("2026-03-11 10:32", 4, "working_hour", "2026-03-11 16:02"),
        ("2026-03-11 08:30", 210, "working_minute", "2026-03-11 12:00"),
        ("2026-03-11 12:10", 30, "working_minute", "2026-03-11 14:00"),
        ("2026-03-11 17:30", 1, "working_hour", "2026-03-12 09:30"),
        ("2026-03-13 20:00", 1, "working_hour", "2026-03-16 09:30"),
        ("2026-03-13 20:00", 1, "working_day", "2026-03-17 17:30"),
        ("2026-03-13 10:00", 1, "working_day", "2026-03-16 17:30"),
        ("2026-02-14 16:30", 2, "working_hour", "2026-02-24 09:30"),
        ("2026-02-13 09:00", 1, "working_day", "2026-02-14 17:30"),
        ("2026-02-14 09:00", 1, "working_day", "2026-02-24 17:30"),
        ("2026-02-27 17:00", 1, "working_hour", "2026-02-28 09:00"),
        ("2025-12-31 17:00", 1, "working_hour", "2026-01-04 09:00"),
        ("2026-02-14 22:00", 24, "clock_hour", "2026-02-15 22:00"),
        ("2026-12-31 23:59", 2, "clock_second", "2026-12-31 23:59:02"),
        ("2030-05-01 10:00", 30, "clock_minute", "2030-05-01 10:30"),
        ("2026-02-14 09:00", 3, "day", "2026-02-17 09:00"),
    ],
)
def test_a_limit_is_due_at(start, amount, unit, ends):
    assert due(local(start), amount, unit, CALENDAR) == local(ends)


@pytest.mark.parametrize(
    ("start", "amount", "unit", "year"),
    [
        ("2026-12-31 17:00", 1, "working_hour", 2027),
        ("2026-12-31 18:00", 1, "working_minute", 2027),
        ("2026-12-30 09:00", 2, "working_day", 2027),
        ("2023-12-31 23:00", 1, "working_hour", 2023),
        ("2027-03-01 09:00", 1, "working_day", 2027),
    ],
)
def test_what_reaches_into_an_unknown_year_waits_for_its_calendar(start, amount, unit, year):
    with pytest.raises(YearUncovered) as refused:
        due(local(start), amount, unit, CALENDAR)
    assert refused.value.year == year


def test_the_last_working_minute_of_a_known_year_is_known():
    assert due(local("2026-12-31 17:29"), 1, "working_minute", CALENDAR) == local("2026-12-31 17:30")


def test_a_gap_between_known_years_is_not_bridged():
    gapped = WorkCalendar(HOURS, {}, frozenset({2024, 2026}))
    with pytest.raises(YearUncovered) as refused:
        due(local("2024-12-31 17:00"), 1, "working_hour", gapped)
    assert refused.value.year == 2025


def test_a_calendar_without_hours_knows_no_deadline():
    with pytest.raises(YearUncovered):
        due(local("2026-03-11 10:00"), 1, "working_hour", WorkCalendar((), {}, frozenset({2026})))


def test_work_begins_at_the_next_working_moment():
    assert begin(local("2026-02-14 17:30"), CALENDAR) == local("2026-02-24 08:30")
    assert begin(local("2026-02-14 12:00"), CALENDAR) == local("2026-02-14 13:30")
    assert begin(local("2026-02-14 11:59"), CALENDAR) == local("2026-02-14 11:59")


MINUTES = st.integers(0, (date(2026, 12, 31) - date(2025, 11, 1)).days * 1440 + 1439)
UNITS = st.one_of(
    st.tuples(st.just("working_minute"), st.integers(1, 1000)),
    st.tuples(st.just("working_hour"), st.integers(1, 40)),
    st.tuples(st.just("working_day"), st.integers(1, 30)),
)


@given(st.integers(0, 59_999_999), st.integers(1, 60))
def test_no_microsecond_is_lost(micros, minutes):
    start = local("2026-03-11 09:00") + timedelta(microseconds=micros)
    assert due(start, minutes, "working_minute", CALENDAR) == start + timedelta(minutes=minutes)


@given(MINUTES, MINUTES, UNITS)
def test_who_starts_later_is_never_due_earlier(one, other, limit):
    unit, amount = limit
    early, late = sorted(datetime(2025, 11, 1, tzinfo=LOCAL) + timedelta(minutes=at) for at in (one, other))
    try:
        assert due(early, amount, unit, CALENDAR) <= due(late, amount, unit, CALENDAR)
    except YearUncovered:
        assert late.year == 2026


def test_fifty_thousand_deadlines_take_at_most_a_second():
    starts = [datetime(2025, 11, 1, tzinfo=UTC) + timedelta(minutes=11 * count) for count in range(5_000)]
    due(starts[0], 1, "working_hour", CALENDAR)
    began = perf_counter()
    for start in starts:
        due(start, 4, "working_hour", CALENDAR)
        due(start, 5, "working_day", CALENDAR)
    assert 2 * len(starts) / (perf_counter() - began) > 50_000
