"""When a clock is due, from its limit, its start and what happened to it since: pure arithmetic on a calendar."""

from collections.abc import Iterable
from datetime import datetime

from accountability.models import Clock, Limit, Segment
from accountability.worktime import WORKING, WorkCalendar, YearUncovered, due, moment_after, ticks


def needs_calendar(limit: Limit) -> bool:
    return limit.unit in WORKING or limit.unit == "working_day"


def measured(limit: Limit, since: datetime, until: datetime, calendar: WorkCalendar) -> int:
    """The ticks between two moments that count for this limit."""
    return calendar.worked_between(since, until) if needs_calendar(limit) else ticks(until) - ticks(since)


def due_of(limit: Limit, started_at: datetime, calendar: WorkCalendar) -> datetime | None:
    """The due moment, or nothing while the calendar does not know a year that it needs."""
    try:
        return due(started_at, limit.amount, limit.unit, calendar)
    except YearUncovered:
        return None


def folded(clock: Clock, segments: Iterable[Segment], calendar: WorkCalendar) -> datetime | None:
    """The due moment after everything that moved it, in order; nothing while it is paused or a year is unknown.

    What was left when a pause began is left when it ends; an extension names its own moment; a new holder moves
    nothing.
    """
    found = due_of(clock.limit, clock.started_at, calendar)
    for segment in sorted(segments, key=lambda one: (one.since, one.pk)):
        if found is None:
            return None
        if segment.kind == Segment.Kind.EXTEND:
            found = max(found, segment.due_at)
        elif segment.kind == Segment.Kind.PAUSE:
            found = shifted(clock.limit, found, segment, calendar)
    return found


def shifted(limit: Limit, found: datetime, pause: Segment, calendar: WorkCalendar) -> datetime | None:
    """The due moment once this pause is over."""
    if pause.until is None:
        return None
    try:
        left = measured(limit, pause.since, found, calendar)
        return moment_after(pause.until, left, calendar if needs_calendar(limit) else None)
    except YearUncovered:
        return None
