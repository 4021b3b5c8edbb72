"""The names behind the codes of a list's address, and what may be chosen instead: one question for all of them."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import BooleanField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from accountability.models import Category, Function, Item, ItemVersion
from audit.arrays import any_of
from audit.kept import Kept
from desk.asking import Fault, Question
from grids.models import Area, AreaKind
from grids.querysets import code_and_above
from people.models import Unit, UnitKind

KINDS = ("category", "item", "function", "unit", "area")


@dataclass(frozen=True)
class Named:
    """One thing with a code; `foreign` says that its name is Chinese whatever the reader's language."""

    code: str
    name: str
    foreign: bool


class Names:
    """Categories, items, functions, units and the areas around and below the one asked for."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.of: dict[str, list[Named]] = defaultdict(list)
        english = (get_language() or "").startswith("en")
        said = question.said
        around, unit = said.get("area", ""), said.get("unit", "")
        rows = _named(unit=unit, around=code_and_above(around), within=around)
        for kind, code, name, name_en, _order in sorted(rows, key=lambda row: row[4:] + row):
            self.of[kind].append(Named(code, (english and name_en) or name, not (english and name_en)))

    def named(self, kind: str) -> Named | None:
        """What the address names, if there is such a thing."""
        code = self.question.said.get(kind, "")
        return next((one for one in self.of[kind] if one.code == code), None)

    def unknown(self) -> list[Fault]:
        """Codes in the address that nothing has."""
        said, filters = self.question.said, self.question.filters
        wrong = {name for name in filters.errors}
        kinds = [kind for kind in KINDS if kind in said and kind not in wrong]
        return [Fault(filters.filters[kind].label, said[kind]) for kind in kinds if not self.named(kind)]


@Kept
def _named(unit: str, around: list[str], within: str) -> QuerySet:
    """All categories; all items but those that only a draft knows; all functions as they were said last; all units but
    stations, unless one is asked for; and areas: the one asked for with what lies around it and directly in it,
    otherwise the streets."""
    latest = ItemVersion.objects.numbered().filter(item=OuterRef("pk")).order_by("-version__number").values("title")[:1]
    later = Function.objects.filter(code=OuterRef("code"), version__number__gt=OuterRef("version__number"))
    units = Unit.objects.filter(~Q(kind=UnitKind.STATION) | Q(code=unit)).annotate(called=F("short_name"))
    near = Q(any_of("code", around)) | Q(parent__code=within)
    streets = Q(kind=AreaKind.STREET) & RawSQL("%s = ''", [within], output_field=BooleanField())
    first, *others = (
        _listed(Category.objects.annotate(called=F("name")), "category", F("name_en"), F("order")),
        _listed(Item.objects.annotate(called=Subquery(latest)).exclude(called=None), "item"),
        _listed(Function.objects.filter(~Exists(later)).annotate(called=F("title")), "function"),
        _listed(units, "unit"),
        _listed(Area.objects.filter(near | streets).annotate(called=F("name")), "area"),
    )
    return first.union(*others, all=True)


def _listed(rows: QuerySet, kind: str, english: F | Value | None = None, order: F | None = None) -> QuerySet:
    words = {"kind_of": Value(kind), "english": english or Value(""), "nth": order or Value(0, IntegerField())}
    return rows.order_by().annotate(**words).values_list("kind_of", "code", "called", "english", "nth")
