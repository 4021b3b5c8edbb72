"""How a search shows what it found: cases in the columns of every list, the words marked, and where else they stand."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from accountability.bigrams import fold, spans
from cases.models import Case
from desk.lines import Line, lines_of
from desk.search import Asked
from engagement.public import words_of

BEFORE, AFTER = 16, 40  # signs shown around the first word found
PLACE, WORDS = _("Place"), _("In the words of who reported it")


@dataclass(frozen=True)
class Snippet:
    """Where else the words stand."""

    label: str | Promise
    text: str


@dataclass(frozen=True)
class Hit:
    """A case found, with the words marked."""

    line: Line
    summary: str
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


def marked(text: str, words: list[str]) -> str:
    """The text as markup, what stands for a word marked."""
    found = spans(text, words)
    begins = [0, *(end for _start, end in found)]
    pieces = [(text[begin:start], text[start:end]) for begin, (start, end) in zip(begins, found, strict=False)]
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", pieces), text[begins[-1] :])


def snippet(text: str, words: list[str]) -> str:
    """What stands around the first word found."""
    start, end = spans(text, words)[0]
    begin, stop = max(start - BEFORE, 0), end + AFTER
    cut = f"{'…' if begin else ''}{text[begin:stop]}{'…' if stop < len(text) else ''}"
    return marked(" ".join(cut.split()), words)
