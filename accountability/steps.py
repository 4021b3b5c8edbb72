"""What a flow is: steps, who takes them, branches and parallel lines; and which flows lead nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Way:
    """From a step to the next, under a condition where there are several."""

    to: str
    when: str = ""


@dataclass(frozen=True)
class Step:
    """What is done, by whom, in which line, with which paper; `stage` is where a case stands meanwhile."""

    key: str
    name: str
    who: str
    line: str
    stage: str
    onward: tuple[Way, ...] = ()
    limit: str = ""
    document: str = ""
    ends: bool = False


@dataclass(frozen=True)
class Flow:
    """The steps in their order, the first one first; where somebody wrote them, since when and on which ground."""

    steps: tuple[Step, ...]
    since: date | None = None
    basis: str = ""

    @property
    def written(self) -> bool:
        return self.since is not None


class FlowRefused(ValidationError):
    """A flow that leads nowhere: the message names the step, the code the rule."""


def check(steps: Sequence[Step]) -> None:
    """Raises FlowRefused: a step that leads nowhere, to no step, round and round, or that is never reached."""
    known = {step.key: step for step in steps}
    if not steps:
        raise FlowRefused(_("The flow has no step. Write at least one, and how it ends."), code="empty")
    for step in steps:
        for way in step.onward:
            if way.to not in known:
                words = _("Step “%(step)s” leads to “%(to)s”, which is no step of this flow.")
                raise FlowRefused(words, code="unknown_step", params={"step": step.name, "to": way.to})
        if not step.onward and not step.ends:
            words = _("Step “%(step)s” is a dead end: nothing follows, and it does not end the matter.")
            raise FlowRefused(words, code="dead_end", params={"step": step.name})
    _check_ways(steps, known)


def _check_ways(steps: Sequence[Step], known: dict[str, Step]) -> None:
    ending = _reaching(steps)
    caught = [step.name for step in steps if step.key not in ending]
    if caught:
        words = _("No way leads out of %(steps)s: they only lead to each other.")
        raise FlowRefused(words, code="no_exit", params={"steps": "、".join(caught)})
    reached = _reached(known, steps[0].key)
    lost = next((step for step in steps if step.key not in reached), None)
    if lost:
        words = _("No step leads to “%(step)s”.")
        raise FlowRefused(words, code="unreached", params={"step": lost.name})


def _reaching(steps: Sequence[Step]) -> set[str]:
    """The steps from which an end can be reached."""
    ending = {step.key for step in steps if step.ends}
    while True:
        more = {step.key for step in steps if any(way.to in ending for way in step.onward)} - ending
        if not more:
            return ending
        ending |= more


def _reached(known: dict[str, Step], first: str) -> set[str]:
    reached, waiting = set(), [first]
    while waiting:
        key = waiting.pop()
        if key not in reached:
            reached.add(key)
            waiting += [way.to for way in known[key].onward]
    return reached
