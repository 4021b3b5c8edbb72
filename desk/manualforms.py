"""The form of a manual: a field for each part; what is left empty is made from the list."""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accountability.models import WrittenManual
from desk.writings import PARTS
from people.words import WordsField


class ManualForm(forms.Form):
    """`seen` is the stamp of the manual that the editor had before them; `made` the lines that stand for each part."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, made: Mapping[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.made = made
        for part, label in PARTS.items():
            most = WrittenManual._meta.get_field(part).max_length
            self.fields[part] = WordsField(
                label=label,
                required=False,
                max_length=most,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={"max_length": _("At most 1,000 characters. Say it shorter.")},
            )
            self.fields[part].optional = " "

    def parts(self) -> Iterator[tuple[BoundField, list[str]]]:
        """Each field with the lines that stand there while it is empty."""
        return ((self[part], self.made[part]) for part in PARTS)

    def said(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in PARTS}
