"""The draft that is held while somebody writes at it, and how what a list says gets from one version into another."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.changing.posts import LISTING
from accountability.models import Duty, Item, ItemVersion, ListVersion
from accountability.penned import KEPT, Penned, marked
from accountability.seals import digest_with, marks_in
from accountability.wordings import ListRefused, Said, duties_told, plain
from accountability.writings import clear_writings, copy_writings
from grids.standing import Standing

NONE: Mapping[int, Penned] = MappingProxyType({})
GONE = gettext_lazy("This item was taken off the list in this draft. Put it back first.")

OWN = [
    "title", "area", "street_led", "legal_basis", "basis_from", "basis_until", "evidence", "limit", "closing_test",
    "digest", "edited_by", "edited_at",
]  # fmt: skip
DUTIES = """
INSERT INTO accountability_duty (item_version_id, kind, party, unit_id, party_name, text, "order")
SELECT * FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bigint[], %s::text[], %s::text[], %s::smallint[])"""


def check_editor(by: Standing | None) -> Standing:
    if by is None or not LISTING.allows(by, ""):
        raise ListRefused(
            _("Only the establishment office changes the list. Tell it what should stand here."), "wrong_person"
        )
    return by


def held(draft: ListVersion, by: Standing | None) -> ListVersion:
    """The draft as it stands, held until the end. Raises ListRefused where it is not open to them."""
    check_editor(by)
    rows = ListVersion.objects.select_for_update(of=("self",), no_key=True).select_related("kind", "change", "base")
    found = rows.filter(pk=draft.pk).first()
    if found is None or found.number is not None:
        raise ListRefused(_("There is no such draft any more. Begin another one."), "no_draft")
    if not found.open:
        raise ListRefused(_("This draft was sent to a second person. Have it withdrawn before it is changed."), "sent")
    return found


def stands_in(draft: ListVersion, item: Item) -> ItemVersion:
    """What the draft says of the item. Raises ListRefused (taken_off) where it holds it no more."""
    said = ItemVersion.objects.filter(version=draft, item=item).first()
    if said is None:
        raise ListRefused(str(GONE), "taken_off")
    return said


def copy_items(source: ListVersion, target: ListVersion, only: Collection[int] | None = None) -> None:
    """Say in the target what the source says, of all items or of these by their ids, with flows and manuals.

    A fixed number of statements, however many items there are.
    """
    items = list(ItemVersion.objects.filter(version=source, **_among("item", only)).order_by("pk"))
    duties = list(Duty.objects.filter(item_version__in=[said.pk for said in items]).order_by("pk"))
    places = {said.pk: said for said in items}
    for said in items:
        said.pk, said.version = None, target
        said.edited_by = said.edited_at = None
    ItemVersion.objects.bulk_create(items, batch_size=1000)
    for duty in duties:
        duty.pk, duty.item_version = None, places[duty.item_version_id]
    Duty.objects.bulk_create(duties, batch_size=2000)
    copy_writings(places)


def clear_items(version: ListVersion, only: Collection[int] | None = None) -> None:
    """Take what a draft says away, of all items or of these."""
    rows = ItemVersion.objects.filter(version=version, version__number=None, **_among("item", only))
    Duty.objects.filter(item_version__in=rows).delete()
    clear_writings(rows)
    rows.delete()


def write(
    draft: ListVersion, wanted: Sequence[tuple[ItemVersion, Said]], by: Standing, at: datetime,
    penned: Mapping[int, Penned] = NONE,
) -> list[ItemVersion]:  # fmt: skip
    """Rows of a draft with what each is to say in the place of what stood there; a fixed number of statements.

    What is said has passed `check`. Flows and manuals stay as they are, but for what `penned` says by the key of the
    item, which the caller writes. Who had a hand in it is kept.
    """
    marks = marks_in(draft)
    for row, said in wanted:
        said.put_on(row)
        beside = marked(penned.get(row.item_id, KEPT), marks.get(row.item_id, {}))
        row.digest = digest_with(plain(said), duties_told(said.duties), beside)
        row.edited_by, row.edited_at = by.user, at
    rows = [row for row, _said in wanted]
    ItemVersion.objects.bulk_create(
        rows, batch_size=1000, update_conflicts=True, unique_fields=["version", "item"], update_fields=OWN
    )
    Duty.objects.filter(item_version__in=rows).delete()
    _write_duties(wanted)
    touched(draft, by, at)
    return rows


def _write_duties(wanted: Sequence[tuple[ItemVersion, Said]]) -> None:
    """In one statement and without an object a row: a whole list has tens of thousands."""
    told = [
        (row.pk, *one, order) for row, said in wanted for order, one in enumerate(duties_told(said.duties), start=1)
    ]
    with connection.cursor() as cursor:
        cursor.execute(DUTIES, [list(column) for column in zip(*told, strict=True)])


def touched(draft: ListVersion, by: Standing, at: datetime) -> None:
    """Keep who had a hand in a draft: they will not decide it."""
    draft.editors.add(by.user)
    draft.made_at = at
    draft.save(update_fields=["made_at"])


def _among(name: str, only: Collection[int] | None) -> dict[str, Collection[int]]:
    return {} if only is None else {f"{name}__in": only}
