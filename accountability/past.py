"""Times what has happened already: the clocks of many subjects that come in from elsewhere, made in memory.

The same rules as `accountability.clocks`, with limits and calendar read once; a test compares the two.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from accountability import calendars, rungs
from accountability.clocks import Start
from accountability.dues import due_of, needs_calendar
from accountability.ladder import Ladder, place
from accountability.models import Clock, Limit
from accountability.worktime import LOCAL, WorkCalendar


@dataclass(frozen=True)
class Timetable:
    """Every limit of one urgency, the newest first, the calendar that counts now, and the ladder."""

    limits: tuple[Limit, ...]
    calendar: WorkCalendar
    ladder: Ladder = rungs.EMPTY

    def start(self, kind: str, wanted: Start, at: datetime) -> Clock | None:
        """A clock as it would have started then; none where no limit was in force. Its subject is not known yet."""
        limit = self._limit(wanted.phase, at)
        if limit is None:
            return None
        clock = Clock(subject_kind=kind, holder_id=wanted.holder_id, phase=wanted.phase, round=wanted.round)
        return self._begin(clock, limit, at)

    def begin_anew(self, clock: Clock, at: datetime) -> None:
        """What still runs starts now: before, nobody here could act on it."""
        self._begin(clock, self._limit(clock.phase, at) or clock.limit, at)

    def _limit(self, phase: str, at: datetime) -> Limit | None:
        day = localdate(at, LOCAL)
        return next((limit for limit in self.limits if limit.phase == phase and limit.since <= day), None)

    def _begin(self, clock: Clock, limit: Limit, at: datetime) -> Clock:
        clock.limit, clock.started_at, clock.due_at = limit, at, due_of(limit, at, self.calendar)
        clock.calendar_id = self.calendar.pk if needs_calendar(limit) else None
        place(clock, self.ladder, self.calendar, at)
        return clock


def timetable(urgency: str) -> Timetable:
    """Three queries."""
    limits = Limit.objects.filter(urgency=urgency, milestone="").order_by("-since", "pk")
    return Timetable(tuple(limits), calendars.current(), rungs.current())


def stop(clock: Clock, at: datetime) -> bool:
    """Whether it lapsed by then, at its due moment."""
    clock.stopped_at = at
    late = clock.due_at is not None and clock.due_at < at
    clock.lapsed_at = clock.due_at if late else None
    return late
