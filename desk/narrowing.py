"""The form above a list by which a reader narrows it: a quiet line, and more filters behind a word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join

from desk.asking import Question
from desk.named import Names

KEPT = ("state", "due")  # these have chips
PLAIN = ("category", "area")
NAMED = ("item", "function", "unit")
BY_CODE = ("item", "function")  # whose codes people know, so they stand before the words
CHOICES = ("known", "urgency", "channel", "whistled", "hands")
DAYS = ("called", "opened_from", "opened_to", "closed_from", "closed_to")

Option = tuple[str, str, bool]  # its code, its words, and whether these are Chinese in every language
OPTION = {
    (foreign, chosen): f'<option value="{{}}"{lang * foreign}{mark * chosen}>{{}}</option>'
    for lang, mark in [(' lang="zh-Hans"', " selected")] for foreign in (False, True) for chosen in (False, True)
}  # fmt: skip


@dataclass(frozen=True)
class Control:
    """One filter as the page draws it: a select with its options, or a day."""

    name: str
    label: str | Promise
    value: str
    options: Sequence[Option] = ()

    @property
    def drawn(self) -> str:
        """Its options, the one that is said chosen."""
        return _drawn(tuple(self.options), self.value)


@lru_cache(256)
def _drawn(options: tuple[Option, ...], chosen: str) -> str:
    """Hundreds stand on each page, and hardly ever others than before."""
    drawn = (format_html(OPTION[foreign, code == chosen], code, words) for code, words, foreign in options)
    return format_html_join("", "{}", ((one,) for one in drawn))


class Narrowing:
    """What the form offers and what stands in it."""

    def __init__(self, question: Question, names: Names) -> None:
        self.question, self.names = question, names

    @property
    def kept(self) -> list[tuple[str, str]]:
        return [(name, self.question.said[name]) for name in KEPT if name in self.question.said]

    @property
    def plain(self) -> list[Control]:
        return [self._select(name, self._coded(name)) for name in PLAIN]

    @property
    def more(self) -> list[Control]:
        choices = [self._select(name, self._choices(name)) for name in CHOICES]
        return [*(self._select(name, self._coded(name)) for name in NAMED), *choices]

    @property
    def days(self) -> list[Control]:
        return [Control(name, self._label(name), self._said(name)) for name in DAYS]

    @property
    def more_is_said(self) -> bool:
        return any(name in self.question.said for name in (*NAMED, *CHOICES, *DAYS))

    def _select(self, name: str, choices: Iterable[Option]) -> Control:
        return Control(name, self._label(name), self._said(name), list(choices))

    def _coded(self, name: str) -> list[Option]:
        found = [(one.code, one.name, one.foreign) for one in self.names.of[name]]
        return [(code, f"{code} {label}", foreign) for code, label, foreign in found] if name in BY_CODE else found

    def _choices(self, name: str) -> list[Option]:
        return [(code, str(label), False) for code, label in self.question.filters.filters[name].extra["choices"]]

    def _label(self, name: str) -> str | Promise:
        return self.question.filters.filters[name].label

    def _said(self, name: str) -> str:
        return self.question.said.get(name, "")
