"""What a proposal for the list asks, and what its answer asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accountability.models import ItemVersion, ListVersion
from cases.models import Upshot
from people.words import WordsField


class ProposalForm(forms.Form):
    """Which item, what it shall say, why, and the cases that show it."""

    item = forms.ChoiceField(label=_("Item of the list"), required=False)
    wish = WordsField(
        label=_("What the list shall say"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what shall stand there, for example: the lead is the water office.")},
    )
    reason = WordsField(
        label=_("Why"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, for example: three cases this spring went to and fro.")},
    )
    numbers = forms.CharField(
        label=_("Cases that show it"),
        required=False,
        max_length=800,
        help_text=_("Their numbers, one a line. What was disputed about them and how it was ruled comes along."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, version: ListVersion | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = ItemVersion.objects.filter(version=version).order_by("item__code").values_list("item__code", "title")
        self.fields["item"].choices = [("", _("Something the list does not have"))] + [
            (code, f"{code} {title}") for code, title in rows
        ]

    def numbered(self) -> list[str]:
        return self.cleaned_data["numbers"].replace("，", " ").replace(",", " ").split()


class AnswerForm(forms.Form):
    """What becomes of it, and why."""

    upshot = forms.ChoiceField(
        label=_("What becomes of it"),
        choices=Upshot.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether it is taken up.")},
    )
    answer = WordsField(
        label=_("Reason"),
        max_length=1000,
        help_text=_(
            "Whoever made the proposal reads it. Taking it up changes nothing yet: draft a change of the list."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the reason: whoever made the proposal reads it.")},
    )
