"""The street's leader approves what the demo's dispatchers whistle for; one word is still to come."""

from datetime import datetime

from cases import actions
from cases.models import Approval, Case, Origin, Verb
from grids.standing import Standing
from liixia.demo.scenes import UNDECIDED

LET_GO = {Approval.BEFORE: Verb.APPROVE, Approval.DESK: Verb.PASS_UP}
NOT_YET = 4  # of so many that could not wait, one is not yet approved


def of_street(case: Case, number: int, *, leader: Standing, at: datetime) -> Case:
    """As the whistle needs it: before it goes out, or afterwards."""
    said = {"by": leader, "at": at, "origin": Origin.DEMO}
    asked = Approval(case.approval)
    if asked == Approval.AFTER and number % NOT_YET:
        return actions.advance(case, Verb.CONFIRM, **said)
    if asked in LET_GO and number not in UNDECIDED:
        return actions.approve_whistle(case, verb=LET_GO[asked], **said)
    return case
