"""The form of a task that a department hands down, and of a pledge that is entered."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admission.actions import Entered, Handed
from admission.forms.fields import KindField, StreetsField, UnitField, a_day, line, notes_of, paragraph, streets
from admission.models import Level
from people.models import Unit

FIELDS = {
    "blocked": "kind", "no_permit": "permit", "other_department": "permit", "other_matter": "kind",
    "other_body": "body", "other_street": "street", "not_begun": "permit", "expired": "permit",
    "ends_before": "due_on", "too_soon": "due_on", "handed_already": "title", "revoked": "permit",
    "ruled_shifted": "title", "signed_in_future": "signed_on", "no_street": "streets",
    "entered_already": "title",
}  # fmt: skip


class HandForm(forms.Form):
    """Under which permit, to which street, what, and until when."""

    department = UnitField(_("Which department hands it down"), _("Choose your department."))
    permit = line(
        _("Number of the permit"),
        _("Write the number of the permit, for example ZR-2026-00012. Without one no street takes anything."),
        most=20,
    )
    street = forms.ModelChoiceField(
        streets(), label=_("To which street"), empty_label=_("Choose a street"),
        widget=forms.Select(attrs={"lang": "zh-Hans"}),
        error_messages={"required": _("Choose the street."), "invalid_choice": _("Choose the street.")},
    )  # fmt: skip
    kind = KindField()
    body = line(
        _("In the name of which body"),
        hint=_("Only where it is a coordination or a temporary body, for example the office of a leading group."),
        most=80,
    )
    title = line(_("The task, in one line"), _("Write the task, for example “Hand out leaflets in March”"))
    words = paragraph(
        _("What is to be done"),
        _("Write what is to be done, where, and what shows that it is done"), rows=4, most=1000,
    )  # fmt: skip
    due_on = a_day(_("Last day on which it is done in time"))

    def __init__(self, *args: Any, departments: list[Unit], named: Sequence[int] = (), **kwargs: Any) -> None:
        """`named` are the streets of the permit that one comes from: those alone are offered then."""
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in departments])
        if named and not self.is_bound:  # whatever is sent is answered with the reason
            self.fields["street"].queryset = streets().filter(pk__in=named)
        self.fields["kind"].notes = notes_of(self.fields["kind"].queryset)

    def handed(self) -> Handed:
        return Handed(**self.cleaned_data)


class PledgeForm(forms.Form):
    """Who had it signed, by which streets, what they were held to, and on whose word."""

    department = UnitField(_("Which department had it signed"), _("Choose the department."))
    title = line(_("Name of the pledge"), _("Write its name, as it stands on the paper"))
    targets = paragraph(
        _("What streets were held to"),
        _("Write the targets, for example “Eight firms brought in a year”"),
    )
    signed_on = a_day(_("Signed on"))
    streets = StreetsField(_("Which streets signed"), _("Tick the streets that signed it."))
    level = forms.ChoiceField(
        label=_("On whose word"), choices=Level, widget=forms.RadioSelect,
        help_text=_("Only what the central authorities or the province have plainly laid down is kept."),
        error_messages={"required": _("Choose on whose word it was signed.")},
    )  # fmt: skip
    basis = line(_("The document, its number and its day"), most=300)

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = departments

    def entered(self) -> Entered:
        return Entered(**{**self.cleaned_data, "streets": list(self.cleaned_data["streets"])})
