"""A joint action begins at its time, and what its members or the street leave lying lapses; each by itself."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accountability.models import Clock
from cases.actions import joining
from cases.actions.moving import lock
from cases.clocks import free_cases
from cases.ledger import Ledger
from cases.models import Case, JointAction, JointMember

BATCH = 100


def begin_due(at: datetime) -> int:
    """Start the members' clocks of those whose time has come, a hundred a round; a case that is held waits."""
    due = JointAction.objects.filter(over_at=None, begun_at=None, meets_at__lte=at).order_by("meets_at", "pk")
    return sum(_begin(joint, at) for joint in due[:BATCH])


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
    return _lapse(due, {pk: member.joint for pk, member in found.items()}, at, found)


def lapse(due: list[Clock], at: datetime) -> list[int]:
    """The street let its time for the minutes pass; the units stay until it has written them."""
    found = JointAction.objects.select_related("case").in_bulk({clock.subject_id for clock in due})
    return _lapse(due, found, at, {})


def _lapse(
    due: Iterable[Clock], joints: dict[int, JointAction], at: datetime, members: dict[int, JointMember]
) -> list[int]:
    free = set(free_cases(joint.case_id for joint in joints.values()))
    handled = []
    for clock in due:
        joint = joints.get(clock.subject_id)
        if joint and joint.case_id in free:
            _lapse_one(clock, joint, members.get(clock.subject_id), at)
            handled.append(clock.pk)
    return handled


def _lapse_one(clock: Clock, joint: JointAction, member: JointMember | None, at: datetime) -> None:
    ledger = Ledger(lock(joint.case), None, at)
    if member:
        joining.say_silent(ledger, member, clock)
        joining.keep_up(ledger, joint)
    else:
        ledger.add_lapses([clock])
    ledger.write()
