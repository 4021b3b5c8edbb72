"""A workbook beside its draft as the page shows it: some items at a time, word by word; and who changed what since."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Prefetch

from accountability.flows import made_of
from accountability.models import Category, Duty, ItemVersion
from accountability.penned import Penned
from accountability.seals import FLOW, MANUAL
from accountability.wordings import ordered
from accountability.writings import PREFETCHED
from desk.itemlist import Change, ItemChange, Saying, between, changes, written_between
from desk.listbook.comparing import heard
from desk.models import ListImport, ListImportFault, ListImportItem
from desk.writings import Beside, beside
from people.models import Unit

ITEMS_A_PAGE, FAULTS_A_PAGE = 20, 50
What = ListImportItem.What


def differing(one: ListImport, what: str, after: str) -> tuple[list[ItemChange], str]:
    """The next items that it would change, of one sort or of all, by their codes; and the last of them, where more
    follow."""
    rows = one.items.filter(code__gt=after)
    rows = list((rows.filter(what=what) if what else rows).order_by("code")[: ITEMS_A_PAGE + 1])
    shown = rows[:ITEMS_A_PAGE]
    stands = _standing(one, [row.code for row in shown])
    units = Unit.objects.in_bulk([unit for row in shown for unit in _units(row)])
    categories = Category.objects.in_bulk()
    found = [_change(row, stands.get(row.code), units, categories) for row in shown]
    return found, shown[-1].code if len(rows) > ITEMS_A_PAGE else ""


def _units(row: ListImportItem) -> list[int]:
    return [unit for _kind, _party, unit, *_words in row.said.get("duties", ()) if unit]


def _standing(one: ListImport, codes: Sequence[str]) -> dict[str, Saying]:
    """What the draft says of these items now."""
    rows = ItemVersion.objects.filter(version=one.draft, item__code__in=codes).select_related("item")
    duties = Prefetch("duties", Duty.objects.select_related("unit").order_by("kind", "order", "pk"))
    rows = rows.prefetch_related(duties, *PREFETCHED)
    return {row.item.code: Saying(row, list(row.duties.all())) for row in rows}


def _change(
    row: ListImportItem, stands: Saying | None, units: dict[int, Unit], categories: dict[int, Category]
) -> ItemChange:
    if row.what == What.GONE:
        found = changes(stands.row, None) if stands else []
        return ItemChange(row.code, stands.row.title if stands else "", row.what, found, None)
    wanted = heard(row.code, row.said, units, categories)
    wished = ItemVersion()
    wanted.said.put_on(wished)
    after = Saying(wished, ordered(wanted.said.duties))
    found = between(stands, after) + _beside(wanted.penned, stands, after)
    return ItemChange(row.code, wished.title, row.what, found, None)


def _beside(penned: Penned, stands: Saying | None, after: Saying) -> list[Change]:
    """How flow and manual would change."""
    before = beside(stands.row) if stands else None
    flow = before.flow if before and FLOW in penned.keeps else penned.flow
    parts = before.parts if before and MANUAL in penned.keeps else penned.manual or {}
    made = partial(made_of, after.row.street_led, after.duties)
    return written_between(before, Beside(flow, parts, made))


def faults(one: ListImport, after: int) -> tuple[list[ListImportFault], int]:
    """The next faults in the order of the file; and the last of them, where more follow."""
    rows = list(one.faults.filter(number__gt=after).order_by("number")[: FAULTS_A_PAGE + 1])
    shown = rows[:FAULTS_A_PAGE]
    return shown, shown[-1].number if len(rows) > FAULTS_A_PAGE else 0


def moved(one: ListImport, codes: Sequence[str]) -> list[tuple[str, ItemVersion | None]]:
    """Items of the draft that somebody changed since, with what they say now; nothing of one that was taken off."""
    rows = ItemVersion.objects.filter(version=one.draft, item__code__in=codes).select_related("item", "edited_by")
    found = {row.item.code: row for row in rows}
    return [(code, found.get(code)) for code in codes]
