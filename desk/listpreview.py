"""A workbook beside its draft as the page shows it: some items at a time, word by word; and who changed what since."""

from collections.abc import Sequence

from django.db.models import Prefetch

from accountability.models import Category, Duty, ItemVersion
from accountability.wordings import ordered
from desk.itemlist import ItemChange, Saying, between
from desk.listbook.comparing import heard
from desk.models import ListImport, ListImportFault, ListImportItem
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
    return {row.item.code: Saying(row, list(row.duties.all())) for row in rows.prefetch_related(duties)}


def _change(
    row: ListImportItem, stands: Saying | None, units: dict[int, Unit], categories: dict[int, Category]
) -> ItemChange:
    if row.what == What.GONE:
        return ItemChange(row.code, stands.row.title if stands else "", row.what, between(stands, None), None)
    said = heard(row.code, row.said, units, categories).said
    wished = ItemVersion()
    said.put_on(wished)
    return ItemChange(row.code, wished.title, row.what, between(stands, Saying(wished, ordered(said.duties))), None)


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
