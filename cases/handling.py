"""Who had a hand in putting a case right, so that they neither look at it, close it nor judge it."""

from cases.models import Answer, Case, Verb
from grids.standing import Standing

# What is the work itself; who only had it in hand and gave it on has done none of it.
WORK = (Verb.RESPOND, Verb.ARRIVE, Verb.REACH, Verb.REPLY)


def handled_by(case: Case, by: Standing) -> bool:
    """This person, or a unit that they belong to or act for, was called to put the case right."""
    units = set(by.acting_units()) | {by.user.unit_id}
    calls = [call for call in case.summonses.all() if call.state != Answer.RELEASED]
    return any(call.unit_id in units or call.worker_id == by.user_id for call in calls)


def worked_on(case: Case, by: Standing) -> bool:
    """This person did some of the work that counts now, though somebody else may have it in hand since."""
    calls = [call for call in case.summonses.all() if call.state != Answer.RELEASED]
    return any(step.actor_id == by.user_id and step.verb in WORK for call in calls for step in call.steps.all())
