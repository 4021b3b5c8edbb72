"""The forms by which a unit's people give a summons to one another."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.base import MoveForm, Setting, words
from cases.hands import colleagues


class GivingForm(MoveForm):
    """To whom, of those who answer for the unit now; whoever has it already is not offered."""

    to = forms.ChoiceField(
        label=_("To whom"),
        help_text=_("Colleagues who answer for the unit. No deadline moves."),
        error_messages={"required": _("Choose a colleague"), "invalid_choice": _("Choose a colleague")},
    )

    def prepare(self, setting: Setting) -> None:
        call = setting.summons
        others = [one for one in colleagues(call.unit_id, setting.at) if one.pk != call.hand] if call else []
        self.fields["to"].choices = [("", _("Choose")), *((str(one.pk), one.name) for one in others)]

    def facts(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"]}


class AssignForm(GivingForm):
    note = words(_("Note"), hint=_("What your colleague should know."))


class HandOverForm(GivingForm):
    note = words(
        _("What was done, and what is open"),
        _("Write both, for example “Owner reached twice; the measuring is still open, agreed for Thursday 10:00”"),
        _("Your colleague goes on from these words."),
        rows=4,
    )
