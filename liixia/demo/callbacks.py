"""Calls back of the demo: at hours when people are called, some of them fruitless, one put off by the person."""

from datetime import datetime, timedelta

from cases.models import Case, Origin
from engagement.actions import call_back
from engagement.calling import plan_of, rule_at
from engagement.models import Outcome, Report
from engagement.waiting import fruitless_calls
from grids.standing import Standing

QUARTER = timedelta(minutes=15)
# Of those that wait to be called: how the calls went that were made so far.
TRIED = {23: (Outcome.BUSY, Outcome.LATER), 36: (Outcome.NO_ANSWER, Outcome.BUSY)}
WORDS = {Outcome.LATER: "在开会，请晚些再打", Outcome.BUSY: "占线", Outcome.NO_ANSWER: "无人接听"}


def attempts(at: datetime) -> int:
    return rule_at(at).attempts


def last(case: Case) -> datetime:
    """When the last thing of this case happened."""
    return max(step.at for step in case.steps.all())


def moment_for(case: Case, report: Report, wanted: datetime, *, now: datetime) -> datetime | None:
    """The first moment from the one wanted on at which this person may be called; before it where that is still to
    come, and None where there has been none yet."""
    plan, calls = plan_of(case.urgency, wanted), fruitless_calls(report, case)
    ahead = plan.earliest(calls, wanted)
    if ahead and ahead <= now:
        return ahead
    since, at = last(case), min(wanted, now)
    while not calls and at > since:
        if not plan.hours or plan.part_at(at):
            return at
        at -= QUARTER
    return None


def tried_before(case: Case, report: Report, number: int, *, by: Standing, at: datetime, now: datetime) -> None:
    """The fruitless calls of this case; whoever puts it off names a moment that is still to come."""
    for outcome in TRIED.get(number, ()):
        when = moment_for(case, report, at + QUARTER, now=now)
        if when is None:
            return
        again = _ahead(case, when, now) if outcome == Outcome.LATER else None
        how = outcome if again or outcome != Outcome.LATER else Outcome.NO_ANSWER
        call_back(report, outcome=how, by=by, at=when, words=WORDS[how], again_at=again, origin=Origin.DEMO)


def _ahead(case: Case, when: datetime, now: datetime) -> datetime | None:
    """A moment still to come, as far ahead as a call may be put off; None where that is over already."""
    plan = plan_of(case.urgency, when)
    found = plan.earliest([], max(when, now) + timedelta(hours=1))
    return found if found and found <= when + timedelta(days=plan.rule.later_days) else None
