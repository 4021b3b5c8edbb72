"""The clocks of a joint action: they follow what its members have done, whoever did it."""

from datetime import datetime

from accountability import clocks
from accountability.clocks import Start
from accountability.models import Clock, Phase
from cases.convening import end
from cases.joint import KIND, PART, clock_of, is_out
from cases.ledger import Ledger
from cases.models import JointAction, JointMember, Verb
from cases.moves import Deed

# After these the clocks of a joint action may have to start or stop.
MATTERS = (
    Verb.CONVENE, Verb.ATTEND, Verb.OUTCOME, Verb.LET_GO, Verb.CONCLUDE, Verb.EXCUSE, Verb.RELEASE, Verb.RECALL,
)  # fmt: skip


def follow(ledger: Ledger) -> None:
    """Bring the clocks of the case's joint action to where its rows are; twice is once."""
    if not any(step.verb in MATTERS for step in ledger.steps):
        return
    last = ledger.case.joint_actions.order_by("-pk").first()
    if last is None:
        return
    if last.over_at:
        _stop_all(ledger, last)
    else:
        keep_up(ledger, last)


def keep_up(ledger: Ledger, joint: JointAction) -> None:
    """Of one that is open: begin when it is time; stop what is done; start what comes last."""
    members = members_in(joint)
    if joint.meets_at > ledger.at:
        return
    if joint.begun_at is None:
        _begin(ledger, joint, members)
    for member in members:
        if member.result_at or is_out(member):
            _stop(ledger, member)
    _go_on(ledger, joint, members)


def members_in(joint: JointAction) -> list[JointMember]:
    """As they stand in the database now."""
    return list(joint.members.select_related("summons__unit"))


def _begin(ledger: Ledger, joint: JointAction, members: list[JointMember]) -> None:
    """From the moment for which it was called, whenever that is noticed; the lead's clock comes last."""
    joint.begun_at = joint.meets_at
    joint.save(update_fields=["begun_at"])
    for member in members:
        if not member.leads and not is_out(member):
            _time(ledger, member, joint.meets_at)


def _go_on(ledger: Ledger, joint: JointAction, members: list[JointMember]) -> None:
    """When all others are done the lead's clock begins, and when it is done, too, the street's."""
    others = [_done_at(member, joint) for member in members if not member.leads]
    if None in others:
        return
    since = max([joint.meets_at, *filter(None, others)])
    lead = next((member for member in members if member.leads and not is_out(member)), None)
    if lead and not lead.result_at and not lead.silent_at:
        if clock_of(lead) is None:
            _time(ledger, lead, since)
        return
    if not Clock.objects.of(KIND, [joint.pk]).filter(phase=Phase.MINUTES).exists():
        done = _done_at(lead, joint) if lead else None
        start = Start(Phase.MINUTES, ledger.case.office_id)
        clocks.start(KIND, joint.pk, starts=[start], urgency=ledger.case.urgency, at=max(since, done or since))


def _done_at(member: JointMember, joint: JointAction) -> datetime | None:
    """Since when nothing more is awaited of this member; nothing while something is."""
    if is_out(member):
        return joint.meets_at
    return min(filter(None, [member.result_at, member.silent_at]), default=None)


def _time(ledger: Ledger, member: JointMember, at: datetime) -> None:
    start = Start(Phase.JOINT, member.summons.unit_id)
    clocks.start(PART, member.pk, starts=[start], urgency=ledger.case.urgency, at=at)


def _stop(ledger: Ledger, member: JointMember) -> None:
    """A clock that ran past its due moment lapses by this, and its member was silent then."""
    for clock in clocks.stop(PART, [member.pk], phases=[Phase.JOINT], at=ledger.at):
        say_silent(ledger, member, clock)


def say_silent(ledger: Ledger, member: JointMember, clock: Clock) -> None:
    """On its own summons: it is this unit's silence, never the lead's."""
    member.silent_at = clock.due_at
    member.save(update_fields=["silent_at"])
    told = {"joint": member.joint_id, "silent": True, "came": member.signed_in_at is not None}
    ledger.add_lapses([clock], member.summons, **told)


def _stop_all(ledger: Ledger, joint: JointAction) -> None:
    for member in members_in(joint):
        _stop(ledger, member)
    ledger.add_lapses(clocks.stop(KIND, [joint.pk], phases=[Phase.MINUTES], at=ledger.at))


def call_off(ledger: Ledger, note: str) -> None:
    """No unit is called any more, so nobody comes together."""
    joint = ledger.case.joint_actions.filter(over_at=None).first()
    if joint:
        end(joint, note, Deed(note, {}, ledger.by, ledger.at))
