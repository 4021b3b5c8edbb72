"""What the index of cases says of one: its summary and its place."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from accountability import bigrams
from audit.asking import Question, broken, spread
from cases.models import Case

SAMPLE = 2000
NOT_INDEXED = Question(
    _("Case %(number)s cannot be searched: it has no terms."),
    """
SELECT c.number FROM cases_case c LEFT JOIN cases_caseterms t ON t.case_id = c.id WHERE t.case_id IS NULL""",
)
OTHER_TERMS = Question(
    _("Case %(number)s is found by other words than its summary and place."),
    """
SELECT c.number FROM unnest(%(cases)s::bigint[], %(terms)s::text[]) AS must(id, terms)
  JOIN cases_case c ON c.id = must.id JOIN cases_caseterms t ON t.case_id = must.id
 WHERE t.terms <> must.terms::tsvector""",
)


def terms_of(summary: str, place: str) -> str:
    return bigrams.vector(summary, place)


def faults() -> Iterator[str]:
    """Every case can be found, and a sample of them, spread over all, by its own words."""
    sample = list(spread(Case.objects.order_by(), SAMPLE).values_list("pk", "summary", "place"))
    must = {"cases": [pk for pk, *_rest in sample], "terms": [terms_of(*words) for _pk, *words in sample]}
    return broken((NOT_INDEXED, OTHER_TERMS), must)
