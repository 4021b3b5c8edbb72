"""One item of a draft at a time, so that several people write at once and nobody loses another's words."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.actions.writing import check_editor, clear_items, copy_items, held, touched, write
from accountability.duties import duty_texts
from accountability.models import Category, Item, ItemVersion, ListVersion
from accountability.seals import digest_of
from accountability.wordings import ListRefused, Said, check, stamp_of
from accountability.writings import NOTHING, writings_of
from grids.standing import Standing


def whole_stamp(draft: ListVersion, item: Item) -> str:
    """A mark of all that a draft says of an item, to tell whether somebody changed it meanwhile; "" for nothing."""
    said = ItemVersion.objects.filter(version=draft, item=item).first()
    return digest_of(said, duty_texts(item, draft), writings_of(said)) if said else ""


def stamp(draft: ListVersion, item: Item) -> str:
    """The same of its own words and duties alone: flow and manual are written beside them, by others perhaps."""
    said = ItemVersion.objects.filter(version=draft, item=item).first()
    return digest_of(said, duty_texts(item, draft), NOTHING) if said else ""


@transaction.atomic
def save_item(
    draft: ListVersion, item: Item, *, said: Said, seen: str, by: Standing | None, at: datetime
) -> ItemVersion:
    """Say anew what an item says in a draft. `seen` is the stamp of the words that the editor had before them.

    Raises ListRefused with a sentence and a code; `stale` where somebody else has saved it meanwhile.
    """
    draft = held(draft, by)
    _check_seen(stamp(draft, item), seen)
    check(said)
    row = ItemVersion.objects.filter(version=draft, item=item).first() or ItemVersion(version=draft, item=item)
    if stamp_of(said) == seen:
        raise ListRefused(_("Nothing is changed yet. Change a duty, then save."), "nothing_changed")
    return write(draft, [(row, said)], check_editor(by), at)[0]


@transaction.atomic
def add_item(
    draft: ListVersion, *, code: str, category: Category, said: Said, by: Standing | None, at: datetime
) -> ItemVersion:
    """Put an item on the list that never stood on one. Its code is its own for good."""
    draft = held(draft, by)
    check(said)
    row = ItemVersion(version=draft, item=_new(code, category))
    return write(draft, [(row, said)], check_editor(by), at)[0]


@transaction.atomic
def take_off(draft: ListVersion, item: Item, *, seen: str, by: Standing | None, at: datetime) -> None:
    """Take an item off the list in a draft; the versions before keep it, and so do the cases under them."""
    draft = held(draft, by)
    _check_seen(whole_stamp(draft, item), seen)
    clear_items(draft, [item.pk])
    touched(draft, check_editor(by), at)


@transaction.atomic
def put_back(draft: ListVersion, item: Item, *, seen: str, by: Standing | None, at: datetime) -> None:
    """Say of an item again what the version says that the draft started from."""
    draft = held(draft, by)
    _check_seen(whole_stamp(draft, item), seen)
    clear_items(draft, [item.pk])
    if draft.base:
        copy_items(draft.base, draft, [item.pk])
    touched(draft, check_editor(by), at)


def _new(code: str, category: Category) -> Item:
    """An item of this code. One that never came onto any list may begin anew."""
    item, made = Item.objects.get_or_create(code=code, defaults={"category": category})
    if not made and item.versions.exists():
        raise ListRefused(
            _("The code %(code)s belongs to an item already. Choose another one, or change that item."),
            "duplicate_code",
            {"code": code},
        )
    if item.category_id != category.pk:
        item.category = category
        item.save(update_fields=["category"])
    return item


def _check_seen(now: str, seen: str) -> None:
    if seen != now:
        raise ListRefused(
            _("Somebody changed this item after you opened it. Look at what it says now and change that."), "stale"
        )


def stamped(row: ItemVersion, by: Standing, at: datetime) -> ItemVersion:
    """What was written at in a draft, with its digest, and who had a hand in it."""
    row.digest = digest_of(row, duty_texts(row.item, row.version), writings_of(row))
    row.edited_by, row.edited_at = by.user, at
    row.save(update_fields=["digest", "edited_by", "edited_at"])
    touched(row.version, by, at)
    return row
