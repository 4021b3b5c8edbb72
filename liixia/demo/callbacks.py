"""Calls back of the demo: at hours when people are called, some of them fruitless, one put off by the person."""

from datetime import datetime, timedelta

from cases import actions
from cases.models import Case, Origin, State, Verb
from engagement.actions import call_back, make_link
from engagement.calling import plan_of, rule_at
from engagement.models import Outcome, Report
from engagement.waiting import fruitless_calls
from grids.standing import Standing
from liixia.demo.cast import Crew

QUARTER = timedelta(minutes=15)
# Of those that wait to be called: how the calls went that were made so far.
TRIED = {23: (Outcome.BUSY, Outcome.LATER), 36: (Outcome.NO_ANSWER, Outcome.BUSY)}
# Whose answer an inspector doubts: asked again by another clerk, or still waiting to be.
DOUBTED = {25: True, 37: False}
DOUBT = "现场照片上还看得到，回访却记为已解决，请换人再问一次。"
# Who would rather write than talk.
LINKED = (10, 36)
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


def linked(case: Case, report: Report, number: int, *, by: Standing) -> None:
    if number in LINKED:
        make_link(report, by=by, at=last(case))


def doubted(case: Case, report: Report, number: int, *, crew: Crew, now: datetime) -> Case:
    """An inspector has the person asked again by somebody else; nothing of it where its hour is still to come."""
    case.refresh_from_db()
    if number not in DOUBTED or case.state != State.CLOSING or not report.ratings.exists():
        return case
    at = min(last(case) + QUARTER, now)
    again = plan_of(case.urgency, at).earliest([], at + QUARTER)
    if DOUBTED[number] and (again is None or again > now):
        return case
    case = actions.advance(case, Verb.ASK_AGAIN, by=crew.supervisor, at=at, note=DOUBT, origin=Origin.DEMO)
    if DOUBTED[number] and again:
        call_back(
            report, outcome=Outcome.REACHED, solved=False, grade="dissatisfied", cause="unsolved", by=crew.other_clerk,
            at=again, words="第一次没听清，其实还没弄好", origin=Origin.DEMO,
        )  # fmt: skip
    return Case.objects.get(pk=case.pk)


def _ahead(case: Case, when: datetime, now: datetime) -> datetime | None:
    """A moment still to come, as far ahead as a call may be put off; None where that is over already."""
    plan = plan_of(case.urgency, when)
    found = plan.earliest([], max(when, now) + timedelta(hours=1))
    return found if found and found <= when + timedelta(days=plan.rule.later_days) else None
