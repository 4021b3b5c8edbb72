"""A whole list at once, as a workbook has it: the same checks as for one item, in a fixed number of statements."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.actions.penning import pen
from accountability.actions.writing import check_editor, clear_items, held, write
from accountability.flows import parties_for, parties_of
from accountability.models import Category, Item, ItemVersion, ListVersion
from accountability.penned import KEPT, Penned, check_manual
from accountability.seals import digests
from accountability.steps import check_written
from accountability.wordings import ListRefused, Said, check
from grids.standing import Standing

MOST_NAMED = 20


@dataclass(frozen=True)
class Wanted:
    """What an item of this code is to say, with flow and manual; the category counts where the code is new."""

    code: str
    category: Category
    said: Said
    penned: Penned = KEPT


class DraftMoved(ListRefused):
    """The draft does not say any more what it said when the workbook was compared with it."""

    def __init__(self, codes: list[str]) -> None:
        self.codes = codes
        named = ", ".join(codes[:MOST_NAMED]) + (" …" if len(codes) > MOST_NAMED else "")
        told = _(
            "The draft was changed after the workbook was compared with it: %(codes)s. Nothing is saved."
            " Compare the workbook again."
        )
        super().__init__(told, "stale", {"codes": named})


@transaction.atomic
def take_in(
    draft: ListVersion, wanted: Sequence[Wanted], *, off: Collection[str], seen: Mapping[str, str], by: Standing | None,
    at: datetime,
) -> None:  # fmt: skip
    """Write these items and take those off, all of it or nothing.

    `seen` is the stamp of every item that the draft held when it was compared, by its code. Raises ListRefused as
    `save_item` and `add_item` do, with the code of the item before the sentence; DraftMoved where anything of the
    draft was changed meanwhile.
    """
    draft = held(draft, by)
    _check_seen(draft, seen)
    if not wanted and not off:
        raise ListRefused(_("The workbook says what the draft says. There is nothing to save."), "nothing_changed")
    _check(wanted)
    clear_items(draft, list(Item.objects.filter(code__in=off).values_list("pk", flat=True)))
    items = _items(wanted)
    rows = [(ItemVersion(version=draft, item=items[one.code]), one.said) for one in wanted]
    penned = {items[one.code].pk: one.penned for one in wanted}
    pen([(row, penned[row.item_id]) for row in write(draft, rows, check_editor(by), at, penned)])


def _check_seen(draft: ListVersion, seen: Mapping[str, str]) -> None:
    now = digests(draft)
    moved = sorted(code for code in now.keys() | seen.keys() if now.get(code) != seen.get(code))
    if moved:
        raise DraftMoved(moved)


def _check(wanted: Sequence[Wanted]) -> None:
    """Raises ListRefused for the first item that could not stand, with its code before the sentence."""
    common = frozenset(parties_for([])) if any(one.penned.flow for one in wanted) else frozenset()
    for one in wanted:
        try:
            check(one.said)
            check_manual(one.penned.manual or {})
            if one.penned.flow:
                check_written(one.penned.flow.steps, common | parties_of(one.said), one.penned.flow.basis)
        except ListRefused as refused:
            raise ListRefused(f"{one.code}: {refused.sentence}", str(refused.code)) from None


def _items(wanted: Sequence[Wanted]) -> dict[str, Item]:
    """The items of these codes; those that never stood on any list are made."""
    codes = [one.code for one in wanted]
    known = set(Item.objects.filter(code__in=codes).values_list("code", flat=True))
    Item.objects.bulk_create(
        [Item(code=one.code, category=one.category) for one in wanted if one.code not in known],
        batch_size=1000, ignore_conflicts=True,
    )  # fmt: skip
    return {item.code: item for item in Item.objects.filter(code__in=codes)}
