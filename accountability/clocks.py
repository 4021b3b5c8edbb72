"""Starts and stops clocks. The owner of the subject calls these while it holds the lock on the subject's row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from accountability import calendars, rungs
from accountability.dues import due_of, folded, needs_calendar
from accountability.ladder import Ladder, place
from accountability.models import Clock, Limit, Phase, Segment
from accountability.worktime import LOCAL, WorkCalendar
from audit.arrays import any_of
from audit.kept import Kept
from audit.rows import insert
from audit.statements import Statement

# A clock stopped after its due moment lapses in the same statement, at its due moment. One stopped in time has not
# lapsed, even if a sweep came in between the moment that is judged and the lock: no mark depends on a sweep.
STOP = Statement(
    """
WITH running AS (
    SELECT id, lapsed_at FROM accountability_clock
     WHERE subject_kind = %s AND subject_id = ANY(%s) AND phase = ANY(%s) AND (%s OR milestone = %s)
       AND stopped_at IS NULL
       FOR UPDATE),
ended AS (
    UPDATE accountability_segment s SET until = greatest(s.since, %s)
      FROM running WHERE s.clock_id = running.id AND s.until IS NULL)
UPDATE accountability_clock c
   SET stopped_at = greatest(c.started_at, %s), lapsed_at = CASE WHEN c.due_at < %s THEN c.due_at END
  FROM running
 WHERE c.id = running.id AND c.stopped_at IS NULL
RETURNING c.*, (running.lapsed_at IS NULL AND c.lapsed_at IS NOT NULL) AS lapsed_now""",
    [None] * 8,
)


# What takes room in a clock's life.
STRETCHES = (Segment.Kind.RUN, Segment.Kind.PAUSE)


@dataclass(frozen=True)
class Start:
    """A phase to be timed for a holder (None: whoever has the subject in hand), in a round."""

    phase: str
    holder_id: int | None = None
    round: int = 1


def start(
    kind: str, subject_id: int, *, starts: Sequence[Start], urgency: str, at: datetime, situation_id: int | None = None
) -> list[Clock]:
    """Start the clocks of these phases, and of the milestones that a situation has for the reply. Two statements, or
    three; a phase without a limit at this urgency has no clock."""
    made = prepared(kind, starts=starts, urgency=urgency, at=at)
    if situation_id:
        made += _milestones(kind, starts, urgency, situation_id, at)
    return write(made, subject_id)


def _milestones(kind: str, starts: Sequence[Start], urgency: str, situation_id: int, at: datetime) -> list[Clock]:
    """A clock for each part of the reply that is due by itself."""
    wanted = next((one for one in starts if one.phase == Phase.RESULT), None)
    limits = _parts(urgency=str(urgency), situation=situation_id, day=localdate(at, LOCAL)) if wanted else []
    if not wanted or not limits:
        return []
    calendar = calendars.known_by(vars(limits[0])["mark"])
    return [_clock(kind, wanted, limit, calendar, rungs.EMPTY, at) for limit in limits]


def write(clocks: list[Clock], subject_id: int) -> list[Clock]:
    """Start clocks that were prepared before their subject had a key."""
    for clock in clocks:
        clock.subject_id = subject_id
    insert(clocks)
    return clocks


def prepared(kind: str, *, starts: Sequence[Start], urgency: str, at: datetime) -> list[Clock]:
    """The clocks of these phases with their due moments, not yet written."""
    return timed(kind, starts, limits_in_force(urgency, {wanted.phase for wanted in starts}, at), at)


def timed(kind: str, starts: Sequence[Start], limits: dict[str, Limit], at: datetime) -> list[Clock]:
    """The same by limits that were read already."""
    if not limits:
        return []
    marks = vars(next(iter(limits.values())))
    calendar, ladder = calendars.known_by(marks["mark"]), rungs.known_by(marks["rungs"])
    known = [wanted for wanted in starts if wanted.phase in limits]
    return [_clock(kind, wanted, limits[wanted.phase], calendar, ladder, at) for wanted in known]


def go_on_with(kind: str, subject_id: int, phase: str, holder_id: int | None = None) -> Clock | None:
    """The running clock of this phase is the one before it, gone on with: what comes back begins no new time.

    Returns the one before; where a holder is named, the last that was this unit's.
    """
    rows = Clock.objects.filter(subject_kind=kind, subject_id=subject_id, phase=phase, milestone="").order_by("-pk")
    fresh = rows.filter(stopped_at=None).first()
    if fresh is None:
        return None
    ended = rows.exclude(stopped_at=None).filter(round=fresh.round)
    before = ended.filter(holder=holder_id).first() if holder_id else ended.first()
    if before is not None:
        names = ("holder_id", "limit_id", "calendar_id", "started_at", "due_at", "lapsed_at", "rung", "rung_at")
        _copy(before, fresh, names)
    return before


def go_on_as(kind: str, subject_id: int, before_id: int, *, ended_at: datetime, at: datetime) -> None:
    """The running clocks of this subject go on as those of another did, which ended unfinished at that moment.

    Whoever takes up again what they had in hand begins no new time. What is overdue is noticed anew.
    """
    ended = Clock.objects.of(kind, [before_id]).filter(stopped_at=ended_at).select_related("limit")
    known = {(one.phase, one.milestone, one.round): one for one in ended}
    for fresh in Clock.objects.of(kind, [subject_id]).running():
        before = known.get((fresh.phase, fresh.milestone, fresh.round))
        if before is not None and _when_due(before) is not None:
            _take_over(before, fresh, at)


def _when_due(ended: Clock) -> datetime | None:
    """Also of one that rested when it ended: its rest was over by that."""
    if ended.due_at is None:
        ended.due_at = folded(ended, ended.segments.all(), calendars.numbered(ended.calendar_id))
    return ended.due_at


def run_like(other: Clock, kind: str, subject_id: int, *, round: int, at: datetime) -> Clock:
    """A clock of this subject that runs as another one does, from the same start to the same due moment.

    Whether it is overdue is noticed anew: that is a step of this subject's own.
    """
    fresh = Clock(subject_kind=kind, subject_id=subject_id, holder_id=other.holder_id, phase=other.phase, round=round)
    _take_over(other, fresh, at)
    return fresh


def _take_over(other: Clock, fresh: Clock, at: datetime) -> None:
    segments = other.segments.all() if other.altered else ()
    for name in ("limit_id", "calendar_id", "started_at", "due_at"):
        setattr(fresh, name, getattr(other, name))
    place(fresh, rungs.current(), calendars.numbered(fresh.calendar_id), at, segments)
    _copy(other, fresh, ())


def _copy(one: Clock, fresh: Clock, names: Iterable[str]) -> None:
    """What the other's due moment follows from; what happened to it since its start goes along."""
    for name in names:
        setattr(fresh, name, getattr(one, name))
    fresh.altered = one.altered
    fresh.save()
    segments = list(one.segments.all()) if one.altered else []
    stretches = [each for each in segments if each.until == one.stopped_at and each.kind in STRETCHES]
    last = stretches[-1] if stretches else None
    for segment in segments:
        goes_on = segment is last and segment.kind == Segment.Kind.RUN
        segment.pk, segment.clock, segment.until = None, fresh, None if goes_on else segment.until
        segment._state.adding = True
        segment.save()
    if last and last.until is not None:  # a rest was over when the other ended
        fresh.segments.create(kind=Segment.Kind.RUN, holder_id=fresh.holder_id, since=last.until)


