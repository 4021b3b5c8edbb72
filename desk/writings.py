"""A flow and a manual in words, piece by piece, so that what differs between two versions can be shown."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.flows import beginning, flow_from
from accountability.models import ItemVersion, Line, Stage
from accountability.steps import Flow, Step

# What each part of a manual is called.
PARTS = {
    "when": gettext_lazy("When it applies"),
    "who": gettext_lazy("Who"),
    "how": gettext_lazy("How it is done"),
    "evidence": gettext_lazy("Evidence: what to photograph"),
    "forms": gettext_lazy("Papers"),
    "contacts": gettext_lazy("Whom to call"),
    "mistakes": gettext_lazy("Common mistakes"),
}
Told = dict[str, tuple[str, str]]  # by a key of its own: which kind of thing, and its words


@dataclass(frozen=True)
class Beside:
    """What stands beside an item's words: the flow and the parts of the manual that somebody has written, and the flow
    that is made from the item where nobody has."""

    flow: Flow | None
    parts: Mapping[str, str]
    made: Callable[[], Flow]


def beside(said: ItemVersion | None) -> Beside | None:
    """Of a version that is saved."""
    if said is None:
        return None
    flow, manual = getattr(said, "flow", None), getattr(said, "manual", None)
    parts = {name: getattr(manual, name, "") for name in PARTS}
    return Beside(flow_from(flow) if flow else None, parts, partial(beginning, said))


def both_told(before: Beside | None, after: Beside | None) -> tuple[Told, Told]:
    """Of two. Where one alone has a written flow, the other tells the one that was made from the item."""
    written = any(one and one.flow for one in (before, after))
    return _told(before, written), _told(after, written)


def _told(one: Beside | None, written: bool) -> Told:
    """The words of each piece that somebody has written for an item; nothing of what is made from the list."""
    if one is None:
        return {}
    flow = flow_told(one.flow or one.made()) if written else {}
    parts = {
        f"part {name}": (f"{_('Manual')} · {label}", one.parts[name])
        for name, label in PARTS.items()
        if one.parts.get(name)
    }
    return {**flow, **parts}


def flow_told(flow: Flow) -> Told:
    """Its ground, the order of its steps, and each step."""
    kind = _("Flow chart")
    names = {step.key: step.name for step in flow.steps}
    steps = {f"step {step.key}": (kind, " · ".join(_of_step(step, names))) for step in flow.steps}
    order = (f"{kind} · {_('Order of the steps')}", " → ".join(names.values()))
    return {"basis": (f"{kind} · {_('Basis')}", flow.basis), "order": order, **steps}


def changed(before: Told, after: Told) -> list[tuple[str, str, str]]:
    """Of each piece that differs: its kind, what it said, and what it says."""
    keys = [*after, *(key for key in before if key not in after)]
    both = ((before.get(key, ("", "")), after.get(key, ("", ""))) for key in keys)
    return [(new[0] or old[0], old[1], new[1]) for old, new in both if old != new]


def _of_step(step: Step, names: dict[str, str]) -> Iterator[str]:
    yield step.name
    yield step.who
    yield str(Line(step.line).label) if step.line in Line else step.line
    yield str(Stage(step.stage).label) if step.stage in Stage else step.stage
    yield from filter(None, (step.limit, step.document))
    for way in step.onward:
        to = f"→ {names.get(way.to, way.to)}"
        yield f"{way.when} {to}" if way.when else to
    if step.ends:
        yield _("ends here")
