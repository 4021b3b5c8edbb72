"""Cases as lists show them: where, about what, how much time is left, and what to press."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.urls import reverse

from accountability import timewords
from accountability.models import Category, ItemVersion, ListKind
from accountability.timewords import Look
from cases.models import Case
from desk.kinds import KINDS
from desk.work import Turn, Work
from grids.models import AreaKind
from grids.naming import told_once
from people.drawn import english

# Of a case everything; of what it hangs on no more than lines say, and no rows of their own.
OF_CASE = [field.name for field in Case._meta.concrete_fields]
SAID = {
    "of_kind": "category__name",
    "of_kind_en": "category__name_en",
    "kind_of_place": "area__kind",
    "named": "area__name",
    "within": "area__parent__name",
    "around": "area__parent__parent__name",
}
LIGHTS = {"settled": "done", "paused": "hold", "awaiting": "wait"}


@dataclass(frozen=True)
class Row:
    """One line of a list of work."""

    turn: Turn
    case: Case
    look: Look | None
    group: str

    @property
    def where(self) -> list[str]:
        return where(self.case)

    @property
    def about(self) -> str:
        return about(self.case)

    @property
    def href(self) -> str:
        return address(self.turn, self.case)


def rows_of(turns: list[Turn], work: Work, at: datetime) -> list[Row]:
    """These turns with their cases read in one query."""
    cases = {case.pk: case for case in listed(Case.objects.filter(pk__in={turn.case_id for turn in turns}))}
    return [Row(turn, cases[turn.case_id], _look(turn, work, at), turn.group(at)) for turn in turns]


def listed(cases: QuerySet[Case], **more: Sequence[str]) -> QuerySet[Case]:
    """With everything that a line of a list says, and `more` of what else hangs on a case."""
    title = ItemVersion.objects.filter(item=OuterRef("item"), version=OuterRef("list_version")).values("title")[:1]
    columns = [f"{name}__{column}" for name, of in more.items() for column in of]
    rows = cases.select_related(*more).only(*OF_CASE, *columns) if more else cases
    return rows.annotate(item_title=Subquery(title), **{name: F(field) for name, field in SAID.items()})


def _look(turn: Turn, work: Work, at: datetime) -> Look | None:
    return timewords.look(turn.clock, at, work.calendar) if turn.clock else None


def address(turn: Turn, case: Case) -> str:
    """Where the next move is made: its form, or the case page where there is a choice."""
    if turn.kind is None or not turn.kind.direct:
        return reverse("desk:case", args=[case.number])
    if turn.call and turn.kind is KINDS["rule"]:
        return reverse("cases:dispute", args=[case.number, turn.call.pk])
    if turn.kind is KINDS["call_back"]:
        return reverse("engagement:call_back", args=[case.number])
    if turn.call:
        return reverse("cases:summons_move", args=[case.number, turn.call.pk, turn.kind.verb.value])
    return reverse("cases:move", args=[case.number, turn.kind.verb.value])


def where(case: Case) -> list[str]:
    """The names of the street and the community of the place; the district's where nothing finer is known."""
    said = vars(case)
    chain = {AreaKind.GRID: ("around", "within"), AreaKind.COMMUNITY: ("within", "named")}
    return told_once(said[name] for name in chain.get(said["kind_of_place"], ("named",)))


def about(case: Case) -> str:
    """The item's own words, or its category's name in the reader's language."""
    said = vars(case)
    return said["item_title"] or said["of_kind_en" if english() else "of_kind"]


def named(thing: Category | ListKind) -> str:
    """What a category or a kind of list is called in the reader's language."""
    return thing.name_en if english() else thing.name
