"""What is said with a step of a change: why not, or on which ground it is rolled back."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from changes.kinds import Words
from people.days import DayField
from people.words import WordsField


class DecideForm(forms.Form):
    """What the second person decides beside yes, each a tick."""

    def __init__(self, *args: Any, asks: dict[str, Words], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in asks.items():
            self.fields[name] = forms.BooleanField(label=label, required=False)


class WhyForm(forms.Form):
    note = WordsField(
        label=_("Why it is not approved"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Write why, for example: the basis names another phase.")},
    )


class BackForm(forms.Form):
    basis = WordsField(
        label=_("On which ground it is rolled back"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Name the basis: the document, its number and its day.")},
    )
    day = DayField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day from which it is in force.")},
    )
