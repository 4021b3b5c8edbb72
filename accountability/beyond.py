"""Finds what departments do beyond the list (职能目录) by the words that people say for it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.timezone import localdate

from accountability import bigrams
from accountability.models import Function, FunctionList
from accountability.worktime import LOCAL

SHOWN = 3


@dataclass(frozen=True)
class Beyond:
    """A function, and the words that spoke for it; `near` where only some of what was asked did."""

    function: Function
    words: tuple[str, ...]
    near: bool


def functions_for(typed: str, at: datetime) -> list[Beyond]:
    """Those that have every word, else those whose words stand in what was typed, the most telling first.

    The catalogue is short and read through: two statements.
    """
    asked = bigrams.words_of(typed)
    version = FunctionList.objects.in_force(localdate(at, LOCAL)) if asked else None
    rows = Function.objects.filter(version=version).select_related("unit", "version") if version else ()
    said = [(row, [bigrams.fold(word) for word in (row.title, *row.words.split())]) for row in rows]
    whole = [Beyond(row, tuple(asked), False) for row, words in said if _has_all(words, asked)]
    return (whole or sorted(filter(_spoke, (_near(row, words, asked) for row, words in said)), key=_least))[:SHOWN]


def _has_all(words: list[str], asked: list[str]) -> bool:
    return all(any(one in word for word in words) for one in asked)


def _near(row: Function, words: list[str], asked: list[str]) -> Beyond:
    stood = [word for word in dict.fromkeys(words) if len(word) >= bigrams.LEAST and any(word in one for one in asked)]
    return Beyond(row, tuple(word for word in stood if not any(word != one and word in one for one in stood)), True)


def _spoke(one: Beyond) -> bool:
    return bool(one.words)


def _least(one: Beyond) -> tuple[int, str]:
    return -sum(len(word) ** 2 for word in one.words), one.function.code
