"""The closed cases that people put under an item, as texts with their code: what the suggester learns from."""

from collections.abc import Iterator

from accountability.suggester.learning import Confirmed
from cases.models import Case, State
from engagement.public import words_of

AT_ONCE = 500


def confirmed_cases() -> Iterator[Confirmed]:
    """In the order of the cases. Of confidential ones nothing is learnt."""
    closed = Case.objects.filter(state__in=(State.CLOSED, State.ARCHIVED), item__isnull=False, confidential=False)
    rows = list(closed.order_by("pk").values_list("pk", "summary", "item__code"))
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        words = words_of([pk for pk, _summary, _code in part])
        for pk, summary, code in part:
            yield (summary, *words.get(pk, [])), code
