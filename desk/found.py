"""Which cases a search finds, page by page: the newest open ones first, then the newest ended ones.

Of a word that few cases have all are read. A frequent one is met soon on a walk from the newest case; where it is not,
because it is frequent elsewhere only, the walk ends after so many cases and the indexes are asked for all of them.
"""

from dataclasses import dataclass

from django.db import connection

from accountability.bigrams import phrase
from cases.models.case import ENDED
from cases.querysets import CaseQuerySet
from desk.search import Asked, hits, known_of, narrowed

SIZE = 20
WALK = 1_500

Key = tuple[bool, int]  # open before ended; the negative key, so that the newest comes first
# The newest of those wanted, and which of them have the words: by their keys, so that no index of words is read.
WALKED = """
WITH newest AS MATERIALIZED (SELECT ARRAY({newest}) AS ids)
SELECT cardinality(ids), ARRAY(SELECT DISTINCT met.case_id FROM ({met}) met ORDER BY 1 DESC LIMIT %s) FROM newest"""
MET = """
(SELECT t.case_id FROM cases_caseterms t
  WHERE t.case_id = ANY((SELECT ids FROM newest)::bigint[]) AND t.terms @@ %s::tsquery
 UNION ALL SELECT t.case_id FROM engagement_reportterms t
  WHERE t.case_id = ANY((SELECT ids FROM newest)::bigint[]) AND t.terms @@ %s::tsquery
 UNION ALL SELECT c.id FROM cases_case c
  WHERE %s <> '' AND c.id = ANY((SELECT ids FROM newest)::bigint[]) AND c.number LIKE %s)"""
# All that have the words, newest first; each is asked whether it is one of those wanted, until there are enough.
SORTED = """
SELECT hit.id FROM (SELECT DISTINCT found.case_id AS id FROM ({hits}) found ORDER BY 1 DESC OFFSET 0) hit
 WHERE coalesce((SELECT true FROM ({wanted}) wanted WHERE wanted.id = hit.id), false) LIMIT %s"""


@dataclass(frozen=True)
class Found:
    """`total` is exact unless there are `more`, which nobody counts."""

    total: int
    more: bool
    keys: list[Key]
    rest: bool

    @property
    def ids(self) -> list[int]:
        return [-pk for _ended, pk in self.keys]


def find(seen: CaseQuerySet, asked: Asked, after: Key | None) -> Found:
    """One page of what is found among the cases that are seen."""
    known = known_of(asked)
    if all(found is None for found in known.values()):
        return _frequent(seen, asked, after)
    rows = narrowed(seen, asked, known).order_by().values_list("pk", "state")
    keys = sorted((state in ENDED, -pk) for pk, state in rows)
    left = [key for key in keys if after is None or key > after]
    return Found(len(keys), False, left[:SIZE], len(left) > SIZE)


def _frequent(seen: CaseQuerySet, asked: Asked, after: Key | None) -> Found:
    keys: list[Key] = []
    for ended in (False, True):
        if len(keys) <= SIZE and (after is None or ended >= after[0]):
            met = _next(_leg(seen, ended, after), asked, SIZE + 1 - len(keys))
            keys += [(ended, -pk) for pk in met]
    rest = len(keys) > SIZE
    whole = after is None and not rest
    return Found(len(keys) if whole else SIZE, not whole, keys[:SIZE], rest)


def _leg(seen: CaseQuerySet, ended: bool, after: Key | None) -> CaseQuerySet:
    """The open or the ended ones, as far as they come after that key."""
    leg = seen.filter(state__in=ENDED) if ended else seen.open()
    leg = leg.filter(pk__lt=-after[1]) if after and after[0] == ended else leg
    return leg.order_by("-pk")


def _next(leg: CaseQuerySet, asked: Asked, most: int) -> list[int]:
    """The newest of them that have the words."""
    walked, met = _walk(leg, asked, most)
    return met if len(met) == most or walked < WALK else _looked_up(leg, asked, most)


def _walk(leg: CaseQuerySet, asked: Asked, most: int) -> tuple[int, list[int]]:
    """How many of the newest were read, and those among them that have the words."""
    newest, given = leg.values("id")[:WALK].query.sql_with_params()
    words = [(phrase(word), phrase(word), asked.ends.get(word, "")) for word in asked.words]
    met = [part for word, same, end in words for part in (word, same, end, f"%{end}")]
    question = WALKED.format(newest=newest, met=" INTERSECT ".join(MET for _word in words))
    with connection.cursor() as cursor:
        cursor.execute(question, [*given, *met, most])
        walked, keys = cursor.fetchone()
        return walked, keys


def _looked_up(leg: CaseQuerySet, asked: Asked, most: int) -> list[int]:
    """From the words to the cases: reads a key for each case of anybody that has them, and few cases."""
    found = [hits(word, asked.ends.get(word, "")).query.sql_with_params() for word in asked.words]
    wanted, given = leg.order_by().values("id").query.sql_with_params()
    question = SORTED.format(hits=" INTERSECT ".join(f"({sql})" for sql, _params in found), wanted=wanted)
    with connection.cursor() as cursor:
        cursor.execute(question, [*(param for _sql, params in found for param in params), *given, most])
        return [pk for (pk,) in cursor.fetchall()]
