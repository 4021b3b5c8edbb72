"""The forms by which a unit declines a call, and by which a dispute is decided or handed up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.duties import duty_texts
from accountability.models import Duty
from accountability.spans import moment
from cases.citing import citable, cited
from cases.disputing import called_now, open_dispute, people_of_other_office, until
from cases.forms.base import MoveForm, Setting, words
from cases.forms.calling import units_beside
from cases.forms.lists import duty_choices, version_of
from cases.models import Bench, Dispute, Precedent
from cases.precedents import offered


class DisputedForm(MoveForm):
    """Beside it stands what the list says of the item, and what is disputed."""

    template = "cases/disputed.html"

    @property
    def duties(self) -> list[Duty]:
        """What the case's own version of the list says of its item, word for word."""
        case = self.setting.case
        return duty_texts(case.item, version_of(case, self.setting.at)) if case.item else []

    @property
    def precedents(self) -> list[Precedent]:
        return offered(self.setting.case, self.setting.case.item)

    @property
    def dispute(self) -> Dispute | None:
        return open_dispute(self.setting.summons) if self.setting.summons else None


class InsteadForm(DisputedForm):
    """With the unit that should come instead."""

    to = forms.ChoiceField(
        label=gettext_lazy("The unit that it belongs to"),
        error_messages={
            "required": gettext_lazy("Choose the unit that it belongs to."),
            "invalid_choice": gettext_lazy("Choose the unit that it belongs to."),
        },
    )

    def prepare(self, setting: Setting) -> None:
        case = setting.case
        offered = units_beside(case.place_code, called_now(case))[1:]
        office = [] if case.office_id in called_now(case) else [(case.office.code, case.office.name)]
        street = [(_("The street itself"), office)] if office else []
        self.fields["to"].choices = [("", _("Choose")), *street, *offered]

    def facts(self) -> dict[str, Any]:
        return {"to": self.cleaned_data["to"]}


class DeclineForm(InsteadForm):
    """With the duty that it rests on, where the case stands under an item."""

    duty = forms.IntegerField(
        label=gettext_lazy("The duty of the list that shows it, word for word"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose the duty of the list that shows it.")},
    )
    note = words(
        gettext_lazy("Why it is not your unit's matter"),
        gettext_lazy("Write the ground, for example “Our duty in the list is the food, not the stall on the pavement”"),
        gettext_lazy("All clocks run on, and your unit goes on until it is decided."),
        rows=4,
    )
    field_order = ("duty", "note", "to")

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        last = until(setting.summons, setting.at) if setting.summons else None
        if last:
            told = _("Until %(when)s, and once only.") % {"when": moment(last, setting.at)}
            self.fields["to"].help_text = told
        texts = citable(setting.case)
        self.fields["duty"].widget.choices = duty_choices(texts)
        if not texts:
            self.fields["duty"].required, self.fields["duty"].widget = False, forms.HiddenInput()

    def clean_duty(self) -> int | None:
        """Judged by the rule of the move, so that a page and a program are told the same."""
        key: int | None = self.cleaned_data["duty"]
        cited(self.setting.case, key)
        return key

    def facts(self) -> dict[str, Any]:
        key = self.cleaned_data["duty"]
        return {**super().facts(), **({} if key is None else {"duty": key})}


class RulingForm(DisputedForm):
    """A conferral says who of the other office took part."""

    with_whom = forms.ChoiceField(
        label=gettext_lazy("Who of the other office took part"),
        help_text=gettext_lazy("The establishment office and the legal office decide together."),
        error_messages={"required": gettext_lazy("Choose who of the other office took part.")},
    )
    note = words(
        gettext_lazy("The ruling and its reasons"),
        gettext_lazy("Write the reasons, for example “The stall stands on the pavement: item ZHZF-01 names the unit”"),
        gettext_lazy("All units of the case read it."),
        rows=4,
    )

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        if self.dispute is None or self.dispute.bench != Bench.CONFERRAL:
            del self.fields["with_whom"]
            return
        others = people_of_other_office(setting.standing, setting.at)
        self.fields["with_whom"].choices = [("", _("Choose")), *((one.username, one.name) for one in others)]

    def facts(self) -> dict[str, Any]:
        chosen = self.cleaned_data.get("with_whom", "")
        return {**super().facts(), **({"with": chosen} if chosen else {})}


class UpholdForm(RulingForm, InsteadForm):
    """The unit believed right is proposed; another one may be named."""

    field_order = ("to", "with_whom", "note")

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        if self.dispute:
            self.fields["to"].initial = self.dispute.believed.code


class HandUpForm(DisputedForm):
    note = words(
        gettext_lazy("Why it goes to the next"),
        gettext_lazy("Write what cannot be decided here, for example “Two items of the list name different units”"),
        gettext_lazy("Whoever decides next begins with these words."),
    )
