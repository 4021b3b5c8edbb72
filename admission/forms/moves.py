"""What each move asks: mostly why, sometimes a choice, a day, or what goes along to each street."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from admission.forms.fields import Words, a_day, a_number, line, paragraph
from admission.models import Application, Task, Verb, View
from admission.models.task import LIVE
from people.words import in_chinese

# The label of the words that a move needs, and what is said when they are missing.
ASKS: dict[str, tuple[Words, Words]] = {
    Verb.SEND_BACK: (
        _("What is missing"),
        _("Write what is missing, for example “The basis names no task for streets”"),
    ),
    Verb.REJECT: (
        _("Why it is not admitted"),
        _("Write why, for example “It is the department's own duty by its charter”"),
    ),
    Verb.CLEAR: (
        _("On which ground it is lawful"),
        _("Write the ground, for example “The regulation lets streets assist”"),
    ),
    Verb.BAR: (_("Why it is not lawful"), _("Write why, for example “The law gives this to the department alone”")),
    Verb.DENY: (_("Why the permit is refused"), _("Write why, for example “No money goes along with it”")),
    Verb.WITHDRAW: (_("Why the application is taken back"), _("Write why, for example “We do it ourselves”")),
    Verb.FINISH: (_("What was done"), _("Write what was done, for example “All 42 shops visited, list attached”")),
    Verb.DECLINE: (_("Why the street does not take it"), _("Write why, for example “The money has not come”")),
    Verb.FLAG: (
        _("Why it looks like a duty of the department"),
        _("Write why, for example “The permit is for leaflets, this is an inspection”"),
    ),
    Verb.UPHOLD: (
        _("On which ground"),
        _("Write the ground, for example “Inspections are no part of permit ZR-2026-00012”"),
    ),
    Verb.DISMISS: (_("On which ground"), _("Write the ground, for example “The permit names visits to shops”")),
    Verb.CALL_OFF: (_("Why it is called off"), _("Write why, for example “Handed to the wrong street”")),
    Verb.KEEP: (_("Why it is kept"), _("Write which document demands it, with its number")),
    Verb.CANCEL: (
        _("Why it is cancelled"),
        _("Write why, for example “Neither the centre nor the province demands it”"),
    ),
}
# Beside which field a refusal stands.
FIELDS = {
    "note_missing": "note", "no_view": "view", "ends_in_past": "until", "ends_too_late": "until",
    "money_missing": None, "facts_missing": "until",
}  # fmt: skip


class MoveForm(forms.Form):
    """A move that a press makes. Others add fields and say what they hand to the action."""

    def facts(self) -> dict[str, Any]:
        return {}

    @property
    def note(self) -> str:
        return str(self.cleaned_data.get("note", ""))


class NoteForm(MoveForm):
    """Why, in a few words."""

    def __init__(self, *args: Any, verb: Verb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        label, missing = ASKS[verb]
        self.fields["note"] = paragraph(label, missing)


class OpineForm(MoveForm):
    view = forms.ChoiceField(
        label=_("Does the street agree?"), choices=View, widget=forms.RadioSelect,
        error_messages={"required": _("Choose whether the street agrees.")},
    )  # fmt: skip
    note = paragraph(
        _("The street's opinion, and its conditions"),
        _("Write the opinion, for example “Agrees if two people and 20,000 yuan come along”"),
    )

    def facts(self) -> dict[str, Any]:
        return {"view": self.cleaned_data["view"]}


class GrantForm(MoveForm):
    """Until when, and what goes along to each street."""

    until = a_day(_("Last day of the permit"))

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = application.until
        named = [one.street for one in application.opinions.all()]
        share = application.money // len(named) if named else 0
        self.names = {f"money_{street.code}": street.code for street in named}
        for street in named:
            field = a_number(format_html(_("{}, yuan a year"), in_chinese(street.name)))
            field.initial, field.optional = share, " "  # nothing typed is nothing that goes along
            self.fields[f"money_{street.code}"] = field
        self.fields["note"] = paragraph(_("Words for the permit"))

    def money(self) -> dict[str, int]:
        return {code: self.cleaned_data.get(name) or 0 for name, code in self.names.items()}


class RevokeForm(MoveForm):
    """Why, and on which document; above it stands how many tasks are stopped with it."""

    basis = line(
        _("The document it rests on, its number and its day"),
        _("Write the document, for example “Decision of the district committee, 2026 no. 12”"), most=300,
    )  # fmt: skip
    note = paragraph(
        _("Why the permit is revoked"), _("Write why, for example “The money has not gone along since July”")
    )

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        out = Task.objects.filter(permit__application=application, state__in=LIVE).count()
        told = _("Tasks that are out under it, and are stopped with it: %(count)s. Everybody concerned is told.")
        self.fields["note"].help_text = str(told) % {"count": out}

    def facts(self) -> dict[str, Any]:
        return {"basis": self.cleaned_data["basis"]}


def form_for(verb: str, thing: Any, data: Any = None) -> MoveForm:
    """The form that goes with a move; its fields are named after the move, for several stand on one page."""
    if verb == Verb.OPINE:
        return OpineForm(data, prefix=verb)
    if verb == Verb.GRANT:
        return GrantForm(data, prefix=verb, application=thing)
    if verb == Verb.REVOKE:
        return RevokeForm(data, prefix=verb, application=thing)
    if verb in ASKS:
        return NoteForm(data, prefix=verb, verb=Verb(verb))
    return MoveForm(data, prefix=verb)
