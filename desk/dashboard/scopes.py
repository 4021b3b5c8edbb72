"""Whose numbers a person reads: a district, a street or a unit of theirs, one at a time, named in the address."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, QueryDict

from assessment.querysets import SEEING_PLACE
from cases.days import STREET_CODE
from cases.filters import DISTRICT_CODE
from grids.models import Area
from grids.standing import Standing
from people.drawn import address
from people.models import Role, Unit

HELD = (Role.RESPONDER, Role.DEPT_LEADER, Role.STATION)


@dataclass(frozen=True)
class Scope:
    """A district or a street by the code of its area, or a unit."""

    name: str
    area: str = ""
    unit: Unit | None = None

    @property
    def whole(self) -> bool:
        """A district, in which streets are compared."""
        return len(self.area) == DISTRICT_CODE

    @property
    def filters(self) -> dict[str, str]:
        """What the lists are asked for, so that they hold this scope and no more."""
        return {"unit": self.unit.code} if self.unit else {"area": self.area}

    @property
    def href(self) -> str:
        return f"{address('desk:dashboard')}?{urlencode(self.filters)}"

    def cases(self, **filters: str) -> str:
        """The list of cases with these filters; open ones, unless they say otherwise."""
        return _asked(address("desk:cases"), tuple({"state": "open", **self.filters, **filters}.items()))

    def marks(self, **filters: str) -> str:
        return _asked(address("desk:marks"), tuple({**self.filters, **filters}.items()))


# A dashboard has some two hundred addresses, and they hardly ever differ from those of the time before.
@lru_cache(maxsize=8192)
def _asked(path: str, filters: tuple[tuple[str, str], ...]) -> str:
    return f"{path}?{urlencode(filters)}"


def scopes_of(standing: Standing) -> list[Scope]:
    """The widest first."""
    codes = {code for role, code in standing.posts if role in SEEING_PLACE and len(code) <= STREET_CODE}
    ids = {unit for role, unit in standing.seats if role in HELD}
    areas = Area.objects.filter(code__in=codes).order_by("code") if codes else []
    units = Unit.objects.filter(pk__in=ids).order_by("code") if ids else []
    return [*(Scope(area.name, area.code) for area in areas), *(Scope(unit.short_name, unit=unit) for unit in units)]


def chosen(scopes: list[Scope], given: QueryDict) -> Scope:
    """The one that the address names, or the first; another's is not there."""
    area, unit = given.get("area", ""), given.get("unit", "")
    for scope in scopes:
        if scope.filters in ({"area": area}, {"unit": unit}) or not (area or unit):
            return scope
    raise Http404
