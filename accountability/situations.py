"""Finds situations by the words that people say, and keeps what each of them is found by.

What was typed is found wherever it is written, from two signs on (recall 1.0). Where no situation has all of it, those
are offered that share a whole word of theirs with it, or three signs in a row: somebody told a story, not a word.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accountability import bigrams
from accountability.models import ItemVersion, ListVersion, Situation, SituationTerms
from accountability.terms import holding
from audit.asking import Question, broken

LONGEST, WORDS = 200, 6
SHOWN, NEAR = 40, 12
SOME = 400  # so many are compared with a story, at most
RUN = 3
BETWEEN = "、"
NOT_INDEXED = Question(
    _("Situation %(code)s cannot be searched: it has no terms."),
    """
SELECT s.code FROM accountability_situation s LEFT JOIN accountability_situationterms t ON t.situation_id = s.id
 WHERE t.situation_id IS NULL""",
)
OTHER_TERMS = Question(
    _("Situation %(code)s is found by other words than its own."),
    """
SELECT s.code FROM unnest(%(situations)s::bigint[], %(terms)s::text[]) AS must(id, terms)
  JOIN accountability_situation s ON s.id = must.id JOIN accountability_situationterms t ON t.situation_id = must.id
 WHERE t.terms <> must.terms::tsvector""",
)


@dataclass(frozen=True)
class Found:
    """A situation, and the words by which it was found."""

    situation: Situation
    words: tuple[str, ...]


@dataclass(frozen=True)
class Search:
    """What was found, the best first; `near` where nothing has all that was asked, and this only some of it."""

    rows: tuple[Found, ...] = ()
    near: bool = False


def sayings(situation: Situation) -> list[str]:
    """Its name, and each of the words that people say for it."""
    return [situation.name, *filter(None, situation.words.split(BETWEEN))]


def terms_of(situation: Situation) -> str:
    return bigrams.vector(*sayings(situation), situation.looks_like)


def of_list(version: ListVersion | None) -> QuerySet[Situation]:
    """The situations of the items that this version of the list holds."""
    held = ItemVersion.objects.filter(version=version)
    return Situation.objects.filter(item__in=held.values("item")).order_by("code")


def index(situations: Iterable[Situation]) -> None:
    """Write down what these are found by."""
    rows = [SituationTerms(situation=one, terms=terms_of(one)) for one in situations]
    SituationTerms.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["situation"], update_fields=["terms"]
    )  # fmt: skip


def search(typed: str, among: QuerySet[Situation] | None = None) -> Search:
    """Those of the situations (all, unless some are given) that have what was typed, else those that come near it."""
    rows = (Situation.objects.all() if among is None else among).select_related("item__category", "group")
    words = bigrams.words_of(typed[:LONGEST])[:WORDS]
    having = list(_having(rows, words)) if words else list(_of_one_sign(rows, bigrams.fold(typed[:LONGEST])))
    if having:
        ranked = sorted(having, key=lambda one: (_rank(one, words), one.code))
        return Search(tuple(Found(one, tuple(words)) for one in ranked[:SHOWN]))
    return Search(tuple(_near(rows, words)), near=True) if words else Search()


def _having(rows: QuerySet[Situation], words: list[str]) -> QuerySet[Situation]:
    asked = " & ".join(f"({bigrams.phrase(word)})" for word in words)
    return rows.filter(pk__in=holding(SituationTerms.objects, asked).values("situation"))


def _of_one_sign(rows: QuerySet[Situation], sign: str) -> QuerySet[Situation]:
    """One sign makes no pair; so few situations are read through."""
    return rows.filter(Q(name__contains=sign) | Q(words__contains=sign)) if sign else rows.none()


def _rank(situation: Situation, words: list[str]) -> int:
    """Of whose sayings more have it comes first, and a word of its own before a part of one; looks come last."""
    said = [bigrams.fold(one) for one in sayings(situation)]
    whole = sum(word in said for word in words)
    part = sum(word in one for word in words for one in said)
    return -(2 * whole + part)


def _near(rows: QuerySet[Situation], words: list[str]) -> list[Found]:
    """One statement; the longest that they have in common with it come first."""
    pairs = {word[at : at + bigrams.LEAST] for word in words for at in range(len(word) - 1)}
    asked = " | ".join(sorted(f"'{pair}'" for pair in pairs))
    like = rows.filter(pk__in=holding(SituationTerms.objects, asked).values("situation"))
    shared = [Found(one, _shared(one, words)) for one in like.order_by("code")[:SOME]]
    spoke = [one for one in shared if one.words]
    return sorted(spoke, key=lambda one: (-sum(len(word) ** 2 for word in one.words), one.situation.code))[:NEAR]


def _shared(situation: Situation, words: list[str]) -> tuple[str, ...]:
    """Its whole words that stand in what was typed, and runs of signs of it that are long enough to mean something."""
    found = {run: None for saying in sayings(situation) for word in words for run in _runs(bigrams.fold(saying), word)}
    return tuple(one for one in found if not any(one != other and one in other for other in found))


def _runs(saying: str, word: str) -> Iterator[str]:
    if len(saying) >= bigrams.LEAST and saying in word:
        yield saying
        return
    start = 0
    while start <= len(saying) - RUN:
        end = start + RUN
        while end <= len(saying) and saying[start:end] in word:
            end += 1
        if end > start + RUN:
            yield saying[start : end - 1]
        start = max(start + 1, end - 1)


def faults() -> Iterator[str]:
    """Every situation can be found, and by its own words."""
    rows = list(Situation.objects.all())
    must = {"situations": [one.pk for one in rows], "terms": [terms_of(one) for one in rows]}
    return broken((NOT_INDEXED, OTHER_TERMS), must)
