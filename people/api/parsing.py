"""Reads the JSON that programs send."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers


class StrictJSON(parsers.JSONParser):
    """JSON that no sane program sends is refused like any other that cannot be read."""

    def parse(self, *args: Any, **named: Any) -> Any:
        try:
            return super().parse(*args, **named)
        except (RecursionError, exceptions.ParseError) as unreadable:
            sentence = _("The body is no JSON that can be read. /api/docs/ shows an example.")
            raise exceptions.ParseError(sentence) from unreadable