def stop(
    kind: str, subject_ids: Iterable[int], *, phases: Iterable[str], at: datetime, milestone: str | None = None
) -> list[Clock]:
    """Stop the running clocks of these phases, or of one milestone alone; returns those that lapsed by this, in order.

    One statement.
    """
    wanted = [str(phase) for phase in phases]
    ids = list(subject_ids)
    if not (wanted and ids):
        return []
    which = [milestone is None, milestone or ""]
    found = Clock.objects.raw(STOP.on(connection), [kind, ids, wanted, *which, at, at, at])
    stopped = sorted(found, key=lambda clock: clock.pk)
    return [clock for clock in stopped if vars(clock)["lapsed_now"] or (_awaiting(clock) and _was_late(clock, at))]


def _awaiting(clock: Clock) -> bool:
    """Not due yet because its calendar does not reach so far; a paused one has time left whatever the calendar says."""
    return clock.due_at is None and clock.paused_at is None


def _was_late(clock: Clock, at: datetime) -> bool:
    """A clock stopped while it awaited a calendar: the sweep may not have filled it in yet, so it is done here."""
    calendar = calendars.current()
    clock.due_at = folded(clock, clock.segments.all() if clock.altered else (), calendar)
    if clock.due_at is None:
        return False
    clock.calendar_id = calendar.pk
    clock.lapsed_at = clock.due_at if clock.due_at < at else None
    clock.save(update_fields=["due_at", "calendar", "lapsed_at"])
    return clock.lapsed_at is not None


def limit_of(urgency: str, phase: str, at: datetime) -> Limit | None:
    """The rule for this phase as in force on this day, for what is counted without a clock of its own."""
    return limits_in_force(urgency, {phase}, at).get(phase)


def limits_in_force(urgency: str, phases: set[str], at: datetime) -> dict[str, Limit]:
    """The limit of each phase as in force on this day, each with the marks of the newest calendar and the ladder."""
    if not phases:
        return {}
    rows = _newest(urgency=str(urgency), phases=sorted(map(str, phases)), day=localdate(at, LOCAL))
    return {limit.phase: limit for limit in rows}


@Kept
def _newest(urgency: str, phases: list[str], day: date) -> QuerySet[Limit]:
    rows = Limit.objects.filter(any_of("phase", phases), urgency=urgency, milestone="", since__lte=day)
    marks = {"mark": RawSQL(calendars.NEWEST, []), "rungs": RawSQL(rungs.MARK, [])}
    return rows.order_by("phase", "-since").distinct("phase").annotate(**marks)


@Kept
def _parts(urgency: str, situation: int, day: date) -> QuerySet[Limit]:
    rows = Limit.objects.filter(urgency=urgency, situation=situation, phase=Phase.RESULT, since__lte=day)
    return rows.order_by("milestone", "-since").distinct("milestone").annotate(mark=RawSQL(calendars.NEWEST, []))


def _clock(kind: str, wanted: Start, limit: Limit, calendar: WorkCalendar, ladder: Ladder, at: datetime) -> Clock:
    clock = Clock(
        subject_kind=kind,
        holder_id=wanted.holder_id,
        phase=wanted.phase,
        milestone=limit.milestone,
        round=wanted.round,
        limit=limit,
        calendar_id=calendar.pk if needs_calendar(limit) else None,
        started_at=at,
        due_at=due_of(limit, at, calendar),
    )
    place(clock, ladder, calendar, at)
    return clock
