"""What every move's form shares: how far the case had come when the page was drawn, and what goes on the step."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.functional import Promise

from cases.models import Case, Summons
from grids.standing import Standing
from people.words import WordsField


@dataclass(frozen=True)
class Setting:
    """Whose page it is: the case, the summons if the move is a unit's, the person and the moment."""

    case: Case
    standing: Standing
    at: datetime
    summons: Summons | None = None


class MoveForm(forms.Form):
    """A move without words of its own. Other forms add fields and say what they hand to the action."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)
    seen_step = forms.IntegerField(widget=forms.HiddenInput, required=False)
    send: str | Promise = ""
    template = "cases/move.html"

    def __init__(self, *args: Any, setting: Setting, **kwargs: Any) -> None:
        self.setting = setting
        super().__init__(*args, **kwargs)
        self.prepare(setting)

    def prepare(self, setting: Setting) -> None:
        """Fill choices that depend on the case."""

    def arguments(self) -> dict[str, Any]:
        """What the action is told beside who and when."""
        return {"note": self.cleaned_data.get("note", ""), "facts": self.facts()}

    def facts(self) -> dict[str, Any]:
        return {}


def words(label: str | Promise, missing: str | Promise = "", hint: str | Promise = "", rows: int = 3, most: int = 1000):
    """A field for a paragraph; without the sentence that asks for it, it may stay empty."""
    return WordsField(
        label=label,
        help_text=hint,
        required=bool(missing),
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing} if missing else {},
    )
