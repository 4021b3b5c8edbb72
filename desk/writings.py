"""A flow and a manual in words, piece by piece, so that what differs between two versions can be shown."""

from collections.abc import Iterator

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


def both_told(before: ItemVersion | None, after: ItemVersion | None) -> tuple[Told, Told]:
    """Of two versions. Where one alone has a written flow, the other tells the one that was made from the item."""
    written = hasattr(before, "flow") or hasattr(after, "flow")
    made = [
        flow_told(beginning(said)) if said and written and not hasattr(said, "flow") else {} for said in (before, after)
    ]
    return {**made[0], **told(before)}, {**made[1], **told(after)}


def told(said: ItemVersion | None) -> Told:
    """The words of each piece that somebody has written for an item; nothing of what is made from the list."""
    flow, manual = getattr(said, "flow", None), getattr(said, "manual", None)
    parts = {
        f"part {name}": (f"{_('Manual')} · {label}", getattr(manual, name))
        for name, label in PARTS.items()
        if getattr(manual, name, "")
    }
    return {**(flow_told(flow_from(flow)) if flow else {}), **parts}


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
