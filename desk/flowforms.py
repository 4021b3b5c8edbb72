"""The form of a flow: for each step who takes it, until when and with which paper, and which steps come after it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accountability.models import FlowStep, Line, Stage
from accountability.steps import MOST_WAYS, FlowRefused, Step
from people.words import WordsField

SPARE = 2
# The field of a fault; else the first way.
FAULTS = {
    "no_party": "who", "unknown_party": "who", "unreached": "name", "no_name": "name", "no_sign": "name",
    "odd_key": "name", "key_twice": "name",
}  # fmt: skip
LONGEST_WHEN = 30


class FlowForm(forms.Form):
    """All steps of a flow. `seen` is the stamp of the flow that the editor had before them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    rows = forms.CharField(widget=forms.HiddenInput)
    basis = WordsField(
        label=_("Basis of the flow: the document, or who composed it"),
        max_length=200,
        error_messages={"required": _("Name the basis: the document, its number and its day.")},
    )

    def __init__(self, *args: Any, steps: Sequence[Step], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = steps
        self.initial["rows"] = len(steps)
        for index, step in enumerate(steps):
            self._add_step(index, step)
            self._add_ways(index, step)

    def _add_step(self, index: int, step: Step) -> None:
        self.fields[f"key_{index}"] = forms.CharField(widget=forms.HiddenInput, initial=step.key)
        self.fields[f"name_{index}"] = WordsField(
            label=_("What is done in this step"), max_length=_longest("name"), initial=step.name,
            error_messages={"required": _("Say what is done in this step, for example: look at the filter.")},
        )  # fmt: skip
        self.fields[f"who_{index}"] = WordsField(
            label=_("Who takes it"), max_length=_longest("who"), initial=step.who,
            widget=forms.TextInput(attrs={"list": "parties", "autocomplete": "off"}),
            error_messages={"required": _("Say who takes this step; several are parted by “、”.")},
        )  # fmt: skip
        self.fields[f"line_{index}"] = forms.ChoiceField(label=_("In which line"), choices=Line, initial=step.line)
        self.fields[f"stage_{index}"] = forms.ChoiceField(
            label=_("Where the case stands meanwhile"), choices=Stage, initial=step.stage
        )
        for name, label in (("limit", _("Limit")), ("document", _("Paper"))):
            self.fields[f"{name}_{index}"] = forms.CharField(
                label=label, max_length=_longest(name), required=False, initial=getattr(step, name)
            )

    def _add_ways(self, index: int, step: Step) -> None:
        after = [(one.key, f"{at}. {one.name}") for at, one in enumerate(self.steps, 1)]
        choices = [("", _("Nothing more")), *after]
        for at in range(self._ways(step)):
            way = step.onward[at] if at < len(step.onward) else None
            self.fields[f"to_{index}_{at}"] = forms.ChoiceField(
                label=_("Next step"), choices=choices, required=False, initial=way.to if way else ""
            )
            self.fields[f"when_{index}_{at}"] = forms.CharField(
                label=_("Condition"), max_length=LONGEST_WHEN, required=False, initial=way.when if way else ""
            )
            self.fields[f"to_{index}_{at}"].optional = self.fields[f"when_{index}_{at}"].optional = " "

    def _ways(self, step: Step) -> int:
        return min(len(step.onward) + (1 if step.onward else SPARE), MOST_WAYS)

    def groups(self) -> Iterator[dict[str, Any]]:
        """Step by step, for the page."""
        for index, step in enumerate(self.steps):
            names = ("key", "name", "who", "line", "stage", "limit", "document")
            fields: dict[str, BoundField] = {name: self[f"{name}_{index}"] for name in names}
            ways = [(self[f"to_{index}_{at}"], self[f"when_{index}_{at}"]) for at in range(self._ways(step))]
            wrong = any(field.errors for field in (*fields.values(), *(one for way in ways for one in way)))
            yield {
                "index": index, "number": index + 1, "step": step, "ways": ways, "open": wrong or not step.name,
                "first": not index, "last": index + 1 == len(self.steps), **fields,
            }  # fmt: skip

    def refuse(self, refusal: FlowRefused) -> None:
        """The sentence stands at the step that it names."""
        index = next((at for at, step in enumerate(self.steps) if step.key == refusal.key), None)
        part = FAULTS.get(str(refusal.code))
        name = f"to_{index}_0" if part is None else f"{part}_{index}"
        self.add_error(None if index is None else name, refusal.sentence)


def _longest(name: str) -> int:
    return int(FlowStep._meta.get_field(name).max_length)
