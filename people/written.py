"""Moments as figures, and words of the page's language: what every row of a page asks for, looked up once."""

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from django.conf import settings
from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation.trans_real import translation

LETTERS = {"Y": "%Y", "m": "%m", "n": "%-m", "d": "%d", "j": "%-d", "H": "%H", "i": "%M"}


class _Words(dict[str, str]):
    """What one language says for each message that was asked for so far."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.look_up = translation(language).gettext

    def __missing__(self, message: str) -> str:
        self[message] = said = self.look_up(message)
        return said


@cache
def _words_of(language: str) -> Callable[[str], str]:
    return _Words(language).__getitem__


def words() -> Callable[[str], str]:
    """`gettext` of the language that is set now, for one page; Django's asks for the language at each word."""
    return _words_of(get_language() or settings.LANGUAGE_CODE)


@cache
def _figures(pattern: str) -> str | None:
    """The pattern as `strftime` takes it; None where it names a month or a day by a word."""
    if re.search(r"[A-Za-z\\]", re.sub("[YmndjHi]", "", pattern)):
        return None
    return "".join(LETTERS.get(sign, sign.replace("%", "%%")) for sign in pattern)


def written(moment: date, pattern: str) -> str:
    """By a pattern of Django's. Figures alone are written directly: Django's own way costs ten times as much."""
    if pattern == "c":
        return moment.isoformat()
    figures = _figures(pattern)
    return formats.date_format(moment, pattern) if figures is None else moment.strftime(figures)
