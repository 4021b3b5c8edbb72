"""The load of streets: how much was handed down to each, by whom, and what became of it, from the kept rows of days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from admission.days import PERIODS, USUAL, since
from admission.models import Load, LoadDay
from admission.querysets import departments_of, oversees, streets_of, under
from grids.models import Area, AreaKind
from grids.standing import Standing
from people.models import Unit


@dataclass(frozen=True)
class Line:
    """One street or department: how often each thing happened."""

    name: str
    filter: str
    numbers: list[tuple[Load, int]]

    @property
    def any(self) -> bool:
        return any(number for _what, number in self.numbers)

    @property
    def handed(self) -> int:
        return next(number for what, number in self.numbers if what == Load.HANDED)


@dataclass(frozen=True)
class Table:
    title: Promise
    head: Promise
    lines: list[Line]
    heads: list[Load]


def period_of(said: str) -> int:
    return int(said) if said.isdecimal() and int(said) in PERIODS else USUAL


def _seen(by: Standing) -> Q:
    """Everybody who oversees reads all; a street its own load, a department what it has handed down."""
    if oversees(by):
        return Q()
    return under("street__code", streets_of(by)) | Q(department__in=departments_of(by))


def tables(by: Standing, days: int, at: datetime) -> list[Table]:
    """By street in the order of their codes, and by department, most handed down first. Three queries."""
    rows = LoadDay.objects.filter(_seen(by), day__gt=since(days, at)).order_by()
    counted = list(rows.values_list("street", "department", "what").annotate(number=Sum("number")))
    streets = Area.objects.filter(kind=AreaKind.STREET).defer("outline")
    streets = streets if oversees(by) else streets.filter(pk__in={street for street, *_rest in counted})
    units = Unit.objects.filter(pk__in={unit for _street, unit, *_rest in counted}).order_by("code")
    by_street = [
        Line(
            one.name,
            f"street={one.code}",
            _numbers((what, n) for street, _unit, what, n in counted if street == one.pk),
        )
        for one in streets.order_by("code")
    ]
    by_unit = [
        Line(str(one), f"department={one.code}", _numbers((what, n) for _s, unit, what, n in counted if unit == one.pk))
        for one in units
    ]
    return [
        Table(_("Streets, in the order of their codes"), _("Street"), by_street, list(Load)),
        Table(_("Who hands down"), _("Department"), sorted(by_unit, key=lambda line: -line.handed), list(Load)),
    ]  # fmt: skip


def _numbers(rows: Iterable[tuple[str, int]]) -> list[tuple[Load, int]]:
    found = dict.fromkeys(Load, 0)
    for what, number in rows:
        found[Load(what)] += number
    return list(found.items())
