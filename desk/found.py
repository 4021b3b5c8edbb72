"""Which cases a search finds, page by page: the newest open ones first, then the newest ended ones.

Of a word that few cases have all are read. A frequent one is met soon on a walk from the newest case; where it is not,
because it is frequent elsewhere only, the walk ends after so many cases and the indexes are asked for all of them.
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BigIntegerField, ExpressionWrapper, F

from accountability.bigrams import phrase
from cases.models.case import ENDED
from cases.querysets import CaseQuerySet
from desk.search import Asked, known_of, looked_up, narrowed

SIZE = 20
WALK = 1_000

Key = tuple[bool, int]  # open before ended; the negative key, so that the newest comes first
# The order of the keys that no index gives: from the words to the cases, never from all cases to the words.
NOT_BY_KEY = ExpressionWrapper(F("pk") * -1, BigIntegerField())
# Asked of one case after the other. EXISTS would not do: PostgreSQL turns it into all cases of anybody with the word.
HAS = """
coalesce((SELECT true FROM cases_caseterms t WHERE t.case_id = newest.id AND t.terms @@ %s::tsquery),
         (SELECT true FROM engagement_reportterms t WHERE t.case_id = newest.id AND t.terms @@ %s::tsquery LIMIT 1),
         newest.number LIKE %s)"""
# The last one walked past comes too, so that it is known whether there were so many at all.
WALKED = """
SELECT newest.id, coalesce({has}, false) FROM (SELECT id, number, row_number() OVER (ORDER BY id DESC) AS nth
  FROM ({newest}) leg) newest WHERE {has} OR newest.nth = %s ORDER BY newest.id DESC LIMIT %s"""


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
    walked = _walk(leg, asked, most)
    met = [pk for pk, has in walked if has][:most]
    if len(met) == most or len(met) == len(walked):
        return met
    return list(looked_up(leg, asked).order_by(NOT_BY_KEY).values_list("pk", flat=True)[:most])


def _walk(leg: CaseQuerySet, asked: Asked, most: int) -> list[tuple[int, bool]]:
    """Those among the newest that have the words; reading ends with the last one that is wanted.

    One that has them not is the last of the walk: behind it there may be more.
    """
    newest, given = leg.values("id", "number")[:WALK].query.sql_with_params()
    has = " AND ".join(HAS for _word in asked.words)
    words = [param for word in asked.words for param in (phrase(word), phrase(word), _end(asked, word))]
    with connection.cursor() as cursor:
        question = WALKED.format(newest=newest, has=f"({has})")
        cursor.execute(question, [*words, *given, *words, WALK, most + 1])
        return list(cursor.fetchall())


def _end(asked: Asked, word: str) -> str:
    """What the number must end with for this word; no number ends with a blank."""
    return f"%{asked.ends.get(word, ' ')}"
