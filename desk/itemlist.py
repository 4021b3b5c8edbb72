"""The responsibility list as its pages read it: versions, items with their duties, and what changed between two."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from django.db.models import Count, Min, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from accountability.models import Duty, Item, ItemVersion, ListVersion
from accountability.writings import PREFETCHED
from desk.writings import Beside, beside, both_told, changed

ITEMS_A_PAGE = 50
# What an item says beside its duties, with what each is called.
OWN = (
    ("title", _("What the item is called")),
    ("area", _("Part of the list")),
    ("legal_basis", _("Legal basis")),
    ("basis_from", _("The basis holds from")),
    ("basis_until", _("The basis holds until")),
    ("evidence", _("What proves that it is done")),
    ("limit", _("Until when, in the words of the list")),
    ("closing_test", _("When it counts as solved")),
)


@dataclass(frozen=True)
class Change:
    """A party's duty, an item's own word, a step or a part of its manual, in two versions.

    Pieces are ("same" | "out" | "in", words).
    """

    party: str  # "" where it is no duty
    kind: str
    pieces: list[tuple[str, str]]


@dataclass(frozen=True)
class Saying:
    """What an item says, be it saved or not: its own words, and its duties in their order."""

    row: ItemVersion
    duties: Sequence[Duty]


@dataclass(frozen=True)
class ItemChange:
    """An item that is new, gone or changed between two versions."""

    code: str
    title: str
    what: str
    changes: list[Change]
    edited: ItemVersion | None


@dataclass(frozen=True)
class Difference:
    """Some of the items that differ, how many do in all, and the code behind which more follow ("" after the last)."""

    items: list[ItemChange]
    count: int
    last: str


@dataclass(frozen=True)
class Page:
    """Some items of a version, how many there are in all and in each part of the list, and the code behind which more
    follow ("" after the last)."""

    rows: list[ItemVersion]
    count: int
    areas: dict[str, int]
    last: str


def items_of(version: ListVersion, words: str = "") -> QuerySet[ItemVersion]:
    """The items of a version, with their duties; those that hold the words in title, code, duty or party."""
    rows = ItemVersion.objects.filter(version=version).select_related("item__category").order_by("item__code")
    if words:
        spoken = Q(title__icontains=words) | Q(item__code__icontains=words)
        duties = Duty.objects.filter(Q(text__icontains=words) | Q(party_name__icontains=words))
        rows = rows.filter(spoken | Q(pk__in=duties.filter(item_version__version=version).values("item_version")))
    return rows.prefetch_related(_duties())


def page_of(version: ListVersion, words: str = "", area: str = "", behind: str = "") -> Page:
    """The items behind a code, of one part of the list or of all; three queries however long the list is."""
    found = items_of(version, words)
    counted = found.prefetch_related(None).order_by().values_list("area").annotate(Count("pk"), first=Min("item__code"))
    areas = {name: count for name, count, _first in counted.order_by("first")}
    rows = list((found.filter(area=area) if area else found).filter(item__code__gt=behind)[: ITEMS_A_PAGE + 1])
    count = areas.get(area, 0) if area else sum(areas.values())
    last = rows[ITEMS_A_PAGE - 1].item.code if len(rows) > ITEMS_A_PAGE else ""
    return Page(rows[:ITEMS_A_PAGE], count, areas, last)


def by_area(rows: Iterable[ItemVersion]) -> list[tuple[str, list[ItemVersion]]]:
    """The items under the headings of the list, in its order."""
    found: dict[str, list[ItemVersion]] = defaultdict(list)
    for row in rows:
        found[row.area].append(row)
    return list(found.items())


def said_in(version: ListVersion, item: Item) -> ItemVersion | None:
    """What a version says of an item, with its duties; nothing where it does not hold it."""
    rows = ItemVersion.objects.filter(version=version, item=item).select_related("version", "item", "edited_by")
    return rows.prefetch_related(_duties(), *PREFETCHED).first()


def history(item: Item) -> list[ItemVersion]:
    """What the item says in every version, newest first."""
    rows = item.versions.numbered().select_related("version__made_by", "version__kind")
    rows = rows.prefetch_related(_duties(), *PREFETCHED)
    return list(rows.order_by("-version__in_force_from"))


def spoken_in(item: Item) -> list[ItemVersion]:
    """The same without what it says: which versions hold the item, newest first."""
    return list(item.versions.numbered().select_related("version").order_by("-version__in_force_from"))


def with_duties(said: ItemVersion) -> ItemVersion:
    """The same row with its duties and their units read; one query."""
    prefetch_related_objects([said], _duties())
    return said


def off_on(versions: list[ItemVersion], day: date) -> date | None:
    """Since when no list holds an item whose versions these are; None where one does on this day, or will."""
    ended = [row.version.in_force_until for row in versions]
    return None if not ended or any(one is None or one > day for one in ended) else max(ended)


def changes(before: ItemVersion | None, after: ItemVersion | None) -> list[Change]:
    """Whatever differs between two versions: the item's own words, every duty, its flow and its manual."""
    return between(_saying(before), _saying(after)) + written_between(beside(before), beside(after))


