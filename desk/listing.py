"""The first list of cases: what its filters say, how many each choice would show, and one page of rows."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from urllib.parse import urlencode

from django.db.models import Count, QuerySet
from django.db.models.functions import Substr
from django.http import QueryDict
from django.urls import reverse

from accountability.models import Category
from cases.models import Case, State
from cases.models.case import ENDED
from grids.models import Area, AreaKind
from grids.standing import Standing

SIZE = 50
OPEN, EVERY = "", "all"
OPEN_STATES = [state for state in State if state not in ENDED]
STREET_CODE = 9


@dataclass(frozen=True)
class Filters:
    """What the address asks for; unknown values ask for nothing."""

    state: str = OPEN
    category: str = ""
    street: str = ""
    item: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> "Filters":
        state, street = given.get("state", ""), given.get("street", "")
        known = state in State.values or state == EVERY
        proper = street.isdecimal() and len(street) == STREET_CODE
        words = given.get("category", "")[:20], street if proper else "", given.get("item", "")[:12]
        return cls(state if known else OPEN, *words)

    def states(self) -> list[str]:
        if self.state == EVERY:
            return list(State)
        return [self.state] if self.state else list(OPEN_STATES)

    def admit(self, state: str, category: str, street: str) -> bool:
        return state in self.states() and self.category in ("", category) and self.street in ("", street)

    def apply(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        cases = cases.filter(state__in=self.states()) if self.state != EVERY else cases
        cases = cases.filter(category__code=self.category) if self.category else cases
        return cases.under(self.street) if self.street else cases

    def address(self, **other: str) -> str:
        wanted = replace(self, **other)
        given = {name: value for name, value in vars(wanted).items() if value}
        return f"{reverse('desk:cases')}{'?' if given else ''}{urlencode(given)}"


class Facets:
    """How many cases each choice of each filter would show, from one count over what this person may see."""

    def __init__(self, visible: QuerySet[Case], filters: Filters) -> None:
        self.filters = filters
        grouped = visible.order_by().values_list("state", "category__code", Substr("place_code", 1, STREET_CODE))
        self.counts: dict[tuple[str, str, str], int] = {
            (state, category, street): number for state, category, street, number in grouped.annotate(Count("pk"))
        }

    def count(self, **other: str) -> int:
        wanted = replace(self.filters, **other)
        return sum(number for key, number in self.counts.items() if wanted.admit(*key))

    @cached_property
    def states(self) -> Counter[str]:
        """Each state, the open ones together ("") and all."""
        every = [OPEN, *State, EVERY]
        return Counter({state: self.count(state=state) for state in every})

    @cached_property
    def categories(self) -> list[tuple[Category, int]]:
        found = {category for _, category, _ in self.counts}
        rows = Category.objects.filter(code__in=found)
        return [(row, self.count(category=row.code)) for row in rows]

    @cached_property
    def streets(self) -> list[tuple[Area, int]]:
        found = {street for _, _, street in self.counts}
        rows = Area.objects.filter(code__in=found, kind=AreaKind.STREET).only("code", "name")
        return [(row, self.count(street=row.code)) for row in rows]


def visible(standing: Standing, filters: Filters) -> QuerySet[Case]:
    """What all the counts count: this person's cases, of one item of the list where the address names one."""
    seen = Case.objects.visible_to(standing)
    return seen.filter(item__code=filters.item) if filters.item else seen
