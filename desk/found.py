"""What a search shows: how many cases, one page of them, the newest open ones first, and where each has the words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.bigrams import fold, spans
from cases.models import Case
from cases.models.case import ENDED
from cases.querysets import CaseQuerySet
from desk.lines import Line, lines_of
from desk.search import MANY, Asked, matching
from engagement.public import words_of

SIZE = 20
BEFORE, AFTER = 16, 40  # signs shown around the first word found
PLACE, WORDS = _("Place"), _("In the words of who reported it")

Key = tuple[bool, int]  # open before ended; the negative key, so that the newest comes first
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


@dataclass(frozen=True)
class Found:
    """`total` is exact up to MANY; `more` says that there are more, which nobody counts."""

    total: int
    more: bool
    keys: list[Key]
    rest: bool


def find(seen: CaseQuerySet, typed: str, after: Key | None) -> Found:
    hits = matching(seen, typed)
    rows = list(hits.order_by().values_list("pk", "state")[: MANY + 1])
    if len(rows) > MANY:
        keys = [*_walk(hits, after, SIZE + 1)]
        return Found(MANY, True, keys[:SIZE], len(keys) > SIZE)
    keys = sorted((state in ENDED, -pk) for pk, state in rows)
    left = [key for key in keys if after is None or key > after]
    return Found(len(keys), False, left[:SIZE], len(left) > SIZE)


def _walk(hits: CaseQuerySet, after: Key | None, most: int) -> Iterator[Key]:
    """Of very many hits the next ones, in their order: first the open ones, then the others."""
    came_to, pk = after or (False, None)
    got = 0
    for ended in (False, True)[came_to:]:
        leg = hits.filter(state__in=ENDED) if ended else hits.open()
        leg = leg.filter(pk__lt=-pk) if pk is not None and ended == came_to else leg
        for (found,) in leg.order_by("-pk").values_list("pk")[: most - got]:
            got += 1
            yield ended, -found
        if got == most:
            return


def hits_of(found: Found, asked: Asked, at: datetime) -> list[Hit]:
    """The cases of the page, in its order."""
    lines = lines_of([-pk for _ended, pk in found.keys], at)
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
