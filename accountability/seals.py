"""Seals a version of the list: a digest of what each item says, one of them all, and the chain of versions."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, NamedTuple

from accountability.models import Duty, FlowStep, ItemVersion, ListVersion, WrittenManual
from accountability.writings import NOTHING, Writings, writings_in

SAID = ("title", "area", "street_led", "legal_basis", "evidence", "limit", "closing_test")
DAYS = ("basis_from", "basis_until")
FLOW, MANUAL = "flow", "manual"
Marks = dict[str, str]  # of what is written beside an item: FLOW or MANUAL → its digest; nothing of what is made
OF_STEP = ("key", "name", "who", "line", "stage", "limit", "document", "onward")


class Plain(NamedTuple):
    """An item's own words without its row, for many at once."""

    street_led: bool
    basis_from: date | None
    basis_until: date | None
    title: str
    area: str
    legal_basis: str
    evidence: str
    limit: str
    closing_test: str


class Told(NamedTuple):
    """A duty without its row."""

    kind: str
    party: str
    unit_id: int | None
    party_name: str
    text: str


def digest_of(said: ItemVersion | Plain, duties: Iterable[Duty | Told], written: Writings) -> str:
    """SHA-256 of what an item says in a version: its own words, its duties in their order, flow and manual if any."""
    return digest_with(said, duties, marks_of(written))


def digest_with(said: ItemVersion | Plain, duties: Iterable[Duty | Told], marks: Marks) -> str:
    """The same, from the marks of flow and manual."""
    words = {name: getattr(said, name) for name in SAID}
    days = {name: str(getattr(said, name) or "") for name in DAYS}
    told = [[str(one.kind), str(one.party), one.unit_id, one.party_name, one.text] for one in duties]
    return hashed({**words, **days, "duties": told, **marks})


def marks_of(written: Writings) -> Marks:
    told = {}
    if written.flow:
        told[FLOW] = flow_digest(written.flow.basis, written.flow.steps.all())
    if written.manual:
        told[MANUAL] = manual_digest(written.manual)
    return told


def marks_in(version: ListVersion) -> dict[int, Marks]:
    """The marks of what is written in a version, by the key of the item."""
    items = dict(version.items.order_by().values_list("pk", "item"))
    return {items[key]: marks_of(written) for key, written in writings_in(version).items()}


def flow_digest(basis: str, steps: Iterable[FlowStep]) -> str:
    """SHA-256 of a written flow: its ground, and its steps in their order."""
    return hashed([basis, *([_plain(getattr(step, name)) for name in OF_STEP] for step in steps)])


def manual_digest(manual: WrittenManual) -> str:
    """SHA-256 of a written manual, part by part."""
    return hashed([[part, getattr(manual, part)] for part in WrittenManual.PARTS])


def _plain(value: Any) -> str | list[str]:
    return value if isinstance(value, list) else str(value)


def digests(version: ListVersion) -> dict[str, str]:
    """Each item by its code with the digest of what its rows say now; five queries at most."""
    written = writings_in(version)
    return {code: digest_of(*said, written.get(key, NOTHING)) for key, code, said in _told(version)}


def _told(version: ListVersion) -> Iterator[tuple[int, str, tuple[Plain, list[Told]]]]:
    """Each item by its key and code, with its words and duties; no object a row."""
    duties: dict[int, list[Told]] = defaultdict(list)
    rows = Duty.objects.filter(item_version__version=version).order_by("kind", "order", "pk")
    for key, *told in rows.values_list("item_version", *Told._fields):
        duties[key].append(Told(*told))
    for key, code, *words in version.items.order_by().values_list("pk", "item__code", *Plain._fields):
        yield key, code, (Plain(*words), duties[key])


def duties_of(version: ListVersion) -> dict[int, list[Duty]]:
    """The duties of a version under the key of what they belong to, in their order."""
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(item_version__version=version).order_by("kind", "order", "pk"):
        found[duty.item_version_id].append(duty)
    return found


def whole(of_items: dict[str, str]) -> str:
    """SHA-256 of a whole list, from the digests of its items."""
    return hashed(sorted(of_items.items()))


def chained(version: ListVersion, before: str) -> str:
    """SHA-256 of a numbered version and of the chain before it; "" before the first."""
    named = [version.kind_id, version.number, str(version.in_force_from), version.label, version.basis]
    return hashed([before, *named, version.reference, version.digest])


def seal(version: ListVersion) -> None:
    """Write the digests and the chain of a version that has its number; the one before it is sealed already."""
    found = digests(version)
    rows = list(version.items.select_related("item"))
    for row in rows:
        row.digest = found[row.item.code]
    ItemVersion.objects.bulk_update(rows, ["digest"], batch_size=500)
    before = version.kind.versions.filter(number__lt=version.number).order_by("-number").first()
    version.digest = whole(found)
    version.chain = chained(version, before.chain if before else "")
    version.save(update_fields=["digest", "chain"])


def hashed(told: Any) -> str:
    """SHA-256 of what is told, in whatever order its names come."""
    return hashlib.sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
