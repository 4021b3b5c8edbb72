"""The forms of being there: arrival, and everything about a joint action."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.base import MoveForm, Setting, words
from cases.forms.moves import LOCAL_MINUTE, PhotoForm
from cases.joint import may_come
from cases.models import JointKind
from cases.moves import MoveRefused
from cases.posts import ANSWERS
from cases.proving import FIGURES, try_code
from people.words import WordsField, in_chinese

HIDDEN: dict[str, Any] = {"required": False, "widget": forms.HiddenInput}
SAYS = {"required": _("Choose who leads."), "invalid_choice": _("Choose who leads.")}


class OnTheSpotForm(MoveForm):
    """How many came, and how it is known: by the street's code, by the position, or by the unit's own word."""

    template = "cases/on_the_spot.html"
    people = forms.IntegerField(
        label=_("How many people came"),
        min_value=1,
        max_value=200,
        initial=1,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": _("Write how many came, for example 2"),
            "invalid": _("Write a number, for example 2"),
            "min_value": _("At least one person has to have come"),
        },
    )
    code = forms.RegexField(
        rf"^[0-9]{{{FIGURES}}}$",
        label=_("The street's code"),
        required=False,
        help_text=_("Six figures that the street's people show on the spot. Without it your unit's own word counts."),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": _("The code has six figures, for example 402913.")},
    )
    lon = forms.FloatField(min_value=-180, max_value=180, **HIDDEN)
    lat = forms.FloatField(min_value=-90, max_value=90, **HIDDEN)
    accuracy = forms.FloatField(min_value=0, max_value=1_000_000, **HIDDEN)

    def clean_code(self) -> str:
        """Tried here and not with the move, so that a wrong one is counted although the move is refused."""
        code, call = str(self.cleaned_data["code"]), self.setting.summons
        if code and call and ANSWERS.holds(call, self.setting.standing):
            try:
                try_code(call, code, self.setting.standing, self.setting.at)
            except MoveRefused as refused:
                raise forms.ValidationError(refused.sentence, code=str(refused.code)) from refused
        return code

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        placed = said["lon"] is not None and said["lat"] is not None
        where = {name: said[name] for name in ("lon", "lat", "accuracy")} if placed else {}
        return {"people": said["people"], **where, **({"code": said["code"]} if said["code"] else {})}


class ArriveForm(OnTheSpotForm):
    note = words(
        _("Where, and what you found"),
        _("Write where you stand and what you see, for example “At the shop's back door: the duct is disconnected”"),
        _("Everybody called to this case reads it."),
    )
    field_order = ("people", "note", "code")


class AttendForm(OnTheSpotForm):
    who = WordsField(
        label=_("Who came"),
        help_text=_("Who leads your people here, and their office; no phone number."),
        max_length=60,
        error_messages={"required": _("Write who came, for example “Squad leader Wang and one colleague”")},
    )
    field_order = ("who", "people", "code")

    def facts(self) -> dict[str, Any]:
        return {**super().facts(), "who": self.cleaned_data["who"]}


class OutcomeForm(PhotoForm):
    note = words(
        _("What your unit did here, and what it found"),
        _("Write the result, for example “Two notices served, the stoves sealed”"),
        _("It goes into the minutes. Your unit's reply to the case is given by itself."),
        rows=4,
    )


class ConveneForm(MoveForm):
    kind = forms.ChoiceField(
        label=_("What kind"),
        choices=JointKind,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind it is.")},
    )
    place = WordsField(
        label=_("Where they meet"),
        max_length=120,
        error_messages={"required": _("Write where they meet, for example “North gate of the market”")},
    )
    meets_at = forms.DateTimeField(
        label=_("When they meet"),
        input_formats=[LOCAL_MINUTE],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "moment"}, format=LOCAL_MINUTE),
        help_text=_("From then on each unit signs in and its clock runs."),
        error_messages={
            "required": _("Say when they meet, for example 2026-03-12 15:00."),
            "invalid": _("Write the day and time, for example 2026-03-12 14:45"),
        },
    )
    members = forms.MultipleChoiceField(
        label=_("Who takes part"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick the units that take part.")},
    )
    lead = forms.ChoiceField(label=_("Which unit leads it"), error_messages=SAYS)
    note = words(
        _("The plan"),
        _("Write the plan, for example “Market supervision checks licences, enforcement clears the pavement”"),
        _("Who does what, in which order. All units read it."),
        rows=4,
    )
    field_order = ("kind", "place", "meets_at", "members", "lead", "note")

    def prepare(self, setting: Setting) -> None:
        calls = may_come(setting.case)
        units = [(call.unit.code, str(call.unit)) for call in calls]
        self.fields["members"].choices = [(code, in_chinese(name)) for code, name in units]
        self.fields["members"].initial = [code for code, _name in units]
        self.fields["lead"].choices = units
        self.fields["lead"].initial = next((call.unit.code for call in calls if call.leads), None)
        self.fields["place"].initial = setting.case.place

    def facts(self) -> dict[str, Any]:
        said = self.cleaned_data
        meets_at = timezone.localtime(said["meets_at"]).isoformat()
        return {**{name: said[name] for name in ("kind", "place", "members", "lead")}, "meets_at": meets_at}


class ConcludeForm(MoveForm):
    note = words(
        _("The minutes"),
        _("Write the minutes, for example “Three stalls cleared, two units come back on Friday”"),
        _("What was done, what was agreed, who does the rest. With this all units may leave."),
        rows=6,
    )


class RecallForm(MoveForm):
    note = words(
        _("What this unit still has to do"),
        _("Write what is missing, for example “The seal on the second stove is broken again”"),
        _("It replies again, with a new clock. Who has replied beside it is not asked again."),
    )


class ExcuseForm(MoveForm):
    note = words(
        _("Why this unit is not needed any more"),
        _("Write the reason, for example “The shop has a licence, so nothing is left for the market supervision”"),
        _("It leaves the case without a mark. The reason stands in the history."),
    )
