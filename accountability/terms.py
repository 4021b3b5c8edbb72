"""Asks an index of pairs of signs (accountability.bigrams): rows whose column `terms` holds a phrase."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, QuerySet, Value
from django.db.models.functions import Cast


def holding(rows: QuerySet, asked: str) -> QuerySet:
    """Rows whose terms answer this tsquery, as `bigrams.phrase` writes it."""
    query = Cast(Value(asked), SearchQueryField())
    return rows.filter(
        Func(F("terms"), query, arg_joiner=" @@ ", template="(%(expressions)s)", output_field=BooleanField())
    )
