"""Joint actions begin at their time, and what their members or the street leave lying lapses; each by itself."""

from datetime import datetime

from django.db import transaction

from accountability.batches import in_one_or_alone
from accountability.models import Clock
from cases.actions import joining
from cases.actions.together import locked
from cases.clocks import lapse_of_cases
from cases.ledger import write_all
from cases.models import JointAction, JointMember

BATCH = 100


def begin_due(at: datetime) -> int:
    """Start the members' clocks of those whose time has come, a hundred a round; a case that is held waits."""
    due = JointAction.objects.filter(over_at=None, begun_at=None, meets_at__lte=at).order_by("meets_at", "pk")
    return in_one_or_alone(_begin, list(due.values_list("pk", flat=True)[:BATCH]), at)


@transaction.atomic
def _begin(keys: list[int], at: datetime) -> int:
    waiting = JointAction.objects.filter(pk__in=keys, over_at=None, begun_at=None)
    free = locked(waiting.values_list("case", flat=True), at)
    pairs = [(free.ledgers[joint.case_id], joint) for joint in waiting.filter(case__in=free.cases).order_by("pk")]
    joining.keep_up(pairs)
    write_all(list(free.ledgers.values()))
    return len(pairs)


def lapse_members(due: list[Clock], at: datetime) -> list[int]:
    """Whoever gave no result in time is silent, on its own summons; the lead's time may begin by that."""
    members = JointMember.objects.filter(pk__in={clock.subject_id for clock in due})
    free = locked(members.values_list("case", flat=True), at)
    found = members.filter(case__in=free.cases).select_related("joint", "summons__unit").in_bulk()
    late = [(free.ledgers[found[one.subject_id].case_id], found[one.subject_id], one)
            for one in due if one.subject_id in found]  # fmt: skip
    joining.say_silent(late)
    joining.keep_up({member.joint_id: (ledger, member.joint) for ledger, member, _clock in late}.values())
    write_all(list(free.ledgers.values()))
    return [clock.pk for _ledger, _member, clock in late]


def lapse(due: list[Clock], at: datetime) -> list[int]:
    """The street let its time for the minutes pass; the units stay until it has written them."""
    rows = JointAction.objects.filter(pk__in={clock.subject_id for clock in due})
    cases = dict(rows.values_list("pk", "case"))
    return lapse_of_cases([(clock, cases.get(clock.subject_id)) for clock in due], at)
