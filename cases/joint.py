"""Joint action: who takes part, what each owes, and when it may end.

Whoever is in charge of a case in hand calls the units that are called by whistle to one place at one time. From that
time on each member signs in itself and gives its own result; a member that gave none when its clock ran out is silent,
and the mark of that is its own. The unit that leads gives its result last: after the others have given theirs or their
time is over, and its own clock begins only then, so that nobody's silence is charged to it.

事不完人不撤: whoever has signed in stays until the street agrees: it lets one unit go, ends it all with the minutes, or
sends a unit back to its work. While a joint action is open a case does not go on to be inspected, whoever has replied.
For units that came without a joint action the reply is the end of their part, until the street sends one back. A unit
that is not needed any more is excused by the street, with the reason; it leaves without a mark.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from accountability.models import Clock
from accountability.spans import moment
from cases.models import Answer, Case, JointAction, JointMember, Level, State, Summons
from cases.moves import Deed, MoveRefused
from cases.proving import keep_proof

# Whose clocks these are: the joint action's own is the street's time for the minutes, a member's is for its result.
KIND, PART = "joint", "joint_member"


def may_come(case: Case) -> list[Summons]:
    """The units called by whistle and not released."""
    return [one for one in case.summonses.all() if one.whistle_id and one.state != Answer.RELEASED]


def members_of(case: Case) -> list[JointMember]:
    """Those of the joint action that is open; none where none is."""
    return [one for one in case.joint_members.all() if one.joint.over_at is None]


def open_in(case: Case) -> JointAction | None:
    return next((one.joint for one in members_of(case)), None)


def part_of(call: Summons) -> JointMember | None:
    """This unit's part in the joint action that is open."""
    return next((one for one in members_of(call.case) if one.summons_id == call.pk), None)


def is_out(member: JointMember) -> bool:
    """Released or excused, so nothing is owed."""
    return bool(member.summons.state == Answer.RELEASED)


def takes_part(call: Summons) -> None:
    if part_of(call) is None:
        raise MoveRefused(_("No joint action is open in which this unit takes part."), code="no_joint")


def has_not_signed_in(call: Summons) -> None:
    takes_part(call)
    member = part_of(call)
    if member and member.signed_in_at:
        raise MoveRefused(_("Your unit has signed in already. Give its result when it is done."), code="signed_in")


def it_has_begun(call: Summons, at: datetime) -> None:
    member = part_of(call)
    if member and member.joint.meets_at > at:
        raise MoveRefused(
            _("It begins at %(when)s. Sign in then, on the spot."),
            code="not_begun",
            params={"when": moment(member.joint.meets_at, at)},
        )


def sign_in(call: Summons, deed: Deed) -> None:
    """Who came, how many, and how it is known."""
    keep_proof(call, deed)
    member = part_of(call)
    assert member is not None
    member.signed_in_at, member.who, member.people = deed.at, str(deed.facts["who"]), int(deed.facts["people"])
    member.proof, member.metres = deed.facts["proof"], deed.facts.get("metres")
    member.save(update_fields=["signed_in_at", "who", "people", "proof", "metres"])
    deed.facts["joint"] = member.joint_id


def owes_a_result(call: Summons) -> None:
    takes_part(call)
    member = part_of(call)
    if member and not member.signed_in_at:
        raise MoveRefused(_("Sign in first: who came, and how many."), code="sign_in_first")
    if member and member.result_at:
        raise MoveRefused(
            _("Your unit has given its result. The street lets it go, or ends it all."), code="result_given"
        )


def others_are_done(call: Summons, at: datetime) -> None:
    """The lead comes last."""
    member = part_of(call)
    left = awaited(members_of(call.case), at) if member and member.leads else []
    if left:
        raise MoveRefused(
            _("Your unit leads, so its result comes last. %(units)s still have time."),
            code="members_unfinished",
            params={"units": named(left)},
        )


def give_result(call: Summons, deed: Deed) -> None:
    member = part_of(call)
    assert member is not None
    member.result, member.result_at = deed.note[:1000], deed.at
    member.save(update_fields=["result", "result_at"])
    deed.facts["joint"] = member.joint_id


def has_given_its_result(call: Summons) -> None:
    takes_part(call)
    member = part_of(call)
    if member and not member.result_at:
        raise MoveRefused(_("It has not given its result yet, so it stays."), code="result_owed")
    if member and member.let_go_at:
        raise MoveRefused(_("It has been let go already."), code="let_go_already")


def let_go(call: Summons, deed: Deed) -> None:
    member = part_of(call)
    assert member is not None
    member.let_go_at = deed.at
    member.save(update_fields=["let_go_at"])
    deed.facts["joint"] = member.joint_id


def called_by_whistle(call: Summons) -> None:
    """What the street gives to its own levels it takes back; and a case that is settled is inspected first."""
    if not call.whistle_id or call.level != Level.CALLED:
        raise MoveRefused(_("This is the street's own work, not a unit called by whistle."), code="not_called")
    if call.case.state != State.IN_HAND:
        raise MoveRefused(_("The case has gone on. Whoever inspects it sends it back."), code="gone_on")


def can_be_excused(call: Summons) -> None:
    called_by_whistle(call)
    if call.leads:
        raise MoveRefused(
            _("This unit leads the case, so it stays. Withdraw the whistle, or let it reply."), code="lead_stays"
        )


def send_back(call: Summons, deed: Deed) -> None:
    """Whoever had been let go is asked to stay again; result and sign-in stand as they were given."""
    member = part_of(call)
    if member and member.let_go_at:
        member.let_go_at = None
        member.save(update_fields=["let_go_at"])


def awaited(members: Iterable[JointMember], at: datetime) -> list[JointMember]:
    """Beside the lead, those who owe a result and still have time for it."""
    return [one for one in members if not one.leads and is_awaited(one, at)]


def is_awaited(member: JointMember, at: datetime) -> bool:
    """Silent from the due moment on, whether the sweep has come by or not."""
    if member.result_at or member.silent_at or is_out(member):
        return False
    clock = clock_of(member)
    return clock is None or clock.due_at is None or clock.due_at >= at


def clock_of(member: JointMember) -> Clock | None:
    """The clock of its result, from when it is awaited."""
    found: Clock | None = Clock.objects.of(PART, [member.pk]).order_by("-pk").first()
    return found


def named(members: Iterable[JointMember]) -> str:
    return "、".join(str(one.summons.unit) for one in members)
