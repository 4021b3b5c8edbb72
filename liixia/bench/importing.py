"""How many items a second of a workbook are read, checked and saved in a draft, beside bare inserts of as many rows."""

from dataclasses import replace

from django.db import connection
from django.utils.timezone import localdate

from accountability.actions import Said, Wanted, begin, discard, take_in
from accountability.flows import flow_from
from accountability.models import Category, ListKind, ListVersion, WrittenManual
from accountability.penned import Penned
from accountability.seals import duties_of
from accountability.wordings import said_in
from accountability.writings import NOTHING, Writings, writings_in
from audit import clock
from desk.actions import listimports
from desk.listbook.reading import MOST_ITEMS
from desk.listbook.writing import written
from files.models import PIECE_BYTES
from grids.standing import Standing, standing_of
from liixia.bench.floors import copied
from liixia.bench.measuring import line, timed
from people.actions import give_role
from people.models import Role, Unit, User

SPARE = "joint"  # a kind of list that has no version: its draft begins empty


def list_import() -> dict[str, object]:
    """The whole way of a workbook of 5,000 items, with as many flows and manuals as the list in force has for its own,
    into an empty draft: received, unpacked, checked, kept, saved."""
    by = _editor()
    source = ListVersion.objects.in_force(localdate(clock.now()))
    full = _full(source, by)
    data = written(full, clock.now())[0]

    def ours() -> int:
        draft = begin(full.kind, by=by, at=clock.now(), label="bench")
        taken_in(draft, data, by)
        if draft.items.count() != MOST_ITEMS:
            raise AssertionError("not every item came in")
        return MOST_ITEMS

    told = line("list_import", "items/s", timed(ours), timed(lambda: _bare(full)))
    for draft in ListVersion.objects.filter(label="bench", number=None):
        discard(draft, by=by, at=clock.now())
    return told


def taken_in(draft: ListVersion, data: bytes, by: Standing) -> None:
    """As the page and the worker do it, one after the other."""
    one = listimports.begin(draft, size=len(data), name="bench.xlsx", by=by, at=clock.now())
    for offset in range(0, len(data), PIECE_BYTES):
        piece = data[offset : offset + PIECE_BYTES]
        listimports.add_piece(one.pk, by=by.user, offset=offset, data=piece, at=clock.now())
    listimports.compare(one.pk, by=by, at=clock.now())
    listimports.run(one.pk, now=clock.now)
    listimports.save(one.pk, by=by, at=clock.now())
    listimports.sweep_away(clock.now())


def _editor() -> Standing:
    """Somebody of the establishment office, made once."""
    at, unit = clock.now(), Unit.objects.order_by("code")[0]
    user = User.objects.filter(username="bench-lists").first()
    if user is None:
        user = User.objects.create_user("bench-lists", "试验", unit=unit)
        give_role(user, role=Role.ESTABLISHMENT, unit=unit, by=None, at=at, reason="bench")
    return standing_of(user, clock.now())


def _full(source: ListVersion, by: Standing) -> ListVersion:
    """A draft of 5,000 items that say what the items in force say, in turn."""
    duties, beside, category = duties_of(source), writings_in(source), Category.objects.all()[0]
    rows = list(source.items.order_by("pk"))
    told = [(said_in(row, duties[row.pk]), _penned(beside.get(row.pk, NOTHING))) for row in rows]
    wanted = [_wanted(number, category, *told[number % len(told)]) for number in range(MOST_ITEMS)]
    draft = begin(ListKind.objects.get(code=SPARE), by=by, at=clock.now(), label="bench")
    take_in(draft, wanted, off=(), seen={}, by=by, at=clock.now())
    return draft


def _wanted(number: int, category: Category, said: Said, penned: Penned) -> Wanted:
    return Wanted(f"BENCH-{number:04d}", category, replace(said, title=f"试验事项{number}"), penned)


def _penned(beside: Writings) -> Penned:
    """What is written beside an item, as a workbook would have it."""
    manual = {part: getattr(beside.manual, part) for part in WrittenManual.PARTS} if beside.manual else None
    return Penned(flow_from(beside.flow) if beside.flow else None, manual, frozenset())


ITEMS = copied("accountability_itemversion", version_id="%(to)s").format(only="version_id = %(source)s")
DUTIES = """
INSERT INTO accountability_duty (item_version_id, kind, party, unit_id, party_name, text, "order")
SELECT new.id, duty.kind, duty.party, duty.unit_id, duty.party_name, duty.text, duty."order"
  FROM accountability_duty duty JOIN accountability_itemversion old ON old.id = duty.item_version_id
  JOIN accountability_itemversion new ON new.item_id = old.item_id AND new.version_id = %(to)s
 WHERE old.version_id = %(source)s"""


def _bare(full: ListVersion) -> int:
    """The same rows once more, written by the database itself."""
    copy = ListVersion.objects.create(kind=full.kind, label="bench")
    given = {"to": copy.pk, "source": full.pk}
    with connection.cursor() as cursor:
        for sql in (ITEMS, DUTIES):
            cursor.execute(sql, given)
    return MOST_ITEMS
