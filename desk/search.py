"""Finding cases by their number and by words: of the summary, of the place, and of whoever reported them.

Words of the public are indexed as every reader of the case page sees them (engagement.terms), so who sees a case may
find it by them; confidential cases are found by number, summary and place only. What is found is narrowed from cases
that are visible already, and never widened.
"""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Collate, Reverse
from django.db.models.lookups import IsNull

from accountability.bigrams import fold, phrase, words_of
from accountability.terms import holding
from audit.arrays import one_of as among
from cases.models import Case, CaseTerms
from cases.querysets import CaseQuerySet
from engagement.models import ReportTerms

LONGEST = 80
WORDS = 6
MANY = 2_000  # a word that more cases have is frequent: nobody counts them
MOST = 10_000  # frequent words remembered by a process
Known = dict[str, set[int] | None]
FIGURES = re.compile(r"(?=(?:\D*\d){3})[\d-]+")  # so many last figures make a number
# Cases are never taken away, so a frequent word stays frequent; it decides the way to its cases, never what is found.
_frequent: set[tuple[str, str]] = set()


@dataclass(frozen=True)
class Asked:
    """What somebody typed: its words, folded; those that may be the end of a case's number stand in `ends` as typed."""

    typed: str
    words: tuple[str, ...]
    ends: dict[str, str]

    @classmethod
    def read(cls, typed: str | None) -> "Asked":
        seen = _seen((typed or "")[:LONGEST]).strip()
        whole = unicodedata.normalize("NFKC", seen)
        ends = {fold(word): word for word in whole.split() if FIGURES.fullmatch(word)}
        return cls(seen, tuple(words_of(whole)[:WORDS]), ends)


def _seen(typed: str) -> str:
    """Without signs of no width: what is copied from a printed file may have them between its letters."""
    return "".join(sign for sign in typed if unicodedata.category(sign) != "Cf")


def matching(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Those of the cases that have every word, fit for any order and any further filter. They are visible already."""
    asked = Asked.read(typed)
    if not asked.words:
        return cases.none() if asked.typed else cases
    return narrowed(cases, asked, known_of(asked))


def known_of(asked: Asked) -> Known:
    """For each word the cases of anybody that have it, where they are few."""
    return {word: having(word, asked.ends.get(word, "")) for word in asked.words}


def narrowed(cases: CaseQuerySet, asked: Asked, known: Known) -> CaseQuerySet:
    """What few cases have becomes one list of keys, and of each of these the frequent words are asked."""
    few = [found for found in known.values() if found is not None]
    if few:
        cases = cases.filter(one_of(set.intersection(*few)))
    for word in (word for word, found in known.items() if found is None):
        end = asked.ends.get(word, "")
        cases = cases.filter(_has(word, end) if few else Q(pk__in=hits(word, end)))
    return cases


def one_of(keys: Collection[int]) -> Q:
    """`id = ANY('{…}')`: one word to read for PostgreSQL, where IN has one for each key."""
    listed = Cast(Value(f"{{{','.join(map(str, keys))}}}"), ArrayField(BigIntegerField()))
    return Q(among("pk", listed))


def having(word: str, end: str = "") -> set[int] | None:
    """Cases of anybody that have this word, or whose number ends so; None where there are many."""
    if (word, end) in _frequent:
        return None
    keys = [pk for (pk,) in hits(word, end)[: MANY + 1]]
    if len(keys) <= MANY:
        return set(keys)
    if len(_frequent) < MOST:
        _frequent.add((word, end))
    return None


def hits(word: str, end: str) -> QuerySet:
    """By the indexes: one for cases, one for reports, one for the ends of numbers. A case may come more than once."""
    found = [holding(CaseTerms.objects, phrase(word)).values_list("case_id")]
    found.append(holding(_said(), phrase(word)).values_list("case_id"))
    if end:
        found.append(ending(end).values_list("pk"))
    return found[0].union(*found[1:], all=True)


def _has(word: str, end: str) -> Q:
    """Not by EXISTS: PostgreSQL would first look up all cases of anybody that have the word."""
    here = {"case": OuterRef("pk")}
    both = [holding(terms.filter(**here), phrase(word)) for terms in (CaseTerms.objects, _said())]
    of_case, of_report = (Q(IsNull(Subquery(rows.values("case_id")[:1]), False)) for rows in both)
    return of_case | of_report | (Q(number__endswith=end) if end else Q(pk__in=[]))


def numbered(seen: CaseQuerySet, asked: Asked) -> Case | None:
    """The one case, of those seen, whose whole number or whose running number was typed."""
    end = next(iter(asked.ends.values()), "")
    running = f"-{end:>05}" if end.isdecimal() else end
    keys = list(ending(running).values_list("pk", flat=True)[:MANY]) if end else []
    return seen.filter(one_of(keys)).order_by("-pk").first() if keys else None


def ending(end: str) -> QuerySet[Case]:
    """Cases of anybody whose number ends so, by an index on the numbers turned round."""
    turned = Case.objects.annotate(turned=Collate(Reverse("number"), "C"))
    return turned.filter(turned__startswith=end[::-1]).order_by()


def _said() -> QuerySet[ReportTerms]:
    """The words of the public, but for confidential cases: nobody finds those by what their reporter said."""
    return ReportTerms.objects.exclude(case__in=Case.objects.filter(confidential=True).order_by().values("pk"))
