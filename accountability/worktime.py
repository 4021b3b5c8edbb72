"""Working time as pure arithmetic: which moments are worked, and when a limit that starts now is due."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
WORKING = {"working_minute": 60 * SECOND, "working_hour": 3600 * SECOND}
ELAPSING = {
    "clock_second": timedelta(seconds=1),
    "clock_minute": timedelta(minutes=1),
    "clock_hour": timedelta(hours=1),
}


class YearUncovered(Exception):
    """The calendar does not know this year: what reaches into it has to wait."""

    def __init__(self, year: int) -> None:
        super().__init__(year)
        self.year = year


def ticks(moment: datetime) -> int:
    """Whole microseconds since 1970: exact, and quick to compare."""
    return (moment - EPOCH) // MICROSECOND


def moment_of(count: int) -> datetime:
    return EPOCH + timedelta(microseconds=count)


@dataclass
class Run:
    """Covered years without a gap, as stretches of work in order, with the work done by the end of each."""

    first_year: int
    last_year: int
    begins: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    day_of: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    day_ends: list[int] = field(default_factory=list)

    def next_stretch(self, tick: int) -> int:
        """The stretch in which this moment lies, or the next one."""
        found = bisect_right(self.ends, tick)
        if found == len(self.ends):
            raise YearUncovered(self.last_year + 1)
        return found

    def worked(self, tick: int) -> int:
        """The work done from the beginning of the run to this moment."""
        found = bisect_right(self.ends, tick)
        done = self.totals[found - 1] if found else 0
        return done + max(0, tick - self.begins[found]) if found < len(self.ends) else done

    def reached(self, work: int) -> int:
        """The first moment by which so much work is done."""
        found = bisect_left(self.totals, work)
        if found == len(self.totals):
            raise YearUncovered(self.last_year + 1)
        return self.ends[found] - (self.totals[found] - work)


@dataclass(frozen=True)
class WorkCalendar:
    """Hours of a workday, days that differ from the week (True: worked, False: off), and the years it knows."""

    hours: tuple[tuple[time, time], ...]
    exceptions: Mapping[date, bool]
    years: frozenset[int]
    names: Mapping[date, str] = field(default_factory=dict)
    pk: int | None = None
    version: int = 0

    @cached_property
    def day_length(self) -> int:
        """One workday in ticks."""
        return sum((_since_midnight(ends) - _since_midnight(begins)) // MICROSECOND for begins, ends in self.hours)

    @cached_property
    def runs(self) -> dict[int, Run]:
        """The run that each covered year belongs to."""
        found: dict[int, Run] = {}
        for year in sorted(self.years):
            run = found.get(year - 1) or Run(year, year)
            run.last_year = year
            self._add_year(run, year)
            found[year] = run
        return found

    def is_worked(self, day: date) -> bool:
        if day.year not in self.years:
            raise YearUncovered(day.year)
        return self.exceptions.get(day, day.weekday() < 5)

    def run_at(self, moment: datetime) -> Run:
        year = moment.astimezone(LOCAL).year
        try:
            return self.runs[year]
        except KeyError:
            raise YearUncovered(year) from None

    def worked_between(self, since: datetime, until: datetime) -> int:
        """The ticks of working time between two moments."""
        run, end = self.run_at(since), self.run_at(until)
        if run is not end:
            raise YearUncovered(run.last_year + 1)
        return run.worked(ticks(until)) - run.worked(ticks(since))

    def stretches(self, since: datetime, until: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The stretches of work between two moments, cut to fit."""
        run, first, last = self.run_at(since), ticks(since), ticks(until)
        at = bisect_right(run.ends, first)
        while at < len(run.ends) and run.begins[at] < last:
            yield moment_of(max(first, run.begins[at])), moment_of(min(last, run.ends[at]))
            at += 1

    def _add_year(self, run: Run, year: int) -> None:
        day, total = date(year, 1, 1), run.totals[-1] if run.totals else 0
        while day.year == year and self.hours:
            if self.is_worked(day):
                midnight = ticks(datetime.combine(day, time(), LOCAL))
                for begins, ends in self.hours:
                    run.begins.append(midnight + _since_midnight(begins) // MICROSECOND)
                    run.ends.append(midnight + _since_midnight(ends) // MICROSECOND)
                    total += run.ends[-1] - run.begins[-1]
                    run.totals.append(total)
                    run.day_of.append(len(run.days))
                run.days.append(day)
                run.day_ends.append(run.ends[-1])
            day += timedelta(days=1)


def due(start: datetime, amount: int, unit: str, calendar: WorkCalendar) -> datetime:
    """When a limit that starts now is due; the due moment itself is still in time."""
    if unit in ELAPSING:
        return start + amount * ELAPSING[unit]
    if unit == "day":
        return (start.astimezone(LOCAL) + timedelta(days=amount)).astimezone(UTC)
    run = calendar.run_at(start)
    if unit == "working_day":
        return moment_of(_end_of_workday(run, ticks(start), amount))
    run.next_stretch(ticks(start))
    return moment_of(run.reached(run.worked(ticks(start)) + amount * WORKING[unit]))


def moment_after(start: datetime, work: int, calendar: WorkCalendar | None) -> datetime:
    """When so many ticks more have passed; with a calendar, ticks of working time."""
    if calendar is None or not work:
        return moment_of(ticks(start) + work)
    run = calendar.run_at(start)
    return moment_of(run.reached(run.worked(ticks(start)) + work))


def end_of_work(day: date, calendar: WorkCalendar) -> datetime:
    """When work ends on this day, which is a workday."""
    return datetime.combine(day, calendar.hours[-1][1], tzinfo=LOCAL).astimezone(UTC)


def workdays_between(first: date, last: date, calendar: WorkCalendar) -> int:
    """The workdays after the first day up to and with the last."""
    days = (first + timedelta(days=count) for count in range(1, (last - first).days + 1))
    return sum(calendar.is_worked(day) for day in days)


def begin(start: datetime, calendar: WorkCalendar) -> datetime:
    """The first working moment from here on."""
    run = calendar.run_at(start)
    return moment_of(max(ticks(start), run.begins[run.next_stretch(ticks(start))]))


def _end_of_workday(run: Run, start: int, amount: int) -> int:
    """The end of work of the nth workday after the one on which work next goes on."""
    found = run.day_of[run.next_stretch(start)] + amount
    if found >= len(run.days):
        raise YearUncovered(run.last_year + 1)
    return run.day_ends[found]


def _since_midnight(clock: time) -> timedelta:
    return timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second, microseconds=clock.microsecond)
