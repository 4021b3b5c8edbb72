"""What may happen to a running clock: it is paused and goes on, is extended, changes its holder.

The owner of the subject calls these while it holds the lock on the subject's row, and keeps who, why and with whose
word on a step of its own. What is overdue stays overdue: neither a pause nor an extension reaches it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from accountability import calendars, rungs
from accountability.dues import folded
from accountability.ladder import place
from accountability.models import Clock, Segment
from accountability.worktime import WorkCalendar
from audit.rows import insert

Kind = Segment.Kind


class ClockStands(ValueError):
    """This clock cannot be moved so: it is overdue, stopped, paused already, or the moment is no later one."""


def pause(clocks: Iterable[Clock], *, approver_id: int, at: datetime) -> list[Clock]:
    """Halt those of these clocks that run and are in time; returns them. `approver_id` is a unit that holds none."""
    halted = [clock for clock in _locked(clocks) if clock.paused_at is None and not _overdue(clock, at)]
    _turn([Turn(clock, Kind.PAUSE, clock.holder_id, approver_id) for clock in halted], at)
    for clock in halted:
        clock.paused_at, clock.due_at, clock.rung_at = at, None, None
    _save(halted)
    return halted


def resume(clocks: Iterable[Clock], *, at: datetime) -> list[Clock]:
    """Let the paused ones among these clocks go on with what was left; returns them."""
    return _go_on([clock for clock in _locked(clocks) if clock.paused_at is not None], at)


def _go_on(going: list[Clock], at: datetime) -> list[Clock]:
    _turn([Turn(clock, Kind.RUN, clock.holder_id) for clock in going], at)
    known, stretches = _calendars(going), stretches_of(going)
    for clock in going:
        clock.paused_at = None
        clock.due_at = folded(clock, stretches[clock.pk], known[clock.calendar_id])
    _climb_anew(going, known, stretches, at)
    _save(going)
    return going


def extend(clock: Clock, *, until: datetime, approver_id: int | None, at: datetime) -> Clock:
    """Give this clock a later due moment. Raises ClockStands where it is none, or too late to ask."""
    found = _locked([clock])
    if not found or found[0].due_at is None or _overdue(found[0], at) or until <= found[0].due_at:
        raise ClockStands(f"clock {clock.pk} is not extended to {until}")
    (clock,) = found
    clock.segments.create(
        kind=Kind.EXTEND, holder_id=clock.holder_id, approver_id=approver_id, since=at, until=at, due_at=until
    )
    clock.due_at = until
    _climb_anew([clock], _calendars([clock]), stretches_of([clock]), at)
    _save([clock])
    return clock


def hand_over(clocks: Iterable[Clock], *, holder_id: int | None, at: datetime) -> list[Clock]:
    """Another unit holds these clocks from now on, with the time that is left and not a minute more."""
    moved = [clock for clock in _locked(clocks) if clock.holder_id != holder_id]
    halted = {one.clock_id: one for one in _going_on(moved) if one.kind == Kind.PAUSE}
    turns = []
    for clock in moved:
        by = halted[clock.pk].approver_id if clock.pk in halted else None
        turns.append(Turn(clock, Kind.PAUSE if clock.pk in halted else Kind.RUN, holder_id, by))
    _turn(turns, at)
    for clock in moved:
        clock.holder_id = holder_id
    _save(moved)
    return moved


def stood_still(clocks: Iterable[Clock], *, since: datetime, approver_id: int, at: datetime) -> list[Clock]:
    """Those of these clocks that ran by then and were in time counted nothing from that moment until now, by the word
    of a unit that holds none; returns them. Two hands at once read their moments before one waits for the other: `at`
    may lie before that moment, and then nothing stood still."""
    at = max(at, since)
    began = [clock for clock in _locked(clocks) if clock.started_at <= since and clock.holder_id != approver_id]
    rested = [clock for clock in began if not _overdue(clock, since)]
    _turn([Turn(clock, Kind.PAUSE, clock.holder_id, approver_id) for clock in rested], since)
    return _go_on(rested, at)


def held_by(clock: Clock, moment: datetime, segments: Iterable[Segment]) -> int | None:
    """The unit that is charged with this moment."""
    stretches = [one for one in segments if one.kind not in (Kind.EXTEND, Kind.CALENDAR)]
    inside = (one for one in stretches if one.since <= moment and (one.until is None or moment <= one.until))
    found = next(inside, None)
    return found.holder_id if found else clock.holder_id


def stretches_of(clocks: Iterable[Clock]) -> dict[int, list[Segment]]:
    """What happened to each of these clocks since its start, in one statement; by the key of the clock."""
    found: dict[int, list[Segment]] = defaultdict(list)
    for segment in Segment.objects.filter(clock__in=[clock.pk for clock in clocks]):
        found[segment.clock_id].append(segment)
    return found


def _locked(clocks: Iterable[Clock]) -> list[Clock]:
    ids = [clock.pk for clock in clocks]
    rows = Clock.objects.running().filter(pk__in=ids).order_by("pk")
    return list(rows.select_for_update(of=("self",)).select_related("limit"))


def _overdue(clock: Clock, at: datetime) -> bool:
    return clock.lapsed_at is not None or (clock.due_at is not None and clock.due_at < at)


@dataclass(frozen=True)
class Turn:
    """A clock's next stretch: of which kind, whose, and with whose word."""

    clock: Clock
    kind: str
    holder_id: int | None
    approver_id: int | None = None


def _turn(turns: list[Turn], at: datetime) -> None:
    """End the stretches that go on and begin others; a clock's first turn writes down the stretch since its start."""
    going = _going_on([one.clock for one in turns])
    Segment.objects.filter(pk__in=[one.pk for one in going]).update(until=at)
    known = {one.clock_id for one in going}
    made = []
    for one in turns:
        clock = one.clock
        if clock.pk not in known:
            first = Segment(clock=clock, kind=Kind.RUN, holder_id=clock.holder_id, since=clock.started_at, until=at)
            made.append(first)
        made.append(Segment(clock=clock, kind=one.kind, holder_id=one.holder_id, approver_id=one.approver_id, since=at))
    insert(made)


def _going_on(clocks: Iterable[Clock]) -> list[Segment]:
    return list(Segment.objects.going_on().filter(clock__in=[clock.pk for clock in clocks]))


def _calendars(clocks: Iterable[Clock]) -> dict[int | None, WorkCalendar]:
    return {pk: calendars.numbered(pk) for pk in {clock.calendar_id for clock in clocks}}


def _climb_anew(
    clocks: list[Clock], known: dict[int | None, WorkCalendar], stretches: dict[int, list[Segment]], at: datetime
) -> None:
    """The rungs ahead follow the new due moments; those that were told of are never told of again."""
    ladder = rungs.current() if clocks else rungs.EMPTY
    for clock in clocks:
        place(clock, ladder, known[clock.calendar_id], at, stretches[clock.pk])


def _save(clocks: list[Clock]) -> None:
    for clock in clocks:
        clock.altered = True
    Clock.objects.bulk_update(clocks, ["altered", "paused_at", "due_at", "rung", "rung_at", "holder"])
