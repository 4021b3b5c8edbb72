"""What the public page “who is responsible” asks for."""

from functools import cache
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from engagement.areas import streets
from people.words import WordsField

LONGEST = 100


class WhoForm(forms.Form):
    """The matter in everyday words, and the street where the answer is to name its office."""

    q = WordsField(
        label=_("What is it about?"),
        max_length=LONGEST,
        help_text=_("A few everyday words, as people say them"),
        error_messages={"required": _("Say in a few words what it is about")},
    )
    street = forms.ChoiceField(label=_("Street"), required=False, help_text=_("So that we can name its office"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["street"].choices = cache(streets)
        self.fields["q"].widget.attrs |= {"type": "search", "enterkeyhint": "search"}
