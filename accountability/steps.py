"""What a flow is: steps, who takes them, branches and parallel lines; and which flows may not stand."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.wordings import UNWRITABLE, ListRefused

MOST, MOST_WAYS = 40, 8  # steps of a flow, and ways from a step: what a form holds
KEY = re.compile(r"[\w-]{1,20}")
NO_SIGN = gettext_lazy("A sign here cannot be written. Type the words anew.")
BETWEEN_PARTIES = re.compile("[、，,]")


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

    @property
    def parties(self) -> list[str]:
        return [name for name in map(str.strip, BETWEEN_PARTIES.split(self.who)) if name]


@dataclass(frozen=True)
class Flow:
    """The steps in their order, the first one first; where somebody wrote them, on which ground."""

    steps: tuple[Step, ...]
    basis: str = ""
    written: bool = False


class FlowRefused(ListRefused):
    """A flow that may not stand: the message names the step, `key` says which it is, the code the rule."""

    def __init__(self, message: str, code: str, params: dict[str, Any] | None = None, key: str = "") -> None:
        super().__init__(message, code, params)
        self.key = key


def check_written(steps: Sequence[Step], known: Collection[str], basis: str = "") -> None:
    """Raises FlowRefused for what somebody has written, in a form or a file: its words and codes, its ways, then its
    parties."""
    if UNWRITABLE.search(basis):
        raise FlowRefused(NO_SIGN, "no_sign")
    for step in steps:
        _check_words(step)
    _check_keys(steps)
    check(steps)
    for step in steps:
        if not step.parties:
            words = _("Step “%(step)s”: say who takes it. A step of nobody is none.")
            raise FlowRefused(words, "no_party", {"step": step.name}, step.key)
        strange = next((name for name in step.parties if name not in known), None)
        if strange:
            words = _(
                "Step “%(step)s”: “%(party)s” is not known. Name a unit of the register, a party of this item, or"
                " somebody from the list of parties."
            )
            raise FlowRefused(words, "unknown_party", {"step": step.name, "party": strange}, step.key)


def _check_words(step: Step) -> None:
    if not step.name.strip():
        raise FlowRefused(_("Say what is done in this step, for example: look at the filter."), "no_name", key=step.key)
    words = (step.name, step.who, step.limit, step.document, *(way.when for way in step.onward))
    if any(UNWRITABLE.search(one) for one in words):
        raise FlowRefused(NO_SIGN, "no_sign", key=step.key)


def _check_keys(steps: Sequence[Step]) -> None:
    """A step is called by its code wherever one leads to it."""
    seen: set[str] = set()
    for step in steps:
        told = {"step": step.name, "key": step.key}
        if not KEY.fullmatch(step.key):
            words = _("Step “%(step)s”: its code “%(key)s” has to be of letters, digits and “-”, 20 at most.")
            raise FlowRefused(words, "odd_key", told, step.key)
        if step.key in seen:
            raise FlowRefused(_("Step “%(step)s”: the code “%(key)s” stands here twice."), "key_twice", told, step.key)
        seen.add(step.key)


def check(steps: Sequence[Step]) -> None:
    """Raises FlowRefused: too much for a form; a step that leads nowhere, to no step, round and round, or is lost."""
    known = {step.key: step for step in steps}
    if not steps:
        raise FlowRefused(_("The flow has no step. Write at least one, and how it ends."), "empty")
    if len(steps) > MOST:
        raise FlowRefused(_("A flow has at most %(most)s steps. Put several into one."), "too_long", {"most": MOST})
    for step in steps:
        if len(step.onward) > MOST_WAYS:
            words = _("Step “%(step)s” leads to more than %(most)s others. Put a step in between.")
            raise FlowRefused(words, "too_many_ways", {"step": step.name, "most": MOST_WAYS}, step.key)
        for way in step.onward:
            if way.to not in known:
                words = _("Step “%(step)s” leads to “%(to)s”, which is no step of this flow.")
                raise FlowRefused(words, "unknown_step", {"step": step.name, "to": way.to}, step.key)
        if not step.onward and not step.ends:
            words = _("Step “%(step)s” is a dead end: nothing follows, and it does not end the matter.")
            raise FlowRefused(words, "dead_end", {"step": step.name}, step.key)
    _check_ways(steps, known)


def _check_ways(steps: Sequence[Step], known: dict[str, Step]) -> None:
    ending = _reaching(steps)
    caught = [step for step in steps if step.key not in ending]
    if caught:
        words = _("No way leads out of %(steps)s: they only lead to each other.")
        raise FlowRefused(words, "no_exit", {"steps": "、".join(step.name for step in caught)}, caught[0].key)
    reached = _reached(known, steps[0].key)
    lost = next((step for step in steps if step.key not in reached), None)
    if lost:
        words = _("No step leads to “%(step)s”.")
        raise FlowRefused(words, "unreached", {"step": lost.name}, lost.key)


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
