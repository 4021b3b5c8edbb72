"""What an alert says, made from its step when it is shown, in the reader's language."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from cases.models import Step, Verb

SAYS: dict[str, Promise] = {
    Verb.OPEN: _("A new report waits to be accepted."),
    Verb.PLACE: _("Handed to a street; it waits to be accepted."),
    Verb.TURN_DOWN: _("%(unit)s turned it down."),
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
    Verb.CONFER: _("The conferral decides whose matter it is; %(unit)s goes on until then."),
    Verb.REFER: _("The district leader decides whose matter it is; %(unit)s goes on until then."),
    Verb.SETTLE: _("Everyone called has replied; somebody else looks at it now."),
    Verb.PASS: _("The inspection was passed."),
    Verb.REWORK: _("Sent back for rework: the leading unit must reply again."),
    Verb.CALL_BACK: _("The resident was called back; it waits to be closed."),
    Verb.RATE: _("The resident has rated it; it waits to be closed."),
    Verb.CLOSE: _("Closed; its marks are made."),
}
LAPSED = _("%(unit)s: “%(phase)s” is overdue.")


def sentence(step: Step) -> str:
    """One sentence about what happened; needs the step's unit read along with it."""
    unit = step.unit.short_name if step.unit else ""
    if step.verb == Verb.LAPSE:
        return LAPSED % {"unit": unit or step.case.number, "phase": Phase(step.facts["phase"]).label}
    says = SAYS.get(step.verb, step.get_verb_display())
    return str(says) % {"unit": unit, "who": step.facts.get("name", "")}
