"""Words that a person typed: what nobody can see counts as nothing said."""

from typing import Any

from django import forms


def said(words: str) -> str:
    """The words without blanks around them; "" where no sign among them can be seen."""
    return words.strip() if any(sign.isprintable() and not sign.isspace() for sign in words) else ""


class WordsField(forms.CharField):
    """A field for words: signs of no width leave it as empty as it looks."""

    def to_python(self, value: Any) -> str:
        words = super().to_python(value)
        return words if said(words) else ""
