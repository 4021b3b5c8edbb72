"""Due moments, beginnings of work and spans, each beside the same counted minute by minute by `minute_counter`.

Every case follows from its number alone: `check(number)` repeats the one that a failure names.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

import accountability
from accountability.models import TimeUnit
from accountability.worktime import MICROSECOND, WorkCalendar, YearUncovered, begin, due
from tests.accountability.minute_counter import SHANGHAI, MinuteCounter, RunsOut

DATA = Path(accountability.__file__).parent / "data"
ROWS = list(csv.DictReader((DATA / "day_exceptions.csv").open(encoding="utf-8")))
DAYS = {date.fromisoformat(row["day"]): row for row in ROWS}
YEARS = range(2018, 2027)
HOURS = {
    "noon break": (("08:30", "12:00"), ("13:30", "17:30")),
    "no noon break": (("09:00", "17:00"),),
    "three stretches": (("07:15", "10:00"), ("10:20", "12:45"), ("15:00", "19:30")),
    "stretches that touch": (("08:00", "12:00"), ("12:00", "16:00")),
    "from midnight on": (("00:00", "06:00"), ("22:00", "23:59")),
    "one minute": (("09:00", "09:01"),),
}
COVERED = {"all years": frozenset(YEARS), "a year is missing": frozenset(YEARS) - {2021}}
MOST = {  # of each unit, so that a count stays short
    "working_minute": 1500, "working_hour": 45, "working_day": 40,
    "clock_second": 500, "clock_minute": 3000, "clock_hour": 72, "day": 20,
}  # fmt: skip
NEAR_AN_EDGE = [timedelta(), MICROSECOND, timedelta(seconds=1), timedelta(minutes=1)]


@dataclass(frozen=True)
class Case:
    """One start with one limit, on a calendar told twice: as the code keeps it, and as the counter counts it."""

    hours: str
    covered: str
    where: str
    start: datetime
    unit: str
    amount: int
    until: datetime

    @property
    def pair(self) -> tuple[WorkCalendar, MinuteCounter]:
        return PAIRS[self.hours, self.covered]


def pair(hours: tuple[tuple[str, str], ...], years: frozenset[int]) -> tuple[WorkCalendar, MinuteCounter]:
    off = frozenset(day for day, row in DAYS.items() if row["kind"] == "holiday")
    worked = {day: row["kind"] == "makeup" for day, row in DAYS.items()}
    stretches = tuple((time.fromisoformat(begins), time.fromisoformat(ends)) for begins, ends in hours)
    return WorkCalendar(stretches, worked, years), MinuteCounter(hours, off, frozenset(DAYS) - off, years)


PAIRS = {(said, name): pair(HOURS[said], COVERED[name]) for said in HOURS for name in COVERED}
FESTIVAL = [day for day, row in DAYS.items() if row["name"].startswith("春节") and day.year in YEARS]
MADE_UP = [day for day, row in DAYS.items() if row["kind"] == "makeup" and day.year in YEARS]
TURNS = [date(year, month, day) for year in YEARS for month, day in [(12, 29), (12, 30), (12, 31), (1, 1), (1, 4)]]
ANY = [date(YEARS[0], 1, 1) + timedelta(days=count) for count in range(365 * len(YEARS))]
LAST = [date(year, 12, day) for year in (2020, 2026) for day in range(24, 32)]
PLACES = {
    "festival": FESTIVAL, "made up": MADE_UP, "turn of a year": TURNS, "end of what is known": LAST,
    "any day": ANY, "edge": ANY, "noon": ANY,
}  # fmt: skip


def case(number: int) -> Case:
    dice = Random(number)
    hours, covered, where = dice.choice(list(HOURS)), dice.choice(list(COVERED)), dice.choice(list(PLACES))
    unit = dice.choice(TimeUnit.values)
    start = datetime.combine(dice.choice(PLACES[where]), time(), SHANGHAI) + time_of_day(dice, where, hours)
    until = start + timedelta(seconds=int(dice.triangular(0, 25 * 86_400, 0)))
    amount = dice.randint(1, dice.choice([5, MOST[unit]]))
    return Case(hours, covered, where, start, unit, amount, until)


def time_of_day(dice: Random, where: str, hours: str) -> timedelta:
    if where == "edge" or (where != "any day" and dice.random() < 0.3):
        edge = time.fromisoformat(dice.choice(dice.choice(HOURS[hours])))
        return timedelta(hours=edge.hour, minutes=edge.minute) + dice.choice([1, -1]) * dice.choice(NEAR_AN_EDGE)
    if where == "noon":
        return timedelta(hours=12, minutes=dice.randrange(90))
    whole = timedelta(minutes=dice.randrange(24 * 60))
    return whole + dice.choice([timedelta(), dice.randrange(60_000_000) * MICROSECOND])


def found(ask, *given) -> object:
    """The answer, or the year for want of which there is none."""
    try:
        return ask(*given)
    except (YearUncovered, RunsOut) as missing:
        return missing.year


def check(number: int) -> None:
    wanted = case(number)
    calendar, counter = wanted.pair
    limit = wanted.start, wanted.amount, wanted.unit
    assert found(due, *limit, calendar) == found(counter.due, *limit), (number, wanted)
    assert found(begin, wanted.start, calendar) == found(counter.begin, wanted.start), (number, wanted)
    span = wanted.start, wanted.until
    worked = found(calendar.worked_between, *span)
    counted = found(counter.worked_between, *span)
    assert worked == (counted // MICROSECOND if isinstance(counted, timedelta) else counted), (number, wanted)


def test_two_thousand_cases_equal_the_minutes_counted_one_by_one():
    for number in range(2_000):
        check(number)


@pytest.mark.long
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("first", range(2_000, 102_000, 10_000))
def test_a_hundred_thousand_cases_equal_the_minutes_counted_one_by_one(first):
    for number in range(first, first + 10_000):
        check(number)


def test_the_cases_meet_every_unit_kind_of_hours_and_sort_of_place():
    cases = [case(number) for number in range(2_000)]
    for field, wanted in [("unit", TimeUnit.values), ("hours", HOURS), ("covered", COVERED), ("where", PLACES)]:
        met = Counter(getattr(one, field) for one in cases)
        assert set(met) == set(wanted)
        assert min(met.values()) > 100


def test_the_cases_meet_starts_at_edges_of_work_and_years_that_are_not_known():
    cases = [case(number) for number in range(2_000)]
    edges = Counter(
        edge
        for one in cases
        for stretch in HOURS[one.hours]
        for edge, said in zip(("begins", "ends"), stretch, strict=True)
        if one.start.time() == time.fromisoformat(said)
    )
    waits = [one for one in cases if isinstance(found(due, one.start, one.amount, one.unit, one.pair[0]), int)]
    assert min(edges["begins"], edges["ends"]) > 50
    assert len(waits) > 50


def test_a_whole_year_holds_the_minutes_counted_one_by_one():
    calendar, counter = PAIRS["noon break", "all years"]
    first, last = datetime(2025, 1, 1, tzinfo=SHANGHAI), datetime(2026, 1, 1, tzinfo=SHANGHAI)
    assert calendar.worked_between(first, last) * MICROSECOND == counter.worked_between(first, last)


def test_a_span_across_a_year_that_is_not_known_has_no_answer_either_way():
    calendar, counter = PAIRS["noon break", "a year is missing"]
    span = datetime(2020, 12, 30, tzinfo=SHANGHAI), datetime(2022, 1, 5, tzinfo=SHANGHAI)
    assert found(calendar.worked_between, *span) == found(counter.worked_between, *span) == 2021
