"""Forms beside the list of cases: saving it as a view, and what a move for many needs."""

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import form_of
from cases.forms.hands import Choices
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
    """The same words and the same colleague for every row, asked for as the single move asks for them.

    Where a colleague is needed and nobody can be chosen there is nothing to ask: each row says why it is refused.
    """

    def __init__(self, *args: Any, verb: Verb, takers: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = form_of(verb).base_fields
        if "to" in asked and not takers:
            return
        self.fields |= {name: deepcopy(asked[name]) for name in ("to", "note") if name in asked}
        if "to" in self.fields:
            self.fields["to"].choices = takers

    def arguments(self) -> dict[str, Any]:
        """What the action is told of each row beside who and when."""
        said = self.cleaned_data
        return {"note": said.get("note", ""), "facts": {"to": said["to"]} if "to" in said else {}}
