"""Flags words that say nothing: a phrase known for it, or the same words of one unit in case after case.

The move is made and its clock stops; whoever reads the step sees the flag beside it.
"""

import hashlib
from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from accountability.bigrams import LEAST, fold
from audit.kept import Kept
from cases.models import StockPhrase, Summons
from cases.moves import Deed

# A reply in so many cases of one unit word for word is no account of any of them.
SAME = 5
NEAR = 0.7  # the share of pairs of signs that two texts have in common
KNOWN = "known"
COUNT = """
INSERT INTO cases_wording (unit_id, digest, cases, last_case_id) VALUES (%s, %s, 1, %s)
ON CONFLICT (unit_id, digest) DO UPDATE
   SET cases = cases_wording.cases + (cases_wording.last_case_id <> EXCLUDED.last_case_id)::int,
       last_case_id = EXCLUDED.last_case_id
RETURNING cases"""


def flag(call: Summons, deed: Deed) -> None:
    """Keep on the step `stock`: “known”, or in how many cases this unit has written the same."""
    words = bare(deed.note)
    if not words:
        return
    times = _count(call.unit_id, words, call.case_id)
    if says_nothing(words, (bare(one.words) for one in _phrases())):
        deed.facts["stock"] = KNOWN
    elif times >= SAME:
        deed.facts["stock"] = times


def bare(text: str) -> str:
    """What is left without blanks, punctuation and figures: another date makes no other account."""
    return "".join(sign for sign in fold(text) if not sign.isdigit() and not sign.isspace())


def says_nothing(words: str, phrases: Iterable[str]) -> bool:
    return any(alike(words, phrase) >= NEAR for phrase in phrases)


def alike(one: str, other: str) -> float:
    """The share of pairs of neighbouring signs that both have, 0 to 1."""
    mine, theirs = _pairs(one), _pairs(other)
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


def _pairs(text: str) -> set[str]:
    return {text[start : start + LEAST] for start in range(len(text) - LEAST + 1)} or {text} - {""}


def _count(unit_id: int, words: str, case_id: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [unit_id, hashlib.sha256(words.encode()).hexdigest(), case_id])
        return int(cursor.fetchone()[0])


@Kept
def _phrases() -> QuerySet[StockPhrase]:
    return StockPhrase.objects.all()
