"""Forms beside the list of cases: saving it as a view, and the words of a move for many."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import form_of
from cases.models import Verb
from people.words import WordsField


class ViewForm(forms.Form):
    """A view's name, and who else finds it."""

    name = WordsField(
        label=_("Name of the view"),
        max_length=40,
        error_messages={"required": _("Give the view a name, for example “Overdue in my street”.")},
    )
    shared = forms.BooleanField(label=_("Share with my unit"), required=False)


class ChangeForm(ViewForm):
    is_default = forms.BooleanField(label=_("Show it first under “Cases”"), required=False)


class BulkForm(forms.Form):
    """The same words for every row, asked for as the single move asks for them."""

    def __init__(self, *args: Any, verb: Verb, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = form_of(verb).base_fields.get("note")
        if words is not None:
            self.fields["note"] = deepcopy(words)
