"""The form of a reply template: for which move, state and category, whose it is, and its words."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accountability.models import Category
from cases.forms.base import words
from cases.models import Answer, ReplyTemplate, State
from cases.moves import MoveRefused
from cases.reply_templates import GAPS, TEMPLATED, check_gaps, moves
from grids.standing import Standing
from people.models import Unit
from people.words import WordsField


class TemplateForm(forms.Form):
    verb = forms.ChoiceField(label=gettext_lazy("For which move"), choices=[(verb, verb.label) for verb in TEMPLATED])
    state = forms.ChoiceField(
        label=gettext_lazy("Only where it stands at"),
        required=False,
        help_text=gettext_lazy("A case for the moves of a case, a unit's summons for a unit's moves."),
    )
    category = forms.ModelChoiceField(
        label=gettext_lazy("Only for the category"),
        queryset=Category.objects.all(),
        to_field_name="code",
        required=False,
        empty_label=gettext_lazy("Every category"),
    )
    unit = forms.ChoiceField(label=gettext_lazy("Whose it is"), required=False)
    title = WordsField(
        label=gettext_lazy("Title"),
        max_length=40,
        help_text=gettext_lazy("By it colleagues choose."),
        error_messages={"required": gettext_lazy("Write a title, for example “Stall cleared”")},
    )
    text = words(
        gettext_lazy("Words"),
        gettext_lazy("Write the words, for example “{place}: cleared today, looked at again tomorrow”"),
        rows=5,
        most=600,
    )

    def __init__(self, *args: Any, standing: Standing, template: ReplyTemplate | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = {source for move in moves() for source in move.sources}
        states = [(code, label) for code, label in (*State.choices, *Answer.choices) if code in sources]
        self.fields["state"].choices = [("", _("Any state")), *states]
        self.fields["unit"].choices = whose(standing, template)
        self.fields["text"].help_text = _("Gaps that are filled in: %(gaps)s") % {
            "gaps": " ".join(f"{{{gap}}}" for gap in GAPS)
        }
        if get_language() == "en":
            self.fields["category"].label_from_instance = lambda category: category.name_en

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        try:
            check_gaps(text)
        except MoveRefused as refused:
            raise ValidationError(refused.sentence, refused.code) from refused
        return text

    def clean(self) -> None:
        verb, state = self.cleaned_data.get("verb"), self.cleaned_data.get("state")
        move = next((one for one in moves() if one.verb == verb), None)
        if move and state and state not in move.sources:
            self.add_error("state", ValidationError(_("This move is not made from there."), "wrong_state"))

    def wordings(self) -> dict[str, Any]:
        said = self.cleaned_data
        unit = Unit.objects.filter(code=said["unit"]).first() if said["unit"] else None
        return {**{name: said[name] for name in ("verb", "state", "category", "title", "text")}, "unit": unit}


def whose(standing: Standing, template: ReplyTemplate | None = None) -> list[tuple[str, str]]:
    """One's own units', and the unit whose it is already. The whole district's change by two people."""
    units = {*standing.acting_units(), *([template.unit_id] if template and template.unit_id else [])}
    return [(unit.code, unit.name) for unit in Unit.objects.filter(pk__in=units)]


def begun(template: ReplyTemplate) -> dict[str, Any]:
    """What stands there now."""
    return {
        "verb": template.verb,
        "state": template.state,
        "category": template.category.code if template.category else "",
        "unit": template.unit.code if template.unit else "",
        "title": template.title,
        "text": template.text,
    }
