"""What an alert says, made from its step when it is shown, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from admission.models import Step as AdmissionStep
from admission.models import Verb as AdmissionVerb
from alerts.models import Matter
from cases.models import Cause, Proposal, Step, Upshot, Verb, Verdict
from changes.models import ChangeStep
from changes.models import Verb as ChangeVerb

SAYS: dict[str, Promise] = {
    Verb.OPEN: _("A new report waits to be accepted."),
    Verb.PLACE: _("Handed to a street; it waits to be accepted."),
    Verb.TURN_DOWN: _("%(unit)s turned it down."),
    Verb.MERGE: _("%(unit)s merged it into another case of the same matter."),
    Verb.UNMERGE: _("%(unit)s took it out again: it goes on by itself."),
    Verb.TAKE_IN: _("Another report of the same matter is merged into it; whoever made it waits for its answer too."),
    Verb.GIVE_BACK: _("A case that was merged into it goes on by itself."),
    Verb.REPEAT: _("The leader of the street answered it as the same again."),
    Verb.SPLIT: _("A part of it is a case of its own now."),
    Verb.TRANSFER: _("%(unit)s passed it on to an authority outside; it ends here."),
    Verb.GET_BACK: _("%(unit)s took it up again: it came back from outside and stands where it stood."),
    Verb.WHISTLE: _("%(unit)s blew the whistle; the units are called."),
    Verb.ASK_DESK: _("%(unit)s asks the district desk whom to call."),
    Verb.ASK_LEADER: _("A whistle waits for your approval."),
    Verb.APPROVE: _("The leader of the street has approved the whistle; the units are called."),
    Verb.PASS_UP: _("The leader of the street has approved the whistle; the district desk decides who comes."),
    Verb.REJECT: _("The leader of the street has not approved the whistle; the note says what to do first."),
    Verb.OBJECT: _("The leader of the street objects to the whistle; the units stay called."),
    Verb.DISPATCH: _("%(unit)s has sent the whistle to the units."),
    Verb.SEND_BACK: _("%(unit)s sent it back to the street."),
    Verb.SUMMON: _("%(unit)s is called to it."),
    Verb.RELEASE: _("%(unit)s is released from it."),
    Verb.ASSIGN: _("%(unit)s: it is given to %(who)s."),
    Verb.HAND_OVER: _("%(unit)s: it is handed over to %(who)s; the note says what is done and what is open."),
    Verb.HAND_UP: _("It is handed up a level; the note says why and how far it is."),
    Verb.TAKE_BACK: _("The street has taken it back; the note says why."),
    Verb.HAND_ON: _("It is given to another level of the street."),
    Verb.EXTEND: _("%(unit)s has put off its reply and says why."),
    Verb.PAUSE: _("%(unit)s asks that its clocks stand still; another unit decides."),
    Verb.SHELVE: _("%(unit)s asks to shelve it; another unit decides."),
    Verb.ALLOW: _("The pause is allowed; it goes on by itself on its day."),
    Verb.DISALLOW: _("The pause is not allowed; the note says why."),
    Verb.RESUME: _("It goes on, with the time that was left."),
    Verb.DECLINE: _("%(unit)s declines; the district desk decides whose matter it is."),
    Verb.UPHOLD: _("It is not the matter of %(unit)s: another unit is called in its place."),
    Verb.DENY: _("%(unit)s goes on: its declining is denied."),
    Verb.PUT_TO: _(
        "One office of the conferral put its ruling over %(unit)s to the other, whose word it takes: to agree, or not."
    ),
    Verb.CONFER: _("The conferral decides whose matter it is; %(unit)s goes on until then."),
    Verb.REFER: _("The district leader decides whose matter it is; %(unit)s goes on until then."),
    Verb.REMIND: _("%(unit)s: the time for its reply is running out."),
    Verb.YELLOW: _("Yellow card for %(unit)s: its reply is nearly due."),
    Verb.RED: _("Red card for %(unit)s: its reply is overdue."),
    Verb.ORDER: _("An order of supervision to %(unit)s: %(cause)s."),
    Verb.ANSWER: _("%(unit)s has answered the order; an inspector judges it."),
    Verb.RETURN: _("The answer of %(unit)s to the order is not enough; the note says what it lacks."),
    Verb.CLOSE_ORDER: _("The order to %(unit)s is closed: %(verdict)s."),
    Verb.CONVENE: _("A joint action is called; your unit takes part and signs in on the spot."),
    Verb.ATTEND: _("%(unit)s has signed in on the spot."),
    Verb.OUTCOME: _("%(unit)s has given its result of the joint action."),
    Verb.LET_GO: _("%(unit)s may leave."),
    Verb.CONCLUDE: _("The joint action has ended; its minutes are there."),
    Verb.RECALL: _("%(unit)s is sent back to its work; the note says why."),
    Verb.EXCUSE: _("%(unit)s is not needed any more and is excused; the note says why."),
    Verb.SETTLE: _("Everyone called has replied; somebody else looks at it now."),
    Verb.PASS: _("The inspection was passed."),
    Verb.REWORK: _("Sent back for rework: the leading unit must reply again."),
    Verb.CALL_BACK: _("The resident was called back; it waits to be closed."),
    Verb.HEAR: _("One of several who reported it was asked."),
    Verb.RATE: _("The resident has rated it; it waits to be closed."),
    Verb.ASK_AGAIN: _("Somebody doubts the answer: another caller asks again. The note says why."),
    Verb.CLOSE: _("Closed; its marks are made."),
    Verb.REOPEN: _("%(unit)s opened the closed case again: the leading unit begins anew."),
    Verb.COME_BACK: _("Whoever reported it opened the closed case again: the leading unit begins anew."),
}
OVERDUE_LONG = _("%(unit)s lets its reply lie, long overdue: the district leader is told.")
REPEATED = _("The same at one place %(count)s times in %(within)s days: the district leader is told.")
LAPSED = _("%(unit)s: “%(phase)s” is overdue.")


SAYS_OF_CHANGE: dict[str, Promise] = {
    ChangeVerb.SUBMIT: _("A change of the rules waits for your decision."),
    ChangeVerb.APPROVE: _("Your change of the rules is approved; it is in force from %(day)s."),
    ChangeVerb.REJECT: _("Your change of the rules is not approved; its page says why."),
    ChangeVerb.APPLY: _("Your change of the rules is in force."),
    ChangeVerb.RETURN: _("Your change of the rules no longer fits and is a draft again; its page says why."),
    ChangeVerb.UNDO: _("Your change of the rules was rolled back by another one."),
}


OF_PROPOSALS: dict[str, Promise] = {
    "": _("A proposal for the responsibility list waits for an answer."),
    "answered": _("A proposal for the responsibility list was answered."),
    Upshot.TAKEN: _("Your proposal for the list was taken up; its page says why."),
    Upshot.REFUSED: _("Your proposal for the list was not taken up; its page says why."),
}


OF_RECKONINGS: dict[str, Promise] = {
    Matter.WRITTEN: _("It is written down that your unit breached a duty of the list. It can reply once."),
    Matter.REPLIED: _("The unit has replied to the breach that you wrote down."),
}


def sentence_of_reckoning(matter: str) -> str:
    return str(OF_RECKONINGS[Matter(matter)])


def sentence_of_change(step: ChangeStep) -> str:
    """One sentence about what became of a change; needs the step's change read along with it."""
    return str(SAYS_OF_CHANGE[step.verb]) % {"day": step.change.in_force_from.isoformat()}


