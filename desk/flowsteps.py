"""The steps of a flow while somebody writes at them in a form: read from it, moved, added and taken out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import count

from accountability.flows import ends
from accountability.models import Line, Stage
from accountability.steps import MOST, MOST_WAYS, Step, Way
from people.addresses import number_in

WORDS = ("name", "who", "line", "stage", "limit", "document")
Data = Mapping[str, str]


def read(data: Data) -> list[Step]:
    """The steps as the form says them, whether they may stand or not."""
    number = min(number_in(data.get("rows")) or 0, MOST + 1)
    keys = [data.get(f"key_{index}", "")[:20] or f"s{index + 1}" for index in range(number)]
    return [_step(data, index, keys) for index in range(number) if keys[index] not in keys[:index]]


def as_data(steps: Sequence[Step]) -> dict[str, str]:
    """What a form with these steps sends; the ways of each without gaps."""
    data = {"rows": str(len(steps))}
    for index, step in enumerate(steps):
        data |= {f"{name}_{index}": getattr(step, name) for name in ("key", *WORDS)}
        for at, way in enumerate(step.onward):
            data |= {f"to_{index}_{at}": way.to, f"when_{index}_{at}": way.when}
    return data


def _step(data: Data, index: int, keys: Sequence[str]) -> Step:
    said = {name: data.get(f"{name}_{index}", "").strip() for name in WORDS}
    found = [(data.get(f"to_{index}_{at}", ""), data.get(f"when_{index}_{at}", "").strip()) for at in range(MOST_WAYS)]
    ways = tuple(Way(to, when) for to, when in found if to in keys)
    return Step(keys[index], onward=ways, ends=ends(said["stage"], ways), **said)


def earlier(steps: list[Step], at: int) -> list[Step]:
    return later(steps, at - 1) if at else steps


def later(steps: list[Step], at: int) -> list[Step]:
    """The step changes places with the one after it."""
    if at + 1 >= len(steps):
        return steps
    return [*steps[:at], steps[at + 1], steps[at], *steps[at + 2 :]]


def without(steps: list[Step], at: int) -> list[Step]:
    """What led to the step leads to what comes after it, where that is one step; else it leads nowhere."""
    gone = steps[at]
    after = gone.onward[0].to if len(gone.onward) == 1 and gone.onward[0].to != gone.key else ""
    return [_led(step, gone.key, after) for step in steps if step is not gone]


def _led(step: Step, gone: str, after: str) -> Step:
    ways = [replace(way, to=after) if way.to == gone else way for way in step.onward]
    return _with(step, tuple(way for way in ways if way.to))


def added(steps: list[Step], at: int) -> list[Step]:
    """One more step after this one; in between, where one step alone came after it. From step 0 on with none."""
    taken = {step.key for step in steps}
    key = next(name for name in (f"s{number}" for number in count(1)) if name not in taken)
    if not steps:
        return [Step(key, "", "", Line.STREET, Stage.REPORTED)]
    if len(steps) > MOST:
        return steps
    before = steps[at]
    between = len(before.onward) <= 1
    new = Step(key, "", "", before.line, before.stage, tuple(Way(way.to) for way in before.onward if between))
    new = _with(new, new.onward)
    first = _with(before, (Way(key, before.onward[0].when if before.onward else ""),)) if between else before
    return [*steps[:at], first, new, *steps[at + 1 :]]


def _with(step: Step, ways: tuple[Way, ...]) -> Step:
    return replace(step, onward=ways, ends=ends(step.stage, ways))


MOVES: dict[str, Callable[[list[Step], int], list[Step]]] = {
    "earlier": earlier, "later": later, "without": without, "added": added,
}  # fmt: skip


def moved(steps: list[Step], said: str) -> list[Step]:
    """After a press of a button such as “later:3”; anything else changes nothing."""
    verb, _colon, place = said.partition(":")
    at = number_in(place)
    if verb not in MOVES or at is None or at > max(len(steps) - 1, 0):
        return steps
    return MOVES[verb](steps, at)
