"""Words that a person typed: what nobody can see counts as nothing said."""

from typing import Any

from django import forms
from django.utils.html import format_html


def said(words: str) -> str:
    """The words without blanks around them; "" where no sign among them can be seen."""
    return words.strip() if any(sign.isprintable() and not sign.isspace() for sign in words) else ""


def in_chinese(words: object) -> str:
    """A name that is Chinese on every page, marked as such for whoever has pages read to them."""
    return format_html('<span lang="zh-Hans">{}</span>', words)


class WordsField(forms.CharField):
    """A field for words: signs of no width leave it as empty as it looks."""

    def to_python(self, value: Any) -> str:
        words = super().to_python(value)
        return words if said(words) else ""
