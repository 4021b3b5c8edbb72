"""The clocks of joint actions: they follow what their members have done, whoever did it; of many as of one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from accountability import clocks
from accountability.clocks import Start
from accountability.models import Clock, Phase
from accountability.starting import Wanted, start_each
from cases.convening import end
from cases.joint import KIND, PART, is_out
from cases.ledger import Ledger
from cases.models import JointAction, JointMember, Verb
from cases.moves import Deed

Pair = tuple[Ledger, JointAction]
Members = dict[int, list[JointMember]]
# After these the clocks of a joint action may have to start or stop.
MATTERS = (
    Verb.CONVENE, Verb.ATTEND, Verb.OUTCOME, Verb.LET_GO, Verb.CONCLUDE, Verb.EXCUSE, Verb.RELEASE, Verb.RECALL,
)  # fmt: skip


def follow(ledgers: Iterable[Ledger]) -> None:
    """Bring the clocks of each case's joint action to where its rows are; twice is once."""
    matter = [ledger for ledger in ledgers if any(step.verb in MATTERS for step in ledger.steps)]
    if not matter:
        return
    rows = JointAction.objects.filter(case__in=[ledger.case.pk for ledger in matter])
    last = {one.case_id: one for one in rows.order_by("case", "-pk").distinct("case")}
    found = [(ledger, last[ledger.case.pk]) for ledger in matter if ledger.case.pk in last]
    _stop_all([(ledger, joint) for ledger, joint in found if joint.over_at])
    keep_up([(ledger, joint) for ledger, joint in found if not joint.over_at])


def keep_up(pairs: Iterable[Pair]) -> None:
    """Of those that are open: begin when it is time; stop what is done; start what comes last."""
    due = [(ledger, joint) for ledger, joint in pairs if joint.meets_at <= ledger.at]
    if not due:
        return
    members = members_in([joint for _ledger, joint in due])
    _begin([(ledger, joint) for ledger, joint in due if joint.begun_at is None], members)
    done = [(ledger, one) for ledger, joint in due for one in members[joint.pk] if one.result_at or is_out(one)]
    _stop(done)
    _go_on(due, members)


def members_in(joints: Iterable[JointAction]) -> Members:
    """As they stand in the database now, by the key of the joint action."""
    found: Members = defaultdict(list)
    for member in JointMember.objects.filter(joint__in=list(joints)).select_related("summons__unit", "joint"):
        found[member.joint_id].append(member)
    return found


def _begin(pairs: list[Pair], members: Members) -> None:
    """From the moment for which it was called, whenever that is noticed; the lead's clock comes last."""
    if not pairs:
        return
    for _ledger, joint in pairs:
        joint.begun_at = joint.meets_at
    JointAction.objects.bulk_update([joint for _ledger, joint in pairs], ["begun_at"])
    start_each(PART, [
        _time(ledger, one, joint.meets_at)
        for ledger, joint in pairs for one in members[joint.pk] if not one.leads and not is_out(one)
    ])  # fmt: skip


def _go_on(pairs: list[Pair], members: Members) -> None:
    """Where all others are done the lead's clock begins, and where it is done, too, the street's."""
    leads, minutes = [], []
    for ledger, joint in pairs:
        others = [_done_at(one, joint) for one in members[joint.pk] if not one.leads]
        if None in others:
            continue
        since = max([joint.meets_at, *filter(None, others)])
        lead = next((one for one in members[joint.pk] if one.leads and not is_out(one)), None)
        if lead and not lead.result_at and not lead.silent_at:
            leads.append(_time(ledger, lead, since))
            continue
        done = _done_at(lead, joint) if lead else None
        start = Start(Phase.MINUTES, ledger.case.office_id)
        minutes.append(Wanted(joint.pk, start, ledger.case.urgency, max(since, done or since)))
    _start_once(PART, Phase.JOINT, leads)
    _start_once(KIND, Phase.MINUTES, minutes)


def _start_once(kind: str, phase: str, wanted: list[Wanted]) -> None:
    """Those that have no such clock yet, running or stopped."""
    if not wanted:
        return
    there = Clock.objects.of(kind, [one.subject_id for one in wanted]).filter(phase=phase)
    known = set(there.values_list("subject_id", flat=True))
    start_each(kind, [one for one in wanted if one.subject_id not in known])


def _done_at(member: JointMember, joint: JointAction) -> datetime | None:
    """Since when nothing more is awaited of this member; nothing while something is."""
    if is_out(member):
        return joint.meets_at
    return min(filter(None, [member.result_at, member.silent_at]), default=None)


def _time(ledger: Ledger, member: JointMember, at: datetime) -> Wanted:
    return Wanted(member.pk, Start(Phase.JOINT, member.summons.unit_id), ledger.case.urgency, at)


def _stop(members: list[tuple[Ledger, JointMember]]) -> None:
    """A clock that ran past its due moment lapses by this, and its member was silent then."""
    if not members:
        return
    by_key = {member.pk: (ledger, member) for ledger, member in members}
    at = members[0][0].at
    late = clocks.stop(PART, by_key, phases=[Phase.JOINT], at=at)
    say_silent([(*by_key[clock.subject_id], clock) for clock in late])


def say_silent(late: list[tuple[Ledger, JointMember, Clock]]) -> None:
    """Each on its own summons: it is this unit's silence, never the lead's."""
    for ledger, member, clock in late:
        member.silent_at = clock.due_at
        told = {"joint": member.joint_id, "silent": True, "came": member.signed_in_at is not None}
        ledger.add_lapses([clock], member.summons, **told)
    JointMember.objects.bulk_update([member for _ledger, member, _clock in late], ["silent_at"])


def _stop_all(pairs: list[Pair]) -> None:
    if not pairs:
        return
    members = members_in([joint for _ledger, joint in pairs])
    _stop([(ledger, one) for ledger, joint in pairs for one in members[joint.pk]])
    ledgers = {joint.pk: ledger for ledger, joint in pairs}
    for clock in clocks.stop(KIND, ledgers, phases=[Phase.MINUTES], at=pairs[0][0].at):
        ledgers[clock.subject_id].add_lapses([clock])


def call_off(ledger: Ledger, note: str) -> None:
    """No unit is called any more, so nobody comes together."""
    joint = ledger.case.joint_actions.filter(over_at=None).first()
    if joint:
        end(joint, note, Deed(note, {}, ledger.by, ledger.at))
