"""Whoever has a case again, or is called to it again, goes on with the time they had: back and forth wins none.

A street could otherwise shield a unit that it likes: take the whistle back shortly before the unit is late, and blow it
again. Nor is anybody late by it: a due moment that passed while nobody called the unit is none that it missed, so what
it had left by then goes on when it is called again. What lay with the district desk is the desk's time.
"""

from datetime import datetime

from django.db.models import QuerySet

from accountability import clocks, segments
from accountability.models import Clock, Phase
from cases.clocks import seat_of
from cases.models import Case, Ruling, Step, Summons, Verb
from people.models import Seat

# What ends a call without an answer of the unit's own.
OUT = (Verb.RELEASE, Verb.EXCUSE)
USED_UP = ("extended_times", "extended_days", "paused_days")


def office_goes_on(case: Case, phase: Phase, at: datetime) -> None:
    """Sent back by the desk, or handed to it a second time, the street goes on with what it had left; what lay with the
    desk or with another street was none of its time."""
    before = clocks.go_on_with("case", case.pk, phase, case.office_id)
    if before is not None and before.stopped_at is not None:
        mine = Clock.objects.of("case", [case.pk]).running().filter(phase=phase)
        _stood_still(mine, seat_of(Seat.DESK), before.stopped_at, at)


def own_goes_on(made: Summons, at: datetime) -> None:
    """A whistle that was taken back or sent back gives a street no second time for what it had in hand before it."""
    last = made.case.whistles.order_by("-pk").first()
    if last is None or not (last.withdrawn_at or last.sent_back_at):
        return
    released = Step.objects.filter(case=made.case, verb=Verb.RELEASE, summons__whistle=None, summons__unit=made.unit)
    ended = released.order_by("-seq").first()
    _go_on(made, ended, at)
    if ended is not None and last.withdrawn_at is None and last.sent_back_at is not None:
        _stood_still(_running(made), seat_of(Seat.DESK), max(ended.at, last.blown_at), last.sent_back_at)


def unit_goes_on(made: Summons, at: datetime) -> None:
    """Called again by a street that had taken its call back, or had excused the unit: not where another was ruled to
    be right, for then the time was that other unit's."""
    calls = made.case.summonses.filter(unit=made.unit, whistle__isnull=False).exclude(pk=made.pk)
    before = calls.order_by("-pk").first()
    if before is None or before.disputes.filter(ruling=Ruling.UPHELD).exists():
        return
    ended = before.steps.filter(verb__in=OUT).order_by("-seq").first()
    if ended is None:
        return
    _go_on(made, ended, at)
    _stood_still(_running(made).filter(due_at__lt=at), made.case.office_id, ended.at, at)
    for name in USED_UP:
        setattr(made, name, getattr(before, name))
    made.save(update_fields=USED_UP)


def result_goes_on(call: Summons, at: datetime) -> None:
    """Sent back by the street before anybody looked: a reply too early wins no time, and what lay with the street since
    then was none of the unit's."""
    results = Clock.objects.of("summons", [call.pk]).filter(phase=Phase.RESULT, milestone="")
    before = results.exclude(stopped_at=None).order_by("-pk").first()
    if before is not None and before.stopped_at is not None:
        clocks.go_on_as("summons", call.pk, call.pk, ended_at=before.stopped_at, at=at)
        _stood_still(results.running(), call.case.office_id, before.stopped_at, at)


def _running(made: Summons) -> QuerySet[Clock]:
    return Clock.objects.of("summons", [made.pk]).running()


def _go_on(made: Summons, ended: Step | None, at: datetime) -> None:
    if ended is not None and ended.summons_id is not None:
        clocks.go_on_as("summons", made.pk, ended.summons_id, ended_at=ended.at, at=at)


def _stood_still(halted: QuerySet[Clock], by: int | None, since: datetime, at: datetime) -> None:
    """What was in time when it was halted loses nothing until now, on the word of the unit that halted it."""
    if by is not None:
        segments.stood_still(halted, since=since, approver_id=by, at=at)
