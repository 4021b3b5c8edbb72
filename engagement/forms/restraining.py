"""What asking for a restraint, deciding it and lifting it ask."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from engagement.models import RestraintRule
from people.words import WordsField, in_chinese

PARAGRAPH = {"max_length": 600}


class RestrainForm(forms.Form):
    """The reason, the cases that show it, and the day on which it is looked at again."""

    reason = WordsField(
        label=_("What was done, how often, and what was said to the caller"),
        help_text=_("No names, no phone numbers. An inspector decides on these words and on the cases."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": _("Write the reason, for example “Eleven calls in a week about a stall that is gone; told so”")
        },
        **PARAGRAPH,
    )
    cases = forms.TypedMultipleChoiceField(
        label=_("The caller's cases that show it"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick the cases that show it."), "invalid_choice": _("Tick cases of this list."),
        },
    )  # fmt: skip
    until = forms.DateField(
        label=_("Day of review"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day, for example 2026-03-20")},
    )

    def __init__(self, *args: Any, shown: Iterable[Case], day: date, rule: RestraintRule, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {case.pk: case for case in shown}
        self.fields["cases"].choices = [(pk, _named(case)) for pk, case in self.rows.items()]
        self.fields["until"].initial = day
        told = _("At most %(days)s days ahead. It ends by itself after that day.")
        self.fields["until"].help_text = told % {"days": rule.most_days}
        self.fields["cases"].help_text = _("At least %(count)s of them.") % {"count": rule.least_cases}

    def chosen(self) -> dict[str, Any]:
        given = self.cleaned_data
        cases = [self.rows[pk] for pk in given["cases"]]
        return {"reason": given["reason"], "until": given["until"], "cases": cases}


def _named(case: Case) -> str:
    return format_html("{} {}", case.number, in_chinese(case.summary))


class DecideForm(forms.Form):
    """Yes or no, with the words for it."""

    upheld = forms.ChoiceField(
        label=_("Is the caller restrained?"),
        choices=[("yes", _("Yes, until the day of review")), ("no", _("No"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    words = WordsField(
        label=_("Why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, for example “Listened to three of the calls: threats, no matter”")},
        **PARAGRAPH,
    )


class LiftForm(forms.Form):
    words = WordsField(
        label=_("Why it is lifted before its day"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, for example “The caller has agreed on one call a week”")},
        **PARAGRAPH,
    )
