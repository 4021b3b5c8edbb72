"""The closed cases that people put under an item or a function, as texts with their code, their time and place."""

from collections.abc import Iterator

from django.db.models.functions import Coalesce

from accountability.suggester.learning import Confirmed
from cases.models import Case, State
from cases.scene import Weeks
from engagement.public import words_of

AT_ONCE = 500


def confirmed_cases() -> Iterator[Confirmed]:
    """In the order of the cases. Of confidential ones nothing is learnt."""
    closed = Case.objects.filter(state__in=(State.CLOSED, State.ARCHIVED), confidential=False)
    named = closed.annotate(code=Coalesce("item__code", "function__code")).exclude(code=None)
    rows = list(named.order_by("pk").values_list("pk", "summary", "code", "opened_at", "place_code"))
    weeks = Weeks()
    for start in range(0, len(rows), AT_ONCE):
        part = rows[start : start + AT_ONCE]
        words = words_of([pk for pk, *_ in part])
        for pk, summary, code, at, place in part:
            yield Confirmed((summary, *words.get(pk, [])), code, at, weeks.common(place, at))
