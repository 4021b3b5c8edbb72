"""Fields that several of these forms share: kinds of matters, streets, days, and paragraphs."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from admission.models import MatterKind
from grids.models import Area, AreaKind
from people.days import DayField
from people.models import Unit
from people.words import WordsField, in_chinese

Words = str | Promise


def paragraph(label: Words, missing: Words = "", hint: Words = "", rows: int = 3, most: int = 600) -> WordsField:
    """Several lines; without the sentence that asks for it, it may stay empty."""
    return WordsField(
        label=label, help_text=hint, required=bool(missing), max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}), error_messages={"required": missing} if missing else {},
    )  # fmt: skip


def line(label: Words, missing: Words = "", hint: Words = "", most: int = 120) -> WordsField:
    return WordsField(
        label=label, help_text=hint, required=bool(missing), max_length=most,
        error_messages={"required": missing} if missing else {},
    )  # fmt: skip


def a_day(label: Words, hint: Words = "") -> DayField:
    return DayField(
        label=label, help_text=hint,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day, for example 2026-03-20"),
        },
    )  # fmt: skip


def a_number(label: Words, hint: Words = "", most: int = 2_000_000_000) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, help_text=hint, required=False, min_value=0, max_value=most,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "invalid": gettext_lazy("Write a whole number, for example 20000"),
            "min_value": gettext_lazy("Write 0 or more."),
            "max_value": gettext_lazy("That is more than can be kept. Write a smaller number."),
        },
    )  # fmt: skip


class KindField(forms.ModelChoiceField):
    """Every kind, the blocked ones too: whoever chooses one hears who carries it, and so does the office."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            MatterKind.objects.select_related("carried_by"), label=gettext_lazy("Kind of matter"), empty_label=None,
            widget=forms.RadioSelect,
            error_messages={
                "required": gettext_lazy("Choose what kind of matter it is."),
                "invalid_choice": gettext_lazy("Choose what kind of matter it is."),
            },
            **kwargs,
        )  # fmt: skip


def notes_of(kinds: Iterable[MatterKind]) -> dict[str, str]:
    """Under each kind that is not simply handed down, what is special about it."""
    said = {}
    for kind in kinds:
        if kind.blocked:
            carrier = in_chinese(kind.carried_by or kind.carrier)
            said[str(kind.pk)] = format_html(_("No work of streets any more: {} carries it now."), carrier)
        elif kind.names_body:
            said[str(kind.pk)] = _("Needs a permit as any department does; name the body.")
    return said


class UnitField(forms.ModelChoiceField):
    def __init__(self, label: Words, missing: Words, **kwargs: Any) -> None:
        said = {"required": missing, "invalid_choice": missing}
        super().__init__(
            Unit.objects.none(), label=label, error_messages=said, empty_label=None,
            widget=forms.Select(attrs={"lang": "zh-Hans"}), **kwargs,
        )  # fmt: skip


class StreetsField(forms.ModelMultipleChoiceField):
    def __init__(self, label: Words, missing: Words, **kwargs: Any) -> None:
        super().__init__(
            streets(), label=label, widget=forms.CheckboxSelectMultiple,
            error_messages={"required": missing, "invalid_choice": missing, "invalid_pk_value": missing}, **kwargs,
        )  # fmt: skip

    def label_from_instance(self, obj: Any) -> str:
        return in_chinese(obj.name)


def streets() -> Any:
    return Area.objects.filter(kind=AreaKind.STREET).defer("outline")


def refuse(form: forms.Form, refused: Any, fields: dict[str, str]) -> None:
    """The sentence of a refusal beside the field that it is about, or above all of them."""
    field = fields.get(str(refused.code))
    form.add_error(field if field in form.fields else None, refused)
