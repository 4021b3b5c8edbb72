"""Which rulings are worth reading again, and what of them a page offers."""

from accountability.models import Item
from cases.models import Bench, Case, Precedent

# More than that nobody reads beside a form; the newest say what holds now.
OFFERED = 3
BINDING = (Bench.CONFERRAL, Bench.LEADER)


def is_one(bench: str, case: Case) -> bool:
    """The desk decides the day's business; without an item nothing would find the ruling again."""
    return bench in BINDING and case.item_id is not None


def offered(case: Case, item: Item | None) -> list[Precedent]:
    """The newest rulings on this item at the kind of place where the case is."""
    if item is None:
        return []
    rows = Precedent.objects.fitting(item.pk, case.area.kind).exclude(case=case)
    return list(rows.select_related("unit", "case__list_version")[:OFFERED])
