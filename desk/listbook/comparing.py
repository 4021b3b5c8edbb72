"""What a workbook would change in a draft, item by item; and how that is kept until somebody confirms it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accountability.actions import Said, Wanted, Wording
from accountability.flows import ends
from accountability.models import Category, ListVersion
from accountability.penned import Penned, marked
from accountability.seals import Marks, digest_with, digests, marks_in
from accountability.steps import Flow, Step, Way
from accountability.wordings import WORDS, duties_told, plain
from people.models import Unit

DAYS = ("basis_from", "basis_until")
OF_STEP = ("key", "name", "who", "line", "stage", "limit", "document")


@dataclass
class Compared:
    """Items that come new, change or go; how many stay as they are; and the stamps that the draft had then."""

    new: list[Wanted] = field(default_factory=list)
    changed: list[Wanted] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    same: int = 0
    seen: dict[str, str] = field(default_factory=dict)


def compared(draft: ListVersion, wanted: Sequence[Wanted]) -> Compared:
    """`seen` holds flow and manual also where the workbook says nothing of them: nobody's are passed over."""
    found, marks = Compared(seen=digests(draft)), marks_in(draft)
    items = dict(draft.items.order_by().values_list("item__code", "item"))
    for one in wanted:
        stands = found.seen.get(one.code)
        if stands is None:
            found.new.append(one)
        elif stands != _digest(one, marks.get(items[one.code], {})):
            found.changed.append(one)
        else:
            found.same += 1
    found.gone = sorted(found.seen.keys() - {one.code for one in wanted})
    return found


def _digest(one: Wanted, marks: Marks) -> str:
    """Of the item as it would be saved, where these are the marks of what is written beside it now."""
    return digest_with(plain(one.said), duties_told(one.said.duties), marked(one.penned, marks))


def told(one: Wanted) -> dict[str, Any]:
    """An item as plain values: days as text, units by their keys."""
    words = {name: getattr(one.said, name) for name in WORDS}
    days = {name: day.isoformat() for name in DAYS if (day := getattr(one.said, name))}
    duties = [
        [str(duty.kind), str(duty.party), duty.unit.pk if duty.unit else None, duty.party_name, duty.text]
        for duty in one.said.duties
    ]
    return {"category": one.category.pk, **words, **days, "duties": duties, **_told_beside(one.penned)}


def _told_beside(penned: Penned) -> dict[str, Any]:
    found: dict[str, Any] = {"keeps": list(penned.keeps)}
    if penned.flow:
        found["flow"] = {"basis": penned.flow.basis, "steps": [_step(step) for step in penned.flow.steps]}
    return found | ({"manual": dict(penned.manual)} if penned.manual else {})


def _step(step: Step) -> list[Any]:
    return [*(getattr(step, name) for name in OF_STEP), [[way.to, way.when] for way in step.onward]]


def heard(code: str, kept: Mapping[str, Any], units: Mapping[int, Unit], categories: Mapping[int, Category]) -> Wanted:
    """The same item from its plain values."""
    duties = [
        Wording(kind, text, units.get(unit), party, party_name)
        for kind, party, unit, party_name, text in kept["duties"]
    ]
    words = {name: kept[name] for name in WORDS}
    days = {name: date.fromisoformat(kept[name]) for name in DAYS if name in kept}
    return Wanted(code, categories[kept["category"]], Said(duties=duties, **words, **days), _penned(kept))


def _penned(kept: Mapping[str, Any]) -> Penned:
    flow = kept.get("flow")
    steps = tuple(_heard_step(*told) for told in flow["steps"]) if flow else ()
    return Penned(Flow(steps, flow["basis"], True) if flow else None, kept.get("manual"), frozenset(kept["keeps"]))


def _heard_step(*told: Any) -> Step:
    *own, onward = told
    ways = tuple(Way(to, when) for to, when in onward)
    said = dict(zip(OF_STEP, own, strict=True))
    return Step(**said, onward=ways, ends=ends(said["stage"], ways))
