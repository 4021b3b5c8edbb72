"""How a draft of the list is put forward: what it is called, on which ground, from which day."""

from django import forms
from django.utils.translation import gettext_lazy as _

from people.days import DayField
from people.words import WordsField


class ProposeForm(forms.Form):
    title = WordsField(
        label=_("What changes, in one line"),
        max_length=80,
        error_messages={
            "required": _("Give the change a title, for example: first contact within two hours."),
        },
    )
    basis = WordsField(
        label=_("Basis: the document, its number and its day"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Name the basis: the document, its number and its day.")},
    )
    reason = WordsField(label=_("Why"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    day = DayField(
        label=_("In force from"),
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose the day from which it is in force.")},
    )
