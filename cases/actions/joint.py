"""A joint action begins at its time, and what its members or the street leave lying lapses; each by itself."""

import logging
from datetime import datetime

from django.db import transaction

from accountability.models import Clock
from cases.actions import joining
from cases.actions.moving import lock
from cases.clocks import free_cases, lapse_of_cases
from cases.ledger import Ledger
from cases.models import Case, JointAction, JointMember

log = logging.getLogger(__name__)

BATCH = 100


def begin_due(at: datetime) -> int:
    """Start the members' clocks of those whose time has come, a hundred a round; a case that is held waits."""
    due = JointAction.objects.filter(over_at=None, begun_at=None, meets_at__lte=at).order_by("meets_at", "pk")
    return sum(_alone(joint, at) for joint in due[:BATCH])


def _alone(joint: JointAction, at: datetime) -> bool:
    """One that cannot begin stands in nobody's way: the round goes on, and the log says so."""
    try:
        return _begin(joint, at)
    except Exception:
        log.exception("joint action %s of case %s cannot begin", joint.pk, joint.case_id)
    return False


@transaction.atomic
def _begin(joint: JointAction, at: datetime) -> bool:
    free = Case.objects.select_for_update(skip_locked=True).filter(pk=joint.case_id).first()
    found = JointAction.objects.filter(pk=joint.pk, over_at=None, begun_at=None).first() if free else None
    if free is None or found is None:
        return False
    ledger = Ledger(free, None, at)
    joining.keep_up(ledger, found)
    ledger.write()
    return True


def lapse_members(due: list[Clock], at: datetime) -> list[int]:
    """Whoever gave no result in time is silent, on its own summons; the lead's time may begin by that."""
    found = JointMember.objects.select_related("joint__case", "summons__unit").in_bulk({one.subject_id for one in due})
    free = set(free_cases(member.joint.case_id for member in found.values()))
    handled = []
    for clock in due:
        member = found.get(clock.subject_id)
        if member and member.joint.case_id in free:
            _lapse_one(clock, member, at)
            handled.append(clock.pk)
    return handled


def _lapse_one(clock: Clock, member: JointMember, at: datetime) -> None:
    ledger = Ledger(lock(member.joint.case), None, at)
    joining.say_silent(ledger, member, clock)
    joining.keep_up(ledger, member.joint)
    ledger.write()


def lapse(due: list[Clock], at: datetime) -> list[int]:
    """The street let its time for the minutes pass; the units stay until it has written them."""
    rows = JointAction.objects.filter(pk__in={clock.subject_id for clock in due})
    cases = dict(rows.values_list("pk", "case"))
    return lapse_of_cases([(clock, cases.get(clock.subject_id)) for clock in due], at)
