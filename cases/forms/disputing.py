"""The forms by which a unit declines a call, and by which a dispute is decided or handed up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.duties import duty_texts
from accountability.models import Duty
from accountability.spans import moment
from cases.citing import citable, cited
from cases.conferring import RULES, awaits
from cases.disputing import called_now, open_dispute, until
from cases.forms.base import MoveForm, Setting, words
from cases.forms.calling import units_beside
from cases.forms.lists import duty_choices, version_of
from cases.models import Dispute, Precedent, Ruling, Step
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
    note = words(
        gettext_lazy("The ruling and its reasons"),
        gettext_lazy("Write the reasons, for example “The stall stands on the pavement: item ZHZF-01 names the unit”"),
        gettext_lazy("All units of the case read it."),
        rows=4,
    )

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        said = self.awaited
        if said:
            told = _("%(name)s put it to you: “%(words)s” By this you agree, and it takes effect.")
            self.fields["note"].help_text = told % {"name": said.actor.name if said.actor else "", "words": said.note}

    @property
    def awaited(self) -> Step | None:
        """What the other office of a conferral would rule."""
        return awaits(self.setting.summons, self.setting.standing) if self.setting.summons else None


class UpholdForm(RulingForm, InsteadForm):
    """The unit believed right is proposed, or the one that the other office would call; another one may be named."""

    field_order = ("to", "note")

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        said = self.awaited
        if self.dispute:
            self.fields["to"].initial = said.facts.get("to") if said else self.dispute.believed.code


class PutToForm(RulingForm, InsteadForm):
    """How one office of the conferral would rule."""

    ruling = forms.ChoiceField(
        label=gettext_lazy("How your office would rule"),
        choices=[(one.value, one.label) for one in RULES.values()],
        widget=forms.RadioSelect,
        help_text=gettext_lazy("The other office agrees, puts its own to you, or puts it before the district leader."),
        error_messages={"required": gettext_lazy("Say whether the declining is upheld or denied.")},
    )
    field_order = ("ruling", "to", "note")

    def prepare(self, setting: Setting) -> None:
        super().prepare(setting)
        self.fields["to"].required = False
        self.fields["to"].help_text = _("Only where it is upheld.")
        if self.dispute:
            self.fields["to"].initial = self.dispute.believed.code

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        upheld = {"to": said["to"]} if said["ruling"] == Ruling.UPHELD else {}
        return {"ruling": said["ruling"], **upheld}


class HandUpForm(DisputedForm):
    note = words(
        gettext_lazy("Why it goes to the next"),
        gettext_lazy("Write what cannot be decided here, for example “Two items of the list name different units”"),
        gettext_lazy("Whoever decides next begins with these words."),
    )
