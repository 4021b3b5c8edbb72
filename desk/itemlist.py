"""The responsibility list as its pages read it: versions, items with their duties, and what changed between two."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Prefetch, Q, QuerySet

from accountability.models import Duty, Item, ItemVersion, ListVersion


@dataclass(frozen=True)
class Change:
    """One party's duty in two versions, as pieces: ("same" | "out" | "in", words)."""

    party: str
    kind: str
    pieces: list[tuple[str, str]]


def items_of(version: ListVersion, words: str = "") -> QuerySet[ItemVersion]:
    """The items of a version, with their duties; those that hold the words in title, code, duty or party."""
    rows = ItemVersion.objects.filter(version=version).select_related("item__category").order_by("item__code")
    if words:
        spoken = Q(title__icontains=words) | Q(item__code__icontains=words)
        duties = Duty.objects.filter(Q(text__icontains=words) | Q(party_name__icontains=words))
        rows = rows.filter(spoken | Q(pk__in=duties.filter(item_version__version=version).values("item_version")))
    return rows.prefetch_related(_duties())


def by_area(rows: QuerySet[ItemVersion]) -> list[tuple[str, list[ItemVersion]]]:
    """The items under the headings of the list, in its order."""
    found: dict[str, list[ItemVersion]] = defaultdict(list)
    for row in rows:
        found[row.area].append(row)
    return list(found.items())


def history(item: Item) -> list[ItemVersion]:
    """What the item says in every version, newest first."""
    rows = item.versions.select_related("version__made_by").prefetch_related(_duties())
    return list(rows.order_by("-version__in_force_from"))


def changes(before: ItemVersion, after: ItemVersion) -> list[Change]:
    """Every duty that differs between two versions, party by party."""
    old, new = _by_party(before), _by_party(after)
    both = [*new, *(key for key in old if key not in new)]
    changed = [key for key in both if old.get(key) != new.get(key)]
    return [Change(*key, list(pieces(old.get(key, ""), new.get(key, "")))) for key in changed]


def differs(before: ItemVersion, after: ItemVersion) -> bool:
    return _by_party(before) != _by_party(after) or before.title != after.title


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


def _by_party(said: ItemVersion) -> dict[tuple[str, str], str]:
    return {(duty.party_name, duty.get_kind_display()): duty.text for duty in said.duties.all()}


def _duties() -> Prefetch:
    return Prefetch("duties", Duty.objects.select_related("unit").order_by("kind", "order", "pk"))
