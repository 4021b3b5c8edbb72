"""The manual of an item in a draft, part by part; a part that is left empty is made from the list."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accountability.actions.items import stamped
from accountability.actions.writing import check_editor, held, stands_in
from accountability.models import Item, ItemVersion, ListVersion, WrittenManual
from accountability.penned import check_manual, tidied
from accountability.seals import manual_digest
from accountability.wordings import ListRefused
from grids.standing import Standing


def manual_stamp(draft: ListVersion, item: Item) -> str:
    """A mark of the manual that is written in a draft; "" for none."""
    rows = WrittenManual.objects.filter(item_version__version=draft, item_version__item=item)
    return rows.values_list("digest", flat=True).first() or ""


@transaction.atomic
def save_manual(
    draft: ListVersion, item: Item, *, parts: Mapping[str, str], seen: str, by: Standing | None, at: datetime
) -> ItemVersion:
    """Write the manual anew; with no words in any part it is made from the list again. Raises ListRefused."""
    draft = held(draft, by)
    said = stands_in(draft, item)
    if seen != manual_stamp(draft, item):
        raise ListRefused(
            _("Somebody changed this manual after you opened it. Look at what it says now and change that."), "stale"
        )
    told = tidied(parts)
    check_manual(told)
    manual = WrittenManual(item_version=said, **told)
    manual.digest = manual_digest(manual) if any(told.values()) else ""
    if manual.digest == seen:
        raise ListRefused(_("Nothing is changed yet. Write a part, then save."), "nothing_changed")
    WrittenManual.objects.filter(item_version=said).delete()
    if manual.digest:
        manual.save()
    return stamped(said, check_editor(by), at)
