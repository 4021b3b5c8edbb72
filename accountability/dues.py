"""When a clock is due, from its limit, its start and what happened to it since: pure arithmetic on a calendar."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.utils.timezone import localdate

from accountability import calendars
from accountability.models import Clock, Limit, Segment
from accountability.worktime import (
    LOCAL,
    MICROSECOND,
    WORKING,
    WorkCalendar,
    YearUncovered,
    due,
    end_of_work,
    moment_after,
    ticks,
    workdays_between,
)  # fmt: skip


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
    nothing. What was left when another calendar took over is left by that one.
    """
    found = due_of(clock.limit, clock.started_at, calendar)
    for segment in sorted(segments, key=lambda one: (one.since, one.pk)):
        if found is None:
            return None
        if segment.kind == Segment.Kind.EXTEND:
            found = max(found, segment.due_at)
        elif segment.kind == Segment.Kind.PAUSE:
            found = shifted(clock.limit, found, segment, calendar)
        elif segment.kind == Segment.Kind.CALENDAR:
            newer = calendars.numbered(segment.calendar_id)
            found, calendar = carried(clock.limit, found, segment.since, calendar, newer), newer
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


def carried(limit: Limit, found: datetime, since: datetime, old: WorkCalendar, new: WorkCalendar) -> datetime:
    """The due moment when from `since` on another calendar counts. What it would put into an unknown year stays."""
    if found <= since:
        return found
    try:
        last = localdate(found, LOCAL)
        if limit.unit == "working_day" and old.is_worked(last) and found == end_of_work(last, old):
            return _carried_days(found, localdate(since - MICROSECOND, LOCAL), old, new)
        return moment_after(since, old.worked_between(since, found), new)
    except YearUncovered:
        return found


def _carried_days(found: datetime, first: date, old: WorkCalendar, new: WorkCalendar) -> datetime:
    """The end of work of the day by which as many workdays have passed after the first day as by the old calendar."""
    left, day = workdays_between(first, localdate(found, LOCAL), old), first
    if not left:
        return found
    while left:
        day += timedelta(days=1)
        left -= new.is_worked(day)
    return end_of_work(day, new)
