"""Open cases by area for the map and the table beside it: streets, and within a street its grids."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.counting import counts_by_place
from cases.days import STREET_CODE
from cases.filters import DUE, GRID_CODE
from cases.models import Case
from cases.querysets import CaseQuerySet
from grids.models import Area
from grids.standing import Standing

NOT_FINER = {STREET_CODE: _("No street known"), GRID_CODE: _("No grid known")}
GROUPS = tuple(DUE)


@dataclass(frozen=True)
class Asked:
    """What the address of the map asks for; unknown values ask for nothing."""

    category: str = ""
    due: str = ""
    area: str = ""

    @classmethod
    def read(cls, given: QueryDict) -> "Asked":
        due, area = given.get("due", ""), given.get("area", "")
        street = area if area.isdecimal() and len(area) == STREET_CODE else ""
        return cls(given.get("category", "")[:20], due if due in DUE else "", street)

    def narrow(self, cases: CaseQuerySet) -> CaseQuerySet:
        cases = cases.filter(category__code=self.category) if self.category else cases
        return cases.under(self.area) if self.area else cases

    @property
    def groups(self) -> list[int]:
        """Which groups of time left count."""
        return [GROUPS.index(self.due)] if self.due else list(range(len(GROUPS)))

    def address(self, view: str, **other: str) -> str:
        wanted = {"category": self.category, "due": self.due, "area": self.area, **other}
        given = urlencode({name: value for name, value in wanted.items() if value})
        return f"{reverse(view)}{'?' if given else ''}{given}"

    def cases(self, **other: str) -> str:
        return self.address("desk:cases", state="open", **other)


@dataclass(frozen=True)
class Row:
    """One area with its open cases, and the list of each number; `href` leads to the map of what lies within."""

    code: str
    label: str | Promise
    foreign: bool
    href: str
    all: tuple[int, str]
    groups: list[tuple[str, int, str]]


class Areas:
    """What this person sees of open cases at a moment, by place."""

    def __init__(self, asked: Asked, standing: Standing, at: datetime) -> None:
        self.asked = asked
        found = counts_by_place(asked.narrow(Case.objects.visible_to(standing).open()), at)
        self.places = {code: self._only(numbers) for code, numbers in found.items()}

    def _only(self, numbers: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(number if nth in self.asked.groups else 0 for nth, number in enumerate(numbers))

    @cached_property
    def by_code(self) -> dict[str, list[int]]:
        """Streets and grids with something open: how many in each group of time left."""
        summed: dict[str, list[int]] = defaultdict(lambda: [0] * len(GROUPS))
        for place, numbers in self.places.items():
            for code in {place[:STREET_CODE], place}:
                if len(code) in (STREET_CODE, GRID_CODE):
                    summed[code] = [sum(pair) for pair in zip(summed[code], numbers, strict=True)]
        return {code: numbers for code, numbers in sorted(summed.items()) if any(numbers)}

    @property
    def tag(self) -> str:
        """The same while the counts are."""
        return f'W/"{sha256(repr(self.by_code).encode()).hexdigest()[:20]}"'

    @property
    def total(self) -> list[int]:
        return [sum(column) for column in zip(*self.places.values(), strict=True)] or [0] * len(GROUPS)

    def rows(self) -> list[Row]:
        """The streets, or the grids of the street asked for, most open cases first; then what no finer place has."""
        length = GRID_CODE if self.asked.area else STREET_CODE
        codes = [code for code in self.by_code if len(code) == length]
        names = dict(Area.objects.filter(code__in=codes).values_list("code", "name"))
        rows = [self._row(code, names.get(code, code), self.by_code[code]) for code in codes]
        rows.sort(key=lambda row: (-row.all[0], row.code))
        rest = [numbers for place, numbers in self.places.items() if len(place) < length]
        rest_summed = [sum(column) for column in zip(*rest, strict=True)]
        if any(rest_summed):
            known = "street" if self.asked.area else "district"
            rows.append(self._row("", NOT_FINER[length], rest_summed, known=known))
        return rows

    def _row(self, code: str, label: str | Promise, numbers: list[int], **filters: str) -> Row:
        filters = {**filters, "area": code} if code else filters
        wider = len(code) == STREET_CODE
        groups = [
            (name, number, self.asked.cases(**filters, due=name))
            for nth, (name, number) in enumerate(zip(GROUPS, numbers, strict=True))
            if nth in self.asked.groups
        ]
        href = self.asked.address("desk:map", area=code) if wider else ""
        return Row(code, label, bool(code), href, (sum(numbers), self.asked.cases(**filters)), groups)
