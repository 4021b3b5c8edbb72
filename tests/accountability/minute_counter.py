"""Counts working time minute by minute over the rows of a calendar: slow and plain, to check the arithmetic by.

Nothing here knows the code that it checks: no bisection, no totals, an offset instead of a time zone, and one long
list of the minutes that are worked. Hours must begin and end on whole minutes; starts may lie anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cached_property

SHANGHAI = timezone(timedelta(hours=8))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
LENGTHS = {"working_minute": MINUTE, "working_hour": 60 * MINUTE}
STEPS_THAT_PASS = {"clock_second": 1, "clock_minute": 1, "clock_hour": 60, "day": 24 * 60}


class RunsOut(Exception):
    """The count came to a year that the calendar does not know."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


@dataclass(frozen=True)
class MinuteCounter:
    """Hours as texts ("08:30", "12:00"), the days off and the days made up, and the years that are known."""

    hours: tuple[tuple[str, str], ...]
    holidays: frozenset[date]
    made_up: frozenset[date]
    years: frozenset[int]

    @cached_property
    def worked_minutes(self) -> list[int]:
        """The minutes of a workday, one by one, that somebody works."""
        clock = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(24 * 60)]
        return [at for at, said in enumerate(clock) if any(begins <= said < ends for begins, ends in self.hours)]

    def works_on(self, day: date) -> bool:
        if day.year not in self.years:
            raise RunsOut(day.year)
        return day in self.made_up or (day.isoweekday() <= 5 and day not in self.holidays)

    def minutes_of(self, midnight: datetime) -> list[datetime]:
        """Each worked minute of a day, by its beginning."""
        return [midnight + at * MINUTE for at in self.worked_minutes] if self.works_on(midnight.date()) else []

    def minutes_from(self, start: datetime) -> Iterator[datetime]:
        """Each worked minute that is not over at the start, until the known years end."""
        midnight = midnight_before(start)
        while True:
            yield from (minute for minute in self.minutes_of(midnight) if minute + MINUTE > start)
            midnight += DAY

    def begin(self, start: datetime) -> datetime:
        return max(start, next(self.minutes_from(start)))

    def due(self, start: datetime, amount: int, unit: str) -> datetime:
        if unit == "working_day":
            return self._end_of_day(start, amount)
        if unit in LENGTHS:
            return self._worked_off(start, amount * LENGTHS[unit])
        return passed(start, amount, unit)

    def worked_between(self, since: datetime, until: datetime) -> timedelta:
        counted, midnight = timedelta(), midnight_before(since)
        while midnight <= until:
            for minute in self.minutes_of(midnight):
                counted += max(min(minute + MINUTE, until) - max(minute, since), timedelta())
            midnight += DAY
        return counted

    def _worked_off(self, start: datetime, left: timedelta) -> datetime:
        for minute in self.minutes_from(start):
            begins = max(minute, start)
            if minute + MINUTE - begins >= left:
                return begins + left
            left -= minute + MINUTE - begins
        raise AssertionError("the minutes never end but by RunsOut")

    def _end_of_day(self, start: datetime, amount: int) -> datetime:
        day = midnight_before(next(self.minutes_from(start)))
        while amount:
            day += DAY
            amount -= self.works_on(day.date())
        return self.minutes_of(day)[-1] + MINUTE


def passed(start: datetime, amount: int, unit: str) -> datetime:
    step = timedelta(seconds=1) if unit == "clock_second" else MINUTE
    for _count in range(amount * STEPS_THAT_PASS[unit]):
        start += step
    return start


def midnight_before(moment: datetime) -> datetime:
    return moment.astimezone(SHANGHAI).replace(hour=0, minute=0, second=0, microsecond=0)
