"""More time for a unit's reply: asked before it is due, for a working day, and never more than the rule allows in all.

The clock moves only by a step that says why; contact and arrival are owed when they were. The second extension is the
unit leader's to give, a third one nobody's.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import calendars, segments
from accountability.clocks import limit_of
from accountability.models import Clock, Phase
from accountability.spans import day_words
from accountability.worktime import LOCAL, WorkCalendar, YearUncovered, end_of_work, workdays_between
from cases.models import Summons, Verb
from cases.moves import Facts, MoveRefused
from grids.standing import Standing

MOST = 2


@dataclass(frozen=True)
class Extension:
    """The clock, its new due moment, and how many working days that is more."""

    clock: Clock
    until: datetime
    days: int


def given_before(call: Summons) -> list[int]:
    """The working days of each extension so far."""
    return [int(step.facts["days"]) for step in call.steps.all() if step.verb == Verb.EXTEND]


def may_be_extended(call: Summons) -> None:
    if len(given_before(call)) >= MOST:
        sentence = _("It was extended twice already. What cannot be done by then is shelved.")
        raise MoveRefused(sentence, code="extended_twice")


def fits(call: Summons, facts: Facts, at: datetime) -> None:
    """Raise MoveRefused unless this is an extension that the rules allow."""
    wanted(call, str(facts.get("until", "")), at)


def give(call: Summons, facts: dict[str, Any], by: Standing | None, at: datetime) -> None:
    """Move the clock, and let the step say from when to when and by how much."""
    found = wanted(call, str(facts.get("until", "")), at)
    assert found.clock.due_at is not None
    facts |= {"days": found.days, "due_before": found.clock.due_at.isoformat(), "until": found.until.isoformat()}
    segments.extend(found.clock, until=found.until, approver_id=None, at=at)


def wanted(call: Summons, until: str, at: datetime) -> Extension:
    clock = running(call, at)
    calendar = calendars.current()
    day = _workday(until, calendar)
    assert clock.due_at is not None
    until_at, before = end_of_work(day, calendar), localdate(clock.due_at, LOCAL)
    if until_at <= clock.due_at:
        raise MoveRefused(
            _("That is no later than now. Choose a day after %(day)s."), "not_later", {"day": day_words(before)}
        )
    days = workdays_between(before, day, calendar)
    _check_length(call, days, at)
    return Extension(clock, until_at, days)


def running(call: Summons, at: datetime) -> Clock:
    """The clock of the reply, as long as it can still be moved."""
    clock = Clock.objects.of("summons", [call.pk]).running().filter(phase=Phase.RESULT, milestone="").first()
    if clock is None:
        raise MoveRefused(_("No clock runs for the reply, so there is nothing to extend."), code="no_clock")
    if clock.paused_at is not None or clock.due_at is None:
        raise MoveRefused(_("The clock of the reply stands still. Extend it when it runs."), code="clock_stands")
    if clock.due_at < at:
        raise MoveRefused(_("The reply is overdue. More time is asked for before that, never after."), code="overdue")
    return clock


def most_days(call: Summons, at: datetime) -> int:
    """How many working days all extensions of this summons may come to, by the rule of today."""
    limit = limit_of(call.case.urgency, Phase.EXTEND, at)
    return limit.amount if limit else 0


def _check_length(call: Summons, days: int, at: datetime) -> None:
    left = most_days(call, at) - sum(given_before(call))
    if days > left:
        words = _("At most %(most)s working days in all; %(left)s are left, and this would take %(days)s.")
        raise MoveRefused(words, "too_long", {"most": most_days(call, at), "left": left, "days": days})


def _workday(until: str, calendar: WorkCalendar) -> date:
    try:
        day = parse_date(until[:10])
    except ValueError:
        day = None
    if day is None:
        raise MoveRefused(_("Choose the day by which the reply will be there."), code="no_day")
    try:
        worked = calendar.is_worked(day)
    except YearUncovered as unknown:
        words = _("The calendar of %(year)s is not loaded yet. Choose an earlier day, or ask the administrator.")
        raise MoveRefused(words, "year_unknown", {"year": unknown.year}) from unknown
    if not worked:
        raise MoveRefused(_("%(day)s is no working day. Choose one that is."), "no_workday", {"day": day_words(day)})
    return day
