"""The form of an application, for the first time and when it is sent in again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from admission.actions import Wanted
from admission.forms.fields import (
    KindField,
    StreetsField,
    UnitField,
    a_day,
    a_number,
    line,
    notes_of,
    paragraph,
)
from admission.models import Application
from people.models import Unit

# Beside which field a refusal stands.
FIELDS = {
    "blocked": "kind", "body_missing": "body", "no_street": "streets", "period_over": "until",
    "asked_already": "matter",
}  # fmt: skip


class ApplyForm(forms.Form):
    """What is to be done, by whom, on which ground, how long, and what comes along."""

    department = UnitField(_("For which department"), _("Choose your department."))
    kind = KindField()
    body = line(
        _("In the name of which body"),
        hint=_("Only where it is a coordination or a temporary body, for example the office of a leading group."),
        most=80,
    )
    matter = line(
        _("The matter, in one line"),
        _("Write the matter, for example “Quarterly survey of small restaurants”"),
    )
    content = paragraph(
        _("What a street would have to do"),
        _("Write what is to be done and how often, for example “Visit each shop once a quarter with the leaflet”"),
        rows=4, most=1000,
    )  # fmt: skip
    basis = paragraph(
        _("Basis: the document, its number and its day"),
        _("Name the basis: the document, its number and its day."), rows=2, most=300,
    )  # fmt: skip
    streets = StreetsField(_("Which streets"), _("Tick the streets that would do it."))
    since = a_day(_("From"))
    until = a_day(_("Last day"), _("A permit ends by itself; its end is told beforehand."))
    people = a_number(_("People or posts that come along"), most=9999)
    money = a_number(
        _("Money that comes along, in yuan a year for all streets"),
        _("What a street does costs it something: the money goes where the work goes."),
    )
    equipment = line(_("Equipment that comes along"), most=300)
    training = line(_("Training that comes along"), most=300)

    def __init__(self, *args: Any, departments: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"].queryset = Unit.objects.filter(pk__in=[unit.pk for unit in departments])
        if len(departments) == 1:
            self.fields["department"].initial = departments[0].pk
        kinds = self.fields["kind"].queryset
        self.fields["kind"].notes = notes_of(kinds)

    def clean_people(self) -> int:
        return self.cleaned_data["people"] or 0

    def clean_money(self) -> int:
        return self.cleaned_data["money"] or 0

    def wanted(self) -> Wanted:
        return Wanted(**{**self.cleaned_data, "streets": list(self.cleaned_data["streets"])})


def said_before(application: Application) -> dict[str, Any]:
    """What an application said when it was sent in last."""
    plain = ("body", "matter", "content", "basis", "since", "until", "people", "money", "equipment", "training")
    return {
        **{name: getattr(application, name) for name in plain},
        "department": application.department_id,
        "kind": application.kind_id,
        "streets": [one.street_id for one in application.opinions.all()],
    }
