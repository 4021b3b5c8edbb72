"""The forms by which a case is passed on to an authority outside, and taken up again."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.forms.base import MoveForm, Setting, words
from cases.models import Outlet, State
from cases.transferring import keepers, known_to_units, name_of, offered
from people.models import User


class TransferForm(MoveForm):
    """Beside it stands what happens, and for discreet ones who still reads it (`templates/cases/transfer.html`)."""

    template = "cases/transfer.html"
    outlet = forms.ChoiceField(
        label=_("Which authority takes it over"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the authority"), "invalid_choice": _("Choose the authority")},
    )
    note = words(
        _("Why it is the matter of that authority"),
        _("Write the ground, for example “It concerns a ruling of the court, which the petition office takes up”"),
        _("Who sees the case reads this; of a hidden one, only the district desk and the inspectors of the place."),
    )

    def prepare(self, setting: Setting) -> None:
        self.fields["outlet"].choices = [(one.code, _label(one)) for one in self.outlets]

    @cached_property
    def outlets(self) -> list[Outlet]:
        return list(offered(self.setting.at))

    @cached_property
    def keepers(self) -> list[User]:
        """Who reads it while it is hidden."""
        return list(keepers(self.setting.case, self.setting.at))

    @property
    def may_be_hidden(self) -> bool:
        return not known_to_units(self.setting.case)

    def clean_outlet(self) -> Outlet:
        found = next((one for one in self.outlets if one.code == self.cleaned_data["outlet"]), None)
        if found is None:
            raise ValidationError(gettext("Choose the authority"), code="no_outlet")
        return found

    def arguments(self) -> dict[str, Any]:
        return {"outlet": self.cleaned_data["outlet"], "note": self.cleaned_data["note"]}


def _label(outlet: Outlet) -> str:
    name = name_of(outlet)
    return gettext("%(name)s (hidden)") % {"name": name} if outlet.discreet else name


class GetBackForm(MoveForm):
    note = words(
        _("Why it comes back"),
        _("Write the reason, for example “The petition office finds that it is the street's own matter”"),
        _(
            "It stands where it stood before, and the promise to the resident has run on. Who serves the place reads"
            " this sentence."
        ),
    )

    def prepare(self, setting: Setting) -> None:
        if setting.case.state == State.WITHHELD:
            self.fields["note"].help_text = _(
                "From now on who serves the place reads the case again and this sentence: that it was with an"
                " authority, never which one nor why. Name neither."
            )

    def arguments(self) -> dict[str, Any]:
        return {"note": self.cleaned_data["note"]}
