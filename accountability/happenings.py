"""What happened to a clock since its start, in words: who held it, each pause and extension, and what it came to."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from accountability import calendars
from accountability.dues import carried, due_of, measured, shifted
from accountability.models import Clock, Segment
from accountability.spans import full_moment, rounded_down, scale_of
from accountability.worktime import WorkCalendar, YearUncovered

Kind = Segment.Kind


def segments_of(clock: Clock) -> list[Segment]:
    """In order; none are asked for where nothing happened."""
    if not clock.altered:
        return []
    return sorted(clock.segments.all(), key=lambda one: (one.since, one.pk))


def happenings(clock: Clock, segments: Iterable[Segment], calendar: WorkCalendar) -> Iterator[str]:
    """A line for each, with the due moment after it."""
    due = due_of(clock.limit, clock.started_at, calendar)
    holder: Segment | None = None
    for segment in segments:
        if holder is not None and segment.holder_id != holder.holder_id:
            yield _("From %(when)s it is held by %(unit)s, which gets no time of its own.") % _said(segment)
        if segment.kind == Kind.EXTEND:
            due = segment.due_at
            yield _("Extended on %(when)s. Due %(due)s.") % {**_said(segment), "due": full_moment(segment.due_at)}
        elif segment.kind == Kind.PAUSE:
            left = _left(clock, due, segment, calendar)
            due = shifted(clock.limit, due, segment, calendar) if due else None
            yield from _paused(segment, left, due)
        elif segment.kind == Kind.CALENDAR:
            newer = calendars.numbered(segment.calendar_id)
            due, calendar = carried(clock.limit, due, segment.since, calendar, newer) if due else None, newer
            yield from _recounted(segment, newer, due)
        holder = segment


def _paused(segment: Segment, left: str, due: datetime | None) -> Iterator[str]:
    said = {**_said(segment), "approver": str(segment.approver), "left": left}
    if segment.until is None:
        yield _("Paused from %(when)s on, approved by %(approver)s, with %(left)s left.") % said
    elif due is None:
        yield _("It reaches into a year whose calendar is not loaded yet. It is computed when that is.")
    else:
        said |= {"until": full_moment(segment.until), "due": full_moment(due)}
        yield (
            _("Paused from %(when)s to %(until)s, approved by %(approver)s. The %(left)s left go on: due %(due)s.")
            % said
        )


def _recounted(segment: Segment, calendar: WorkCalendar, due: datetime | None) -> Iterator[str]:
    said = {**_said(segment), "version": calendar.version, "due": full_moment(due) if due else ""}
    if due:
        yield _("From %(when)s on counted by the working calendar, version %(version)s. Due %(due)s.") % said


def _left(clock: Clock, due: datetime | None, pause: Segment, calendar: WorkCalendar) -> str:
    try:
        left = measured(clock.limit, pause.since, due, calendar) if due else 0
    except YearUncovered:
        return _("some time")
    return rounded_down(left, scale_of(clock.limit, calendar)) or _("less than 1 min")


def _said(segment: Segment) -> dict[str, str]:
    return {"when": full_moment(segment.since), "unit": str(segment.holder or _("the district"))}
