"""Which cases may be the same matter as one that has just come in: near it, lately, and alike in kind or words."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from math import cos, hypot, radians

from django.db.models import Q
from django.utils.translation import gettext as _

from accountability import bigrams
from cases.linking import TAKING_IN
from cases.models import Case, State
from cases.models.case import OPEN
from grids.standing import Standing

GRID_CODE = 15
NEAR_M = 200
METRES_OF_A_DEGREE = 111_320
LATELY = timedelta(days=30)
LOOKED_AT, SHOWN = 60, 5
# Ended without an answer of ours; of what is withheld no list speaks.
ELSEWHERE = (State.TURNED_DOWN, State.MERGED, State.TRANSFERRED, State.WITHHELD)
# So many pairs of neighbouring signs in common: “烧烤占道” has three of them.
ALIKE = 2


def likely(case: Case, standing: Standing, at: datetime) -> list[Case]:
    """At most five that this person sees, the newest first; open ones, and those that were closed lately.

    Two statements, each by an index: the newest of the grid, and the open ones around the point.
    """
    seen = Case.objects.visible_to(standing).exclude(pk=case.pk).exclude(state__in=ELSEWHERE)
    recent = seen.filter(OPEN | Q(closed_at__gte=at - LATELY)).select_related("area", "category").order_by("-pk")
    found: dict[int, Case] = {}
    if len(case.place_code) == GRID_CODE:
        found |= _by_key(recent.filter(place_code=case.place_code)[:LOOKED_AT])
    if case.lon is not None and case.lat is not None:
        found |= _by_key(
            one for one in recent.filter(OPEN, **_around(case))[:LOOKED_AT] if _metres(case, one) <= NEAR_M
        )
    mine = _pairs(case)
    alike = [one for one in found.values() if len(mine & _pairs(one)) >= _needed(case, one)]
    return sorted(alike, key=lambda one: -one.pk)[:SHOWN]


def reasons(case: Case, other: Case) -> list[str]:
    """Why the two may be the same matter, in a few words each."""
    kind = _("the same kind of matter") if _needed(case, other) < ALIKE else ""
    words = _("words in common") if _pairs(case) & _pairs(other) else ""
    apart = _("in the same grid") if case.place_code == other.place_code else ""
    if None not in (case.lon, case.lat, other.lon, other.lat):
        apart = _("%(metres)s m apart") % {"metres": round(_metres(case, other))}
    return [one for one in (kind, words, apart) if one]


def takes_in(case: Case) -> bool:
    """Whether another one can be merged into it as it stands."""
    return case.state in TAKING_IN and not case.rest


def _by_key(cases: Iterable[Case]) -> dict[int, Case]:
    return {case.pk: case for case in cases}


def _around(case: Case) -> dict[str, tuple[float, float]]:
    """A box that holds the circle."""
    assert case.lon is not None
    assert case.lat is not None
    up = NEAR_M / METRES_OF_A_DEGREE
    aside = up / cos(radians(case.lat))
    return {"lon__range": (case.lon - aside, case.lon + aside), "lat__range": (case.lat - up, case.lat + up)}


def _metres(case: Case, other: Case) -> float:
    assert case.lon is not None
    assert case.lat is not None
    assert other.lon is not None
    assert other.lat is not None
    east = (other.lon - case.lon) * cos(radians(case.lat))
    return hypot(east, other.lat - case.lat) * METRES_OF_A_DEGREE


def _needed(case: Case, other: Case) -> int:
    """How many pairs of signs they have to share: none under one item; one in one category, which may be a guess."""
    if case.item_id and other.item_id:
        return 0 if case.item_id == other.item_id else ALIKE
    return 1 if case.category_id == other.category_id else ALIKE


def _pairs(case: Case) -> set[str]:
    signs = bigrams.fold(case.summary)
    return {signs[start : start + bigrams.LEAST] for start in range(len(signs) - 1)}
