"""The words of a choice, asked for by nearly every line of nearly every page."""

from functools import cache
from typing import Any

from django.db.models import Field
from django.utils.encoding import force_str


@cache
def _words(field: Field) -> dict[Any, Any]:
    """The words of a field's choices, still untranslated. Django lays them flat for each question."""
    return dict(field.flatchoices)


class Labelled:
    """A model whose `get_…_display` translates the one word asked for; Django's own hashes, and so translates, all."""

    def _get_FIELD_display(self, field: Field) -> str:  # noqa: N802 - Django's name
        value = getattr(self, field.attname)
        return force_str(_words(field).get(value, value), strings_only=True)
