"""Says, after a move, what happened and what comes next."""

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.kept import Kept
from cases.approving import BEFORE
from cases.forms.base import Setting
from cases.models import Answer, Case, State, Summons, Verb

DONE: dict[Verb, Promise] = {
    Verb.PLACE: gettext_lazy("Handed to %(office)s."),
    Verb.ACCEPT: gettext_lazy("Accepted."),
    Verb.TURN_DOWN: gettext_lazy("Turned down."),
    Verb.UNDO: gettext_lazy("Undone; it waits to be accepted as before."),
    Verb.MERGE: gettext_lazy("Merged."),
    Verb.UNMERGE: gettext_lazy("Taken out again; its own time has run on."),
    Verb.REPEAT: gettext_lazy("Answered with the earlier case."),
    Verb.SPLIT: gettext_lazy("The part is a case of its own and waits to be accepted."),
    Verb.TRANSFER: gettext_lazy("Passed on."),
    Verb.GET_BACK: gettext_lazy("Taken up again where it stood."),
    Verb.SELF_HANDLE: gettext_lazy("Taken in hand by %(office)s and its own people."),
    Verb.WHISTLE: gettext_lazy("The whistle is blown."),
    Verb.APPROVE: gettext_lazy("Approved; the units are called."),
    Verb.PASS_UP: gettext_lazy("Approved."),
    Verb.REJECT: gettext_lazy("Not approved; no unit is called."),
    Verb.CONFIRM: gettext_lazy("Approved afterwards."),
    Verb.OBJECT: gettext_lazy("The objection is on record; the units stay called."),
    Verb.DISPATCH: gettext_lazy("Sent to the units."),
    Verb.WITHDRAW: gettext_lazy("The whistle is withdrawn; nobody comes. Decide anew who settles it."),
    Verb.SEND_BACK: gettext_lazy("Sent back to %(office)s."),
    Verb.SIGN: gettext_lazy("Signed."),
    Verb.RESPOND: gettext_lazy("First contact is on record."),
    Verb.ARRIVE: gettext_lazy("Arrival is on record."),
    Verb.REPLY: gettext_lazy("The reply is on record."),
    Verb.HAND_UP: gettext_lazy("Handed up; every clock runs on."),
    Verb.TAKE_BACK: gettext_lazy("The street has it again; every clock runs on."),
    Verb.HAND_ON: gettext_lazy("Given on; every clock runs on."),
    Verb.REACH: gettext_lazy("The milestone is on record."),
    Verb.EXTEND: gettext_lazy("The reply has its new day; the person who reported it reads why."),
    Verb.PAUSE: gettext_lazy("Asked for. Every clock runs on until another unit has decided."),
    Verb.SHELVE: gettext_lazy("Asked for. Every clock runs on until another unit has decided."),
    Verb.ALLOW: gettext_lazy("It rests; on its day it goes on by itself."),
    Verb.DISALLOW: gettext_lazy("It does not rest; every clock has run on."),
    Verb.RESUME: gettext_lazy("It goes on, with the time that was left."),
    Verb.DECLINE: gettext_lazy("Declined; your unit goes on until it is decided."),
    Verb.UPHOLD: gettext_lazy("Upheld; the other unit is called."),
    Verb.DENY: gettext_lazy("Denied; the unit goes on."),
    Verb.PUT_TO: gettext_lazy("Put to the other office; nothing is decided until it agrees."),
    Verb.CONFER: gettext_lazy("Put before the conferral."),
    Verb.REFER: gettext_lazy("Put before the district leader."),
    Verb.ORDER: gettext_lazy("The order is issued; the unit answers it by its own deadline."),
    Verb.ANSWER: gettext_lazy("The answer is on record; an inspector judges it."),
    Verb.RETURN: gettext_lazy("Returned; the unit answers again."),
    Verb.CLOSE_ORDER: gettext_lazy("The order is closed."),
    Verb.CLAIM: gettext_lazy("You have it in hand."),
    Verb.ASSIGN: gettext_lazy("Given to %(who)s."),
    Verb.HAND_OVER: gettext_lazy("Handed over to %(who)s."),
    Verb.CONVENE: gettext_lazy("The joint action is open; its units are told."),
    Verb.ATTEND: gettext_lazy("Your unit is signed in."),
    Verb.OUTCOME: gettext_lazy("Your unit's result is on record."),
    Verb.LET_GO: gettext_lazy("The unit may leave."),
    Verb.CONCLUDE: gettext_lazy("The minutes are on record; all units may leave."),
    Verb.RECALL: gettext_lazy("The unit is sent back to its work."),
    Verb.EXCUSE: gettext_lazy("The unit is excused."),
    Verb.PASS: gettext_lazy("Inspection passed."),
    Verb.REWORK: gettext_lazy("Sent back for rework."),
    Verb.CALL_BACK: gettext_lazy("The call is written down."),
    Verb.ASK_AGAIN: gettext_lazy("They will be asked again, by somebody else."),
    Verb.CLOSE: gettext_lazy("Closed."),
    Verb.REOPEN: gettext_lazy("Opened again; whoever led it is called again, and whoever reported it reads so."),
    Verb.CONCEAL: gettext_lazy("It is confidential now; who handles it reads your sentence only."),
    Verb.UNVEIL: gettext_lazy("It is not confidential any more."),
}
# What comes next for the unit that has just moved.
NEXT_OF_UNIT: dict[str, Promise] = {
    Answer.SIGNED: gettext_lazy("Next: make first contact and log it."),
    Answer.RESPONDED: gettext_lazy("Next: go there and log the arrival."),
    Answer.ARRIVED: gettext_lazy("Next: settle it and reply."),
}
NEXT_OF_CASE: dict[str, Promise] = {
    State.REPORTED: gettext_lazy("Next: %(office)s accepts it or turns it down."),
    State.ACCEPTED: gettext_lazy("Next: decide who settles it."),
    State.AT_DESK: gettext_lazy("It waits at the district desk, which decides who comes and sends it out."),
    State.IN_HAND: gettext_lazy("Next: %(units)s."),
    State.INSPECTING: gettext_lazy("Next: somebody of the place who did not handle it goes and looks."),
    State.CALLING_BACK: gettext_lazy("Next: the hotline asks the person who reported it."),
    State.CLOSING: gettext_lazy("Next: the district desk or the street closes it."),
    State.CLOSED: gettext_lazy("Each responsible unit gets its mark within seconds."),
    State.ARCHIVED: gettext_lazy("It is locked, and read as before."),
    State.MERGED: gettext_lazy("Whoever reported it reads in their receipt how the other case goes."),
    State.TRANSFERRED: gettext_lazy("Whoever reported it reads in their receipt to whom."),
    State.WITHHELD: gettext_lazy("From now on only the district desk and the inspectors of the place find it."),
    State.TURNED_DOWN: gettext_lazy("Whoever reported it reads the ground in their receipt."),
}


