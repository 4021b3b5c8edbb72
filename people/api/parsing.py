"""Reads the JSON that programs send."""

from typing import Any

from rest_framework import exceptions, parsers


class StrictJSON(parsers.JSONParser):
    """JSON that no sane program sends is refused like any other that cannot be read."""

    def parse(self, *args: Any, **named: Any) -> Any:
        try:
            return super().parse(*args, **named)
        except RecursionError as deep:
            raise exceptions.ParseError from deep
