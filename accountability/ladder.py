"""How high a clock stands on the ladder, and when it comes to the next rung: pure arithmetic on rows and a calendar.

The moment of a rung follows from the due moment and never the other way round. What a limit counts, its ladder counts:
working days where it runs in working time, 24 hours where it runs day and night.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accountability import calendars
from accountability.calendars import Numbered
from accountability.dues import measured, needs_calendar
from accountability.models import Action, Clock, Rung, Segment, Trigger
from accountability.models.rung import OF_TIME
from accountability.worktime import LOCAL, SECOND, WorkCalendar, YearUncovered, begin, moment_after

DAY = 86_400 * SECOND
# Where the calendar does not know a year that a rung reaches into, the clock is looked at again a day later.
LOOK_AGAIN = timedelta(days=1)


@dataclass(frozen=True)
class Reached:
    """A rung and the moment at which a clock comes to it."""

    rung: Rung
    at: datetime


@dataclass(frozen=True)
class Ladder:
    """Every rung that was ever in force."""

    rungs: tuple[Rung, ...] = ()
    _known: dict[tuple[str, str, date], tuple[Rung, ...]] = field(default_factory=dict, compare=False)

    def of_phase(self, phase: str, urgency: str, day: date) -> tuple[Rung, ...]:
        """The rungs of time that were in force for this phase on this day, the lowest first."""
        key = str(phase), str(urgency), day
        if key not in self._known:
            rungs = [rung for rung in self._in_force(urgency, day) if rung.trigger in OF_TIME and rung.phase == phase]
            self._known[key] = tuple(sorted(rungs, key=lambda rung: rung.order))
        return self._known[key]

    def by(self, trigger: Trigger, urgency: str, day: date) -> Rung | None:
        """The lowest rung that something other than time leads to."""
        found = [rung for rung in self._in_force(urgency, day) if rung.trigger == trigger]
        return min(found, key=lambda rung: rung.order, default=None)

    def now(self, day: date) -> list[Rung]:
        """Every rung in force on this day, for any urgency, the lowest first."""
        urgencies = {rung.urgency for rung in self.rungs} | {""}
        found = {rung.pk: rung for urgency in urgencies for rung in self._in_force(urgency, day)}
        return sorted(found.values(), key=lambda rung: (rung.order, rung.pk))

    def heights(self, day: date) -> dict[str, set[int]]:
        """At which heights each action of time was ever taken by this day: what runs keeps the rungs that it began
        with, and a height stands for one action."""
        found: dict[str, set[int]] = {action: set() for action in Action}
        for rung in self.rungs:
            if rung.trigger in OF_TIME and rung.since <= day:
                found[rung.action].add(rung.order)
        return found

    def standing(self, day: date) -> list[Rung]:
        """The rows in force on this day, the lowest first: of each code one for all, and one for an urgency alone."""
        newest: dict[tuple[str, str], Rung] = {}
        for rung in sorted(self.rungs, key=lambda rung: rung.since):
            if rung.since <= day:
                newest[rung.code, rung.urgency] = rung
        return sorted(
            (one for one in newest.values() if not one.ended), key=lambda one: (one.order, one.code, one.urgency)
        )

    def _in_force(self, urgency: str, day: date) -> Iterator[Rung]:
        """One of each code; one for this urgency alone goes before one for all."""
        rows = [rung for rung in self.standing(day) if rung.urgency in ("", urgency)]
        yield from {rung.code: rung for rung in sorted(rows, key=lambda rung: bool(rung.urgency))}.values()


def rungs_of(clock: Clock, ladder: Ladder) -> tuple[Rung, ...]:
    """Those that this clock climbs: in force when it started, for its phase and urgency. A milestone climbs none."""
    if clock.milestone:
        return ()
    return ladder.of_phase(clock.phase, clock.limit.urgency, localdate(clock.started_at, LOCAL))


def climb(
    clock: Clock, ladder: Ladder, calendar: WorkCalendar, segments: Iterable[Segment] = (),
    numbered: Numbered = calendars.numbered,
) -> list[Reached]:  # fmt: skip
    """When this clock comes to each rung, in order. Shorter where the calendar does not reach so far."""
    rungs = rungs_of(clock, ladder)
    if not rungs or clock.due_at is None:
        return []
    segments = list(segments)
    calendar = _counted_by(segments, calendar, numbered)
    rested = _rested(clock, segments, calendar)
    found: list[Reached] = []
    for rung in rungs:
        try:
            at = _moment(clock, clock.due_at, rung, calendar, rested)
        except YearUncovered:
            break
        if at is not None and at > clock.started_at:
            found = [lower for lower in found if lower.at < at] + [Reached(rung, at)]
    return found


def place(
    clock: Clock, ladder: Ladder, calendar: WorkCalendar, at: datetime, segments: Iterable[Segment] = (),
    numbered: Numbered = calendars.numbered,
) -> None:  # fmt: skip
    """Set when the clock comes to the next rung; one that rests comes to none. A later due moment takes it down to
    where it stands now; up goes nothing but by the sweep, which tells of every rung that was reached."""
    ahead = climb(clock, ladder, calendar, segments, numbered)
    if clock.due_at is not None:
        clock.rung = min(clock.rung, height(ahead, at))
    clock.rung_at = next_at(clock, ladder, ahead, at)


def height(ahead: list[Reached], at: datetime) -> int:
    """The highest rung that is reached by now; exactly at its moment it is not yet."""
    return max((one.rung.order for one in ahead if one.at < at), default=0)


def next_at(clock: Clock, ladder: Ladder, ahead: list[Reached], at: datetime) -> datetime | None:
    """When it comes to the rung above the one it stands on, or is to be looked at again; never once at the top."""
    rungs = rungs_of(clock, ladder)
    if clock.due_at is None or not rungs:
        return None
    above = next((one.at for one in ahead if one.rung.order > clock.rung), None)
    if above is None and clock.rung < rungs[-1].order:
        return max(clock.due_at, at) + LOOK_AGAIN
    return above


def _moment(clock: Clock, due: datetime, rung: Rung, calendar: WorkCalendar, rested: int) -> datetime | None:
    """When the rung is reached; nothing where a limit is too short for it: its light would begin with the clock."""
    counted = calendar if needs_calendar(clock.limit) else None
    day = calendar.day_length if counted else DAY
    whole = measured(clock.limit, clock.started_at, due, calendar) - rested
    if rung.trigger == Trigger.OVERDUE:
        first = begin(due, calendar) if counted else due
        return moment_after(first, rung.threshold * day, counted)
    left = whole * (100 - rung.threshold) // 100 if rung.trigger == Trigger.USED else rung.threshold * day
    long_enough = rung.trigger == Trigger.USED or _shows_yellow(clock, whole, day, rung.threshold)
    return moment_after(due, -left, counted) if long_enough else None


def _shows_yellow(clock: Clock, whole: int, day: int, days: int) -> bool:
    """The last day of a limit is a warning only where it is set in days, or twice as long (`timewords.look`)."""
    return whole > days * day and (clock.limit.unit in ("working_day", "day") or whole >= 2 * days * day)


def _counted_by(segments: list[Segment], calendar: WorkCalendar, numbered: Numbered) -> WorkCalendar:
    """The calendar that took over last, where one did; `calendar` is the one that it began by."""
    found = [one for one in segments if one.kind == Segment.Kind.CALENDAR]
    newest = max(found, key=lambda one: (one.since, one.pk), default=None)
    return numbered(newest.calendar_id) if newest else calendar


def _rested(clock: Clock, segments: Iterable[Segment], calendar: WorkCalendar) -> int:
    """The ticks that counted for nothing."""
    pauses = [one for one in segments if one.kind == Segment.Kind.PAUSE and one.until is not None]
    return sum(measured(clock.limit, one.since, one.until, calendar) for one in pauses)
