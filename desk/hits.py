"""How a search shows what it found: cases in the columns of every list, the words marked, and where else they stand."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.bigrams import fold, spans
from cases.models import Case
from desk.lines import Line, lines_of
from desk.search import Asked
from engagement.public import words_of

BEFORE, AFTER = 16, 40  # signs shown around the first word found
PLACE, WORDS = _("Place"), _("In the words of who reported it")

Part = tuple[str, bool]  # a piece of text, and whether it is marked


@dataclass(frozen=True)
class Snippet:
    """Where else the words stand."""

    label: str | Promise
    parts: list[Part]


@dataclass(frozen=True)
class Hit:
    """A case found, with the words marked."""

    line: Line
    summary: list[Part]
    snippets: list[Snippet]


def hits_of(ids: list[int], asked: Asked, at: datetime) -> list[Hit]:
    """These cases, in this order."""
    lines = lines_of(ids, at)
    words = words_of([line.case.pk for line in lines if not _told(line.case, asked)])
    return [_hit(line, words.get(line.case.pk, []), list(asked.words)) for line in lines]


def _told(case: Case, asked: Asked) -> bool:
    """The summary and the place have every word, so that nothing else needs to be read."""
    known = fold(case.summary), fold(case.place)
    return all(any(word in text for text in known) for word in asked.words)


def _hit(line: Line, said: list[str], words: list[str]) -> Hit:
    others = [(PLACE, line.case.place), *((WORDS, text) for text in said)]
    snippets = [Snippet(label, snippet(text, words)) for label, text in others if spans(text, words)]
    return Hit(line, marked(line.case.summary, words), snippets)


def marked(text: str, words: list[str]) -> list[Part]:
    """The text in pieces, those that hold a word marked."""
    parts: list[Part] = []
    at = 0
    for start, end in spans(text, words):
        parts += [(text[at:start], False), (text[start:end], True)]
        at = end
    return [part for part in [*parts, (text[at:], False)] if part[0]]


def snippet(text: str, words: list[str]) -> list[Part]:
    """What stands around the first word found."""
    start, end = spans(text, words)[0]
    begin, stop = max(start - BEFORE, 0), end + AFTER
    cut = f"{'…' if begin else ''}{text[begin:stop]}{'…' if stop < len(text) else ''}"
    return marked(" ".join(cut.split()), words)