def sentence_of_proposal(proposal: Proposal, reader: int) -> str:
    """One sentence for whoever made it, another for those who decide on it."""
    if proposal.by_id != reader:
        return str(OF_PROPOSALS["answered" if proposal.upshot else ""])
    return str(OF_PROPOSALS[Upshot(proposal.upshot)])


def sentence(step: Step) -> str:
    """One sentence about what happened; needs the step's unit read along with it."""
    unit = step.unit.short_name if step.unit else ""
    if step.verb == Verb.LAPSE:
        return LAPSED % {"unit": unit or step.case.number, "phase": Phase(step.facts["phase"]).label}
    if step.verb == Verb.ESCALATE:
        return (REPEATED if step.facts.get("count") else OVERDUE_LONG) % {"unit": unit, **step.facts}
    says = SAYS.get(step.verb, step.get_verb_display())
    return str(says) % {"unit": unit, "who": step.facts.get("name", ""), **_of_order(step)}


def _of_order(step: Step) -> dict[str, str]:
    """The cause of an order and its verdict, in words."""
    cause, verdict = step.facts.get("cause"), step.facts.get("verdict")
    return {
        "cause": str(Cause(cause).label) if cause else "",
        "verdict": str(Verdict(verdict).label) if verdict else "",
    }


SAYS_OF_ADMISSION: dict[str, Promise] = {
    AdmissionVerb.APPLY: _("%(unit)s applies to hand a matter down; it waits for your review."),
    AdmissionVerb.RESEND: _("%(unit)s has completed its application; it waits for your review."),
    AdmissionVerb.FORWARD: _(
        "The establishment office has passed it on; the streets that it names give their opinion."
    ),
    AdmissionVerb.GO_ON: _("Nobody reviewed it in time: the streets that it names give their opinion."),
    AdmissionVerb.SEND_BACK: _("The application came back; the note says what is missing."),
    AdmissionVerb.REJECT: _("The application is not admitted; the note says why."),
    AdmissionVerb.GATHER: _("The streets were heard; it waits for the legal office."),
    AdmissionVerb.CLEAR: _("It is lawful; it waits for the district leader's decision."),
    AdmissionVerb.BAR: _("It is not lawful, so it is not admitted; the note says why."),
    AdmissionVerb.GRANT: _("The permit is granted; its page says until when, and what goes along."),
    AdmissionVerb.DENY: _("The permit is refused; the note says why."),
    AdmissionVerb.REVOKE: _("The permit is revoked; nothing more is handed down under it. Its page says why."),
    AdmissionVerb.STOP: _("The task is stopped: its permit was revoked."),
    AdmissionVerb.RUN_OUT: _("Its time was over without a word: it is not admitted."),
    AdmissionVerb.WARN: _("The permit ends in %(left)s days."),
    AdmissionVerb.HAND: _("A task was handed down to your street."),
    AdmissionVerb.FINISH: _("The street reports the task done."),
    AdmissionVerb.DECLINE: _("The street does not take the task; the note says why."),
    AdmissionVerb.FLAG: _("A street flags a task as shifted duty; the establishment office rules on it."),
    AdmissionVerb.UPHOLD: _("Ruled: the department shifts its own duty. The task is void."),
    AdmissionVerb.DISMISS: _("Ruled: the permit covers the task. Its clocks go on with what was left."),
    AdmissionVerb.CALL_OFF: _("The department has called the task off."),
    AdmissionVerb.KEEP: _("The pledge is kept: the centre or the province demands it."),
    AdmissionVerb.CANCEL: _("The pledge is cancelled. No street is held to it any more."),
    AdmissionVerb.LAPSE: _("“%(phase)s” is overdue."),
}


def sentence_of_admission(step: AdmissionStep) -> str:
    """One sentence about what became of an application, task or pledge; needs the step's unit read along with it."""
    phase = step.facts.get("phase")
    told = {
        "unit": step.unit.short_name if step.unit else "", "left": step.facts.get("left", ""),
        "phase": Phase(phase).label if phase else "",
    }  # fmt: skip
    return str(SAYS_OF_ADMISSION[step.verb]) % told
