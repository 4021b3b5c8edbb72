"""Drafts of a list: begun from what is in force or from an earlier version, brought up to date, given up."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.actions.writing import check_editor, clear_items, copy_items, held, touched
from accountability.duties import latest
from accountability.models import Item, ListKind, ListVersion
from accountability.seals import digests
from accountability.wordings import ListRefused
from grids.standing import Standing


@transaction.atomic
def begin(
    kind: ListKind, *, by: Standing | None, at: datetime, source: ListVersion | None = None, label: str = ""
) -> ListVersion:
    """A draft that says what is in force, or what an earlier version said; the first of its kind begins empty.

    Nothing is changed by it. Raises ListRefused for somebody who does not write lists.
    """
    editor = check_editor(by)
    base = latest(kind)
    with translation.override(settings.LANGUAGE_CODE):
        named = label.strip() or _("Draft of %(day)s") % {"day": localdate(at).isoformat()}
    draft = ListVersion.objects.create(
        kind=kind,
        label=named[:120],
        reference=bool(base and base.reference),
        base=base,
        made_by=editor.user,
        made_at=at,
    )  # fmt: skip
    if origin := source or base:
        copy_items(origin, draft)
    draft.editors.add(editor.user)
    return draft


@transaction.atomic
def discard(draft: ListVersion, *, by: Standing | None, at: datetime) -> None:
    """Give a draft up. One that a change still names, be it turned down, stays to be read."""
    draft = held(draft, by)
    if draft.change:
        raise ListRefused(_("A change names this draft, so it stays to be read. Begin another one."), "named")
    clear_items(draft)
    draft.editors.clear()
    draft.delete()


@transaction.atomic
def refresh(draft: ListVersion, *, by: Standing | None, at: datetime) -> list[str]:
    """Bring a draft up to date with the version that came into force meanwhile.

    What the draft did not touch follows the new version; what it changed stays. Returns the codes of items that both
    changed otherwise: their words in the draft stand, and somebody has to read them again.
    """
    draft = held(draft, by)
    newest = latest(draft.kind)
    if newest is None or draft.base is None or newest.pk == draft.base_id:
        return []
    was, now, mine = digests(draft.base), digests(newest), digests(draft)
    both = sorted({*was, *now, *mine})
    follow = [code for code in both if mine.get(code) == was.get(code) != now.get(code)]
    ids = list(Item.objects.filter(code__in=follow).values_list("pk", flat=True))
    clear_items(draft, ids)
    copy_items(newest, draft, ids)
    draft.base = newest
    draft.save(update_fields=["base"])
    touched(draft, check_editor(by), at)
    ours = [code for code in both if mine.get(code) != was.get(code)]
    return [code for code in ours if now.get(code) not in (was.get(code), mine.get(code))]
