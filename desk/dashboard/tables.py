"""Tables of open cases by street, unit, category and item: each number beside the list that it counts."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, ItemVersion
from audit.arrays import any_of
from audit.kept import Kept
from cases.counting import Count, Counts
from cases.filters import DISTRICT_CODE
from desk.dashboard.scopes import Scope
from desk.rows import named
from grids.models import Area
from people.models import Unit

SHOWN = 8
NOWHERE = _("No street known")


@dataclass(frozen=True)
class Cell:
    """A number and the list that it counts."""

    number: int
    scope: Scope
    filters: dict[str, str]

    @property
    def href(self) -> str:
        return self.scope.cases(**self.filters)


@dataclass(frozen=True)
class Line:
    label: str | Promise
    foreign: bool
    open: Cell
    today: Cell
    over: Cell


@dataclass(frozen=True)
class Table:
    """Lines of one kind, most open cases first; long ones are cut until all are asked for."""

    code: str
    title: Promise
    head: Promise
    lines: list[Line]
    whole: bool

    @property
    def shown(self) -> list[Line]:
        return self.lines if self.whole else self.lines[:SHOWN]

    @property
    def cut(self) -> bool:
        return len(self.lines) > len(self.shown)


def line(scope: Scope, count: Count, label: str | Promise, foreign: bool = True, **filters: str) -> Line:
    def cell(number: int, **due: str) -> Cell:
        return Cell(number, scope, {**filters, **due})

    return Line(
        label, foreign, cell(count.open), cell(count.today, due="today"), cell(count.over, due="over")
    )  # fmt: skip


def tables_of(scope: Scope, counts: Counts, units: dict[int, Count], wanted: str) -> list[Table]:
    """Those that say something in this scope; one query each for the names."""
    made = [
        ("category", _("By category"), _("Category"), by_category(scope, counts.category)),
        ("item", _("By item of the list"), _("Item"), by_item(scope, counts.item)),
    ]
    if not scope.unit:
        made.insert(0, ("unit", _("By unit called"), _("Unit"), by_unit(scope, units)))
    if scope.whole or scope.unit:
        made.insert(0, ("street", _("By street"), _("Street"), by_street(scope, counts.street)))
    return [
        Table(code, title, head, ordered(lines), code == "street" or code == wanted)
        for code, title, head, lines in made
    ]


def ordered(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (-line.open.number, -line.over.number, str(line.label)))


def by_street(scope: Scope, counts: dict[str, Count]) -> list[Line]:
    names = dict(_streets(codes=list(counts)))
    return [
        line(scope, count, NOWHERE, foreign=False, known="district")
        if len(code) == DISTRICT_CODE
        else line(scope, count, names.get(code, code), area=code)
        for code, count in counts.items()
    ]


def by_unit(scope: Scope, counts: dict[int, Count]) -> list[Line]:
    units = {unit.pk: unit for unit in _units(ids=list(counts))}
    return [line(scope, count, units[pk].short_name, unit=units[pk].code) for pk, count in counts.items()]


def by_category(scope: Scope, counts: dict[str, Count]) -> list[Line]:
    rows = {row.pk: row for row in _categories(ids=[int(pk) for pk in counts])}
    return [
        line(scope, count, named(rows[int(pk)]), foreign=False, category=rows[int(pk)].code)
        for pk, count in counts.items()
    ]


def by_item(scope: Scope, counts: dict[str, Count]) -> list[Line]:
    """Items by their newest words; cases without an item are in the other tables."""
    rows = _items(ids=[int(pk) for pk in counts if pk])
    return [line(scope, counts[str(pk)], title, item=code) for pk, code, title in rows]


@Kept
def _streets(codes: list[str]) -> QuerySet:
    return Area.objects.filter(any_of("code", codes)).order_by().values_list("code", "name")


@Kept
def _units(ids: list[int]) -> QuerySet[Unit]:
    return Unit.objects.filter(any_of("pk", ids))


@Kept
def _categories(ids: list[int]) -> QuerySet[Category]:
    return Category.objects.filter(any_of("pk", ids))


@Kept
def _items(ids: list[int]) -> QuerySet:
    said = (
        ItemVersion.objects.numbered().filter(any_of("item", ids)).order_by("item", "-version__number").distinct("item")
    )
    return said.values_list("item", "item__code", "title")
