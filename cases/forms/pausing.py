"""The forms by which a unit asks that its clocks stand still, and a street that a case is shelved."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from cases.asked_days import most
from cases.forms.base import MoveForm, Setting, words
from cases.pausing import leaders, waiting
from people.words import WordsField


class PauseForm(MoveForm):
    until = forms.DateField(
        label=_("Until the end of"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day, for example 2026-03-20")},
    )
    note = words(
        _("Why nothing can be done until then"),
        _("Write the reason, for example “Frost: the joint can be sealed only above five degrees”"),
        _("Another unit decides. If it allows the pause, the person who reported it reads this: no names."),
    )

    def prepare(self, setting: Setting) -> None:
        call = setting.summons
        left = max(0, most(setting.case, Phase.PAUSE, setting.at) - (call.paused_days if call else 0))
        told = _("At most %(left)s working days more. Every clock runs on until another unit has allowed it.")
        self.fields["until"].help_text = told % {"left": left}

    def facts(self) -> dict[str, Any]:
        return {"until": self.cleaned_data["until"].isoformat()}


class ShelveForm(PauseForm):
    plan = WordsField(
        label=_("What is planned, step by step"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the plan, for example “Money asked for in spring, built in summer”")},
    )
    leader = forms.ChoiceField(
        label=_("Which leader answers for it"),
        error_messages={
            "required": _("Choose the leader who answers for it."),
            "invalid_choice": _("Choose the leader who answers for it."),
        },
    )
    field_order = ("note", "plan", "leader", "until")

    def prepare(self, setting: Setting) -> None:
        self.fields["until"].label = _("Reviewed, and taken up again by itself, after")
        self.fields["leader"].choices = [
            ("", _("Choose")), *((str(one.pk), f"{one.name} {one.unit or ''}".strip()) for one in leaders(setting.at)),
        ]  # fmt: skip

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {**super().facts(), "plan": said["plan"], "leader": int(said["leader"])}


class DecideForm(MoveForm):
    """Whoever decides reads first what was asked for."""

    template = "cases/decide.html"
    note = words(_("Note"), hint=_("The unit that asked reads it."))

    def prepare(self, setting: Setting) -> None:
        thing = setting.summons or setting.case
        self.asked = waiting(thing) if thing.rest else None


class DisallowForm(DecideForm):
    note = words(_("Why not"), _("Write the reason, for example “Another crew is free on Thursday”"))
