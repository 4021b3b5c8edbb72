"""What a workbook would change in a draft, item by item; and how that is kept until somebody confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accountability.actions import Said, Wanted, Wording
from accountability.models import Category, ListVersion
from accountability.seals import digests, stamps
from accountability.wordings import WORDS, stamp_of
from people.models import Unit

DAYS = ("basis_from", "basis_until")


@dataclass
class Compared:
    """Items that come new, change or go; how many stay as they are; and the stamps that the draft had then."""

    new: list[Wanted] = field(default_factory=list)
    changed: list[Wanted] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    seen: dict[str, str] = field(default_factory=dict)


def compared(draft: ListVersion, wanted: Sequence[Wanted]) -> Compared:
    """Flows and manuals are no part of a workbook; `seen` holds them all the same, so that nobody's are passed over."""
    found, stand = Compared(seen=digests(draft)), stamps(draft)
    for one in wanted:
        stands = stand.get(one.code)
        if stands is None:
            found.new.append(one)
        elif stands != stamp_of(one.said):
            found.changed.append(one)
        else:
            found.same += 1
    found.gone = sorted(found.seen.keys() - {one.code for one in wanted})
    return found


def told(one: Wanted) -> dict[str, Any]:
    """An item as plain values: days as text, units by their keys."""
    words = {name: getattr(one.said, name) for name in WORDS}
    days = {name: day.isoformat() for name in DAYS if (day := getattr(one.said, name))}
    duties = [
        [str(duty.kind), str(duty.party), duty.unit.pk if duty.unit else None, duty.party_name, duty.text]
        for duty in one.said.duties
    ]
    return {"category": one.category.pk, **words, **days, "duties": duties}


def heard(code: str, kept: Mapping[str, Any], units: Mapping[int, Unit], categories: Mapping[int, Category]) -> Wanted:
    """The same item from its plain values."""
    duties = [
        Wording(kind, text, units.get(unit), party, party_name)
        for kind, party, unit, party_name, text in kept["duties"]
    ]
    words = {name: kept[name] for name in WORDS}
    days = {name: date.fromisoformat(kept[name]) for name in DAYS if name in kept}
    return Wanted(code, categories[kept["category"]], Said(duties=duties, **words, **days))
