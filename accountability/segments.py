"""What may happen to a running clock: it is paused and goes on, is extended, changes its holder.

The owner of the subject calls these while it holds the lock on the subject's row, and keeps who, why and with whose
word on a step of its own. What is overdue stays overdue: neither a pause nor an extension reaches it.
"""

from collections.abc import Iterable
from datetime import datetime

from accountability import calendars, rungs
from accountability.dues import folded
from accountability.ladder import place
from accountability.models import Clock, Segment
from accountability.worktime import WorkCalendar

Kind = Segment.Kind


class ClockStands(ValueError):
    """This clock cannot be moved so: it is overdue, stopped, paused already, or the moment is no later one."""


def pause(clocks: Iterable[Clock], *, approver_id: int, at: datetime) -> list[Clock]:
    """Halt those of these clocks that run and are in time; returns them. `approver_id` is a unit that holds none."""
    halted = [clock for clock in _locked(clocks) if clock.paused_at is None and not _overdue(clock, at)]
    for clock in halted:
        _turn(clock, Kind.PAUSE, clock.holder_id, at, approver_id)
        clock.paused_at, clock.due_at, clock.rung_at = at, None, None
        _save(clock)
    return halted


def resume(clocks: Iterable[Clock], *, at: datetime) -> list[Clock]:
    """Let the paused ones among these clocks go on with what was left; returns them."""
    going = [clock for clock in _locked(clocks) if clock.paused_at is not None]
    for clock in going:
        _turn(clock, Kind.RUN, clock.holder_id, at)
        clock.paused_at = None
        clock.due_at = folded(clock, clock.segments.all(), calendar_of(clock))
        _climb_anew(clock, at)
        _save(clock)
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
    _climb_anew(clock, at)
    _save(clock)
    return clock


def hand_over(clocks: Iterable[Clock], *, holder_id: int | None, at: datetime) -> list[Clock]:
    """Another unit holds these clocks from now on, with the time that is left and not a minute more."""
    moved = [clock for clock in _locked(clocks) if clock.holder_id != holder_id]
    for clock in moved:
        paused = clock.segments.going_on().filter(kind=Kind.PAUSE).first()
        _turn(clock, Kind.PAUSE if paused else Kind.RUN, holder_id, at, paused.approver_id if paused else None)
        clock.holder_id = holder_id
        _save(clock)
    return moved


def held_by(clock: Clock, moment: datetime, segments: Iterable[Segment]) -> int | None:
    """The unit that is charged with this moment."""
    stretches = [one for one in segments if one.kind not in (Kind.EXTEND, Kind.CALENDAR)]
    inside = (one for one in stretches if one.since <= moment and (one.until is None or moment <= one.until))
    found = next(inside, None)
    return found.holder_id if found else clock.holder_id


def calendar_of(clock: Clock) -> WorkCalendar:
    return calendars.numbered(clock.calendar_id)


def _locked(clocks: Iterable[Clock]) -> list[Clock]:
    ids = [clock.pk for clock in clocks]
    rows = Clock.objects.running().filter(pk__in=ids).order_by("pk")
    return list(rows.select_for_update(of=("self",)).select_related("limit"))


def _overdue(clock: Clock, at: datetime) -> bool:
    return clock.lapsed_at is not None or (clock.due_at is not None and clock.due_at < at)


def _turn(clock: Clock, kind: str, holder_id: int | None, at: datetime, approver_id: int | None = None) -> None:
    """End the stretch that goes on and begin another; the first turn writes down the stretch since the start."""
    if not clock.segments.going_on().update(until=at):
        clock.segments.create(kind=Kind.RUN, holder_id=clock.holder_id, since=clock.started_at, until=at)
    clock.segments.create(kind=kind, holder_id=holder_id, approver_id=approver_id, since=at)


def _climb_anew(clock: Clock, at: datetime) -> None:
    """The rungs ahead follow the new due moment; those that were told of are never told of again."""
    place(clock, rungs.current(), calendar_of(clock), at, clock.segments.all())


def _save(clock: Clock) -> None:
    clock.altered = True
    clock.save(update_fields=["altered", "paused_at", "due_at", "rung", "rung_at", "holder"])
