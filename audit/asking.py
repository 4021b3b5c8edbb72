"""How an app asks whether its rows are sound: questions in SQL whose every answer is a fault, said in a sentence."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import F, Max, Min, QuerySet
from django.db.models.functions import Mod
from django.utils.functional import Promise


@dataclass(frozen=True)
class Question:
    """The sentence for a fault, with the columns of the query by name, and the query that finds such rows.

    `terms` gives the words for what a column holds: kinds are told in the reader's language.
    """

    says: str | Promise
    sql: str
    terms: Mapping[str, Mapping[str, str | Promise]] = field(default_factory=dict)

    def told(self, row: dict[str, Any]) -> str:
        named = {name: str(words.get(row[name], row[name])) for name, words in self.terms.items()}
        return str(self.says) % {**row, **named}


def broken(questions: Iterable[Question], given: Mapping[str, Any] | None = None) -> Iterator[str]:
    """Each fault that these questions find, in words. One statement a question."""
    for question in questions:
        with connection.cursor() as cursor:
            cursor.execute(question.sql, given or {})
            columns = [column.name for column in cursor.description]
            for row in cursor:
                yield question.told(dict(zip(columns, row, strict=True)))


def spread(rows: QuerySet, many: int) -> QuerySet:
    """About so many of the rows, evenly spread over all of them."""
    ends = rows.aggregate(oldest=Min("pk"), newest=Max("pk"))
    every = max(1, ((ends["newest"] or 0) - (ends["oldest"] or 0)) // many)
    return rows.annotate(in_turn=Mod(F("pk"), every)).filter(in_turn=0)