def written_between(before: Beside | None, after: Beside | None) -> list[Change]:
    """The same of flow and manual alone, be they saved or not."""
    return [Change("", kind, list(pieces(old, new))) for kind, old, new in changed(*both_told(before, after))]


def between(before: Saying | None, after: Saying | None) -> list[Change]:
    """The same of its own words and duties alone, be they saved or not."""
    own = [Change("", str(label), list(pieces(_own(before, name), _own(after, name)))) for name, label in OWN
           if _own(before, name) != _own(after, name)]  # fmt: skip
    old, new = _by_party(before), _by_party(after)
    both = [*new, *(key for key in old if key not in new)]
    duties = [Change(*key, list(pieces(old.get(key, ""), new.get(key, "")))) for key in both
              if old.get(key) != new.get(key)]  # fmt: skip
    return own + duties or _in_order(_parties(before), _parties(after))


def _in_order(before: str, after: str) -> list[Change]:
    """Where all words are the same: the order of the parties, or which unit a name stands for."""
    if before == after:
        return []
    return [Change("", str(_("The parties in their order, with the codes of units")), list(pieces(before, after)))]


def differs(before: ItemVersion, after: ItemVersion) -> bool:
    return bool(changes(before, after))


def difference(before: ListVersion | None, after: ListVersion, behind: str = "") -> Difference:
    """The items that differ between two versions, word by word, those behind a code; reads in full only one page."""
    old, new = _marks(before), _marks(after)
    codes = sorted(code for code in old.keys() | new.keys() if not old.get(code) or old.get(code) != new.get(code))
    rest = [code for code in codes if code > behind]
    page = rest[:ITEMS_A_PAGE]
    was, now = _full(before, page), _full(after, page)
    found = [_item_change(was.get(code), now.get(code)) for code in page]
    return Difference([one for one in found if one.changes], len(codes), page[-1] if rest[ITEMS_A_PAGE:] else "")


def _item_change(before: ItemVersion | None, after: ItemVersion | None) -> ItemChange:
    said = after or before
    assert said is not None
    what = "new" if before is None else "gone" if after is None else "changed"
    return ItemChange(said.item.code, said.title, what, changes(before, after), after)


def _marks(version: ListVersion | None) -> dict[str, str]:
    if version is None:
        return {}
    return dict(ItemVersion.objects.filter(version=version).values_list("item__code", "digest"))


def _full(version: ListVersion | None, codes: list[str]) -> dict[str, ItemVersion]:
    if version is None:
        return {}
    rows = ItemVersion.objects.filter(version=version, item__code__in=codes).select_related("item", "edited_by")
    return {row.item.code: row for row in rows.prefetch_related(_duties(), *PREFETCHED)}


def pieces(before: str, after: str) -> Iterator[tuple[str, str]]:
    """What stayed, what went and what came, in reading order."""
    for what, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if what == "equal":
            yield "same", before[a:b]
            continue
        if before[a:b]:
            yield "out", before[a:b]
        if after[c:d]:
            yield "in", after[c:d]


def _saying(said: ItemVersion | None) -> Saying | None:
    return Saying(said, list(said.duties.all())) if said else None


def _own(said: Saying | None, name: str) -> str:
    return str(getattr(said.row, name) or "") if said else ""


def _by_party(said: Saying | None) -> dict[tuple[str, str], str]:
    if said is None:
        return {}
    return {(duty.party_name, str(duty.get_kind_display())): duty.text for duty in said.duties}


def _parties(said: Saying | None) -> str:
    if said is None:
        return ""
    return "、".join(f"{duty.party_name} {duty.unit.code if duty.unit else ''}".strip() for duty in said.duties)


def _duties() -> Prefetch:
    return Prefetch("duties", Duty.objects.select_related("unit").order_by("kind", "order", "pk"))
