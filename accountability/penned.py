"""The flow and the manual that somebody wants to stand beside an item's words, and what no manual may say."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accountability.flows import row_of
from accountability.models import FlowStep, WrittenManual
from accountability.seals import FLOW, MANUAL, Marks, flow_digest, manual_digest
from accountability.steps import Flow
from accountability.wordings import UNWRITABLE, ListRefused

BOTH = frozenset({FLOW, MANUAL})
Parts = Mapping[str, str]  # of a manual: the part's name → its words


@dataclass(frozen=True)
class Penned:
    """Each as it is to be written, None for one made from the item; what `keeps` names stays as it stands."""

    flow: Flow | None = None
    manual: Parts | None = None
    keeps: frozenset[str] = BOTH


KEPT = Penned()


def tidied(parts: Parts) -> dict[str, str]:
    """Every part of a manual as it is kept: one sign for the end of a line, no blanks around it."""
    return {part: parts.get(part, "").replace("\r\n", "\n").strip() for part in WrittenManual.PARTS}


def check_manual(parts: Parts) -> None:
    """Raises ListRefused for words that could not be written down, or handed out again."""
    for part in odd_parts(parts):
        raise ListRefused(_("A sign here cannot be written. Type the words anew."), "no_sign", {"part": part})


def odd_parts(parts: Parts) -> Iterator[str]:
    return (part for part, words in parts.items() if UNWRITABLE.search(words))


def rows_of(flow: Flow) -> list[FlowStep]:
    return [row_of(step, order) for order, step in enumerate(flow.steps, 1)]


def marked(penned: Penned, stands: Marks) -> Marks:
    """The marks of both once they are written, where these stand now."""
    found = {name: mark for name, mark in stands.items() if name in penned.keeps}
    if penned.flow and FLOW not in penned.keeps:
        found[FLOW] = flow_digest(penned.flow.basis, rows_of(penned.flow))
    if penned.manual and MANUAL not in penned.keeps:
        found[MANUAL] = manual_digest(WrittenManual(**penned.manual))
    return found