def told(verb: Verb, setting: Setting) -> str:
    """Two short sentences, from the rows as they stand after the move."""
    (case,) = _standing(case=setting.case.pk)
    calls = _calls(case=case.pk) if case.state == State.IN_HAND else []
    said = {"office": case.office, "units": _owing(calls), "who": ""}
    after = NEXT_OF_CASE[case.state]
    if verb == Verb.WHISTLE and case.approval in BEFORE:
        return _("The whistle is written. Next: the leader of the street approves it.")
    if setting.summons and calls:
        mine = next(call for call in calls if call.pk == setting.summons.pk)
        after = NEXT_OF_UNIT.get(mine.state, after)
        said["who"] = mine.worker.name if mine.worker else ""
    gap = _("%(done)s %(next)s")
    return gap % {"done": DONE[verb] % said, "next": after % said}


@Kept
def _standing(case: int) -> QuerySet[Case]:
    return (
        Case.objects.filter(pk=case)
        .select_related("office")
        .only("state", "approval", "office__name", "office__short_name")
    )


@Kept
def _calls(case: int) -> QuerySet[Summons]:
    rows = Summons.objects.filter(case=case).select_related("unit", "worker").order_by("pk")
    return rows.only("state", "unit__short_name", "worker__name")


def _owing(calls: list[Summons]) -> str:
    """What each unit called still owes, in a few words."""
    owing = [call for call in calls if call.state not in (Answer.REPLIED, Answer.RELEASED)]
    to_sign = [str(call.unit) for call in owing if call.state == Answer.SENT]
    if to_sign:
        return _("%(units)s sign") % {"units": _(", ").join(to_sign)}
    return _("%(units)s reply") % {"units": _(", ").join(str(call.unit) for call in owing)}
