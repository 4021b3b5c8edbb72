"""Finding cases by their number and by words: of the summary, of the place, and of whoever reported them.

Words of the public are indexed as every reader of the case page sees them (engagement.terms), so who sees a case may
find it by them. What is found is narrowed from cases that are visible already, and never widened.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Cast, Collate, Reverse

from accountability.bigrams import fold, phrase, words_of
from cases.models import Case, CaseTerms
from cases.querysets import CaseQuerySet
from engagement.models import ReportTerms

LONGEST = 80
WORDS = 6
MANY = 1_000  # a word that more cases have than this is frequent; and nobody counts further
FIGURES = re.compile(r"(?=(?:\D*\d){3})[\d-]+")  # so many last figures make a number


@dataclass(frozen=True)
class Asked:
    """What somebody typed: its words, folded; those that may be the end of a case's number stand in `ends` as typed."""

    typed: str
    words: tuple[str, ...]
    ends: dict[str, str]

    @classmethod
    def read(cls, typed: str | None) -> "Asked":
        whole = unicodedata.normalize("NFKC", (typed or "")[:LONGEST]).strip()
        ends = {fold(word): word for word in whole.split() if FIGURES.fullmatch(word)}
        return cls((typed or "")[:LONGEST].strip(), tuple(words_of(whole)[:WORDS]), ends)


def matching(cases: CaseQuerySet, typed: str) -> CaseQuerySet:
    """Those of the cases that have every word. Fit for any order and any further filter; `cases` are visible already.

    A word that few cases have becomes a list of keys. One that many have stays a question asked of each row: a walk
    in the order of the list meets enough of them soon.
    """
    asked = Asked.read(typed)
    if not asked.words:
        return cases.none() if asked.typed else cases
    for word in asked.words:
        end = asked.ends.get(word, "")
        keys = having(word, end)
        cases = cases.filter(_asks_each(word, end)) if keys is None else cases.filter(pk__in=keys)
    return cases


def having(word: str, end: str = "") -> set[int] | None:
    """Cases of anybody that have this word, or whose number ends so; None where there are many."""
    found = _holding(CaseTerms.objects, word).values_list("case_id")
    found = found.union(_holding(ReportTerms.objects, word).values_list("case_id"), all=True)
    if end:
        found = found.union(ending(end).values_list("pk"), all=True)
    keys = [pk for (pk,) in found[: MANY + 1]]
    return None if len(keys) > MANY else set(keys)


def numbered(cases: CaseQuerySet, asked: Asked) -> Case | None:
    """The one case whose whole number, or whose running number, was typed."""
    end = next(iter(asked.ends.values()), "")
    running = f"-{end:>05}" if end.isdecimal() else end
    return cases.filter(pk__in=ending(running).values("pk")).order_by("-pk").first() if end else None


def ending(end: str) -> QuerySet[Case]:
    """Cases of anybody whose number ends so, by an index on the numbers turned round."""
    turned = Case.objects.annotate(turned=Collate(Reverse("number"), "C"))
    return turned.filter(turned__startswith=end[::-1]).order_by()


def _holding(rows: QuerySet, word: str) -> QuerySet:
    """Rows whose terms hold the phrase."""
    asked = Cast(Value(phrase(word)), SearchQueryField())
    return rows.filter(
        Func(F("terms"), asked, arg_joiner=" @@ ", template="(%(expressions)s)", output_field=BooleanField())
    )


def _asks_each(word: str, end: str) -> Q:
    """The same, asked of one case after the other."""
    here = {"case": OuterRef("pk")}
    asked = Q(Exists(_holding(CaseTerms.objects.filter(**here), word)))
    asked |= Q(Exists(_holding(ReportTerms.objects.filter(**here), word)))
    return asked | Q(pk__in=ending(end).values("pk")) if end else asked
