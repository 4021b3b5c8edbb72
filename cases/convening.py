"""How a joint action is opened and ended by whoever is in charge of the case; its rules stand in `cases.joint`."""

from datetime import datetime

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from cases.joint import awaited, is_awaited, may_come, members_of, named, open_in
from cases.models import Case, JointAction, JointMember, Summons
from cases.moves import Deed, Facts, MoveRefused


def can_be_opened(case: Case) -> None:
    if open_in(case):
        raise MoveRefused(
            _("A joint action is open already. End it with its minutes before you open another."), code="joint_open"
        )
    if not may_come(case):
        raise MoveRefused(
            _("No unit is called. Blow the whistle first: its units come together."), code="nobody_called"
        )


def fits(case: Case, facts: Facts, at: datetime) -> None:
    when_of(facts, at)
    lead_of(case, facts)


def when_of(facts: Facts, at: datetime) -> datetime:
    found = parse_datetime(str(facts["meets_at"]))
    if found is None or is_naive(found):
        raise MoveRefused(_("Say when they meet, for example 2026-03-12 15:00."), code="meeting_unclear")
    if found < at:
        raise MoveRefused(_("That moment is over. Choose one that is still to come."), code="meeting_over")
    return found


def lead_of(case: Case, facts: Facts) -> tuple[Summons, list[Summons]]:
    """The unit that leads, and all that take part, by the codes given."""
    called = {one.unit.code: one for one in may_come(case)}
    wanted = [str(code) for code in facts["members"]]
    if any(code not in called for code in wanted):
        raise MoveRefused(_("Only units that are called to this case take part. Choose among them."), code="no_member")
    if str(facts["lead"]) not in wanted:
        raise MoveRefused(_("The unit that leads takes part, too. Tick it, or choose another."), code="no_joint_lead")
    return called[str(facts["lead"])], [called[code] for code in dict.fromkeys(wanted)]


def convene(case: Case, deed: Deed) -> None:
    """Write the joint action and its members down."""
    assert deed.by is not None
    lead, members = lead_of(case, deed.facts)
    joint = JointAction.objects.create(
        case=case, kind=deed.facts["kind"], place=deed.facts["place"], meets_at=when_of(deed.facts, deed.at),
        plan=deed.note[:1000], opened_by=deed.by.user, opened_at=deed.at,
    )  # fmt: skip
    JointMember.objects.bulk_create(
        JointMember(case=case, joint=joint, summons=one, leads=one.pk == lead.pk) for one in members
    )
    deed.facts.update(joint=joint.pk, units=[one.unit_id for one in members])


def one_is_open(case: Case) -> None:
    if open_in(case) is None:
        raise MoveRefused(_("No joint action is open in this case."), code="no_joint")


def none_is_open(case: Case) -> None:
    """Before all is said to be done, the street has let the units go."""
    if open_in(case):
        raise MoveRefused(_("A joint action is open. It goes on when the street has ended it."), code="joint_open")


def all_are_done(case: Case, at: datetime) -> None:
    """Called off before it began, or every member has given its result, or had its time for it."""
    joint, members = open_in(case), members_of(case)
    if joint is None or joint.meets_at > at:
        return
    left = awaited(members, at) or [one for one in members if one.leads and is_awaited(one, at)]
    if left:
        raise MoveRefused(
            _("%(units)s have not given their result and still have time. Excuse whoever is not needed any more."),
            code="members_unfinished",
            params={"units": named(left)},
        )


def conclude(case: Case, deed: Deed) -> None:
    """The minutes end it, and whoever is still there may go."""
    joint = open_in(case)
    assert joint is not None
    end(joint, deed.note, deed)


def end(joint: JointAction, words: str, deed: Deed) -> None:
    joint.minutes, joint.over_at = words[:1000], deed.at
    joint.ended_by = deed.by.user if deed.by else None
    joint.save(update_fields=["minutes", "over_at", "ended_by"])
    joint.members.filter(signed_in_at__isnull=False, let_go_at=None).update(let_go_at=deed.at)
    deed.facts.update(joint=joint.pk, units=[one.summons.unit_id for one in joint.members.select_related("summons")])
