"""More time for a unit's reply: asked before it is due, for a working day, and never more than the rule allows in all.

The clock moves only by a step that says why; contact and arrival are owed when they were. The second extension is the
unit leader's to give, a third one nobody's.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from accountability import calendars, segments
from accountability.models import Clock, Phase
from cases.asked_days import check_within, days_after, most
from cases.models import Summons
from cases.moves import Deed, Facts, MoveRefused

MOST = 2


@dataclass(frozen=True)
class Extension:
    """The clock, its new due moment, and how many working days that is more."""

    clock: Clock
    until: datetime
    days: int


def may_be_extended(call: Summons) -> None:
    if call.extended_times >= MOST:
        sentence = _("It was extended twice already. What cannot be done by then is shelved.")
        raise MoveRefused(sentence, code="extended_twice")


def fits(call: Summons, facts: Facts, at: datetime) -> None:
    """Raise MoveRefused unless this is an extension that the rules allow."""
    wanted(call, str(facts["until"]), at)


def give(call: Summons, deed: Deed) -> None:
    """Move the clock, and let the step say from when to when and by how much."""
    found = wanted(call, str(deed.facts["until"]), deed.at)
    before = found.clock.due_at
    facts = {"days": found.days, "due_before": before.isoformat() if before else "", "until": found.until.isoformat()}
    deed.facts.update(facts)
    segments.extend(found.clock, until=found.until, approver_id=None, at=deed.at)
    call.extended_times, call.extended_days = call.extended_times + 1, call.extended_days + found.days


def wanted(call: Summons, until: str, at: datetime) -> Extension:
    clock, due = running(call, at)
    until_at, days = days_after(due, until, calendars.current())
    check_within(days, call.extended_days, most_days(call, at))
    return Extension(clock, until_at, days)


def running(call: Summons, at: datetime) -> tuple[Clock, datetime]:
    """The clock of the reply with its due moment, as long as it can still be moved."""
    clock = Clock.objects.of("summons", [call.pk]).running().filter(phase=Phase.RESULT, milestone="").first()
    if clock is None:
        raise MoveRefused(_("No clock runs for the reply, so there is nothing to extend."), code="no_clock")
    if clock.paused_at is not None or clock.due_at is None:
        raise MoveRefused(_("The clock of the reply stands still. Extend it when it runs."), code="clock_stands")
    if clock.due_at < at:
        raise MoveRefused(_("The reply is overdue. More time is asked for before that, never after."), code="overdue")
    return clock, clock.due_at


def most_days(call: Summons, at: datetime) -> int:
    return most(call.case, Phase.EXTEND, at)
