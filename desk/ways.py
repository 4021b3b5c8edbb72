"""The two tables of moves as people read them: every state, where one can go from it, who may, and which clocks move.

Drawn from the very tables that guard the moves, so the picture cannot say anything else than the rule.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from cases import summons, workflow
from cases.clocks import phases_entered, phases_left
from cases.models import Answer, State, Verb
from cases.moves import Move
from cases.posts import SYSTEM

# The picture in units of its own: a column of boxes, arcs beside it, the further the wider.
WIDE, HIGH, GAP, LEFT, MARGIN = 200, 36, 30, 150, 20


@dataclass(frozen=True)
class Way:
    """One move from one state."""

    verb: Verb
    target: str
    who: str | Promise
    stops: str
    starts: str
    by_itself: bool


@dataclass(frozen=True)
class Place:
    """A state, with everything that can be done from it."""

    code: str
    label: str
    ways: list[Way]
    y: int


@dataclass(frozen=True)
class Arc:
    """All moves from one state to another: a straight line to the next one, else a curve; back is on the left."""

    path: str
    back: bool
    verbs: str


@dataclass(frozen=True)
class Machine:
    """One table as a picture and as lists."""

    code: str
    name: str | Promise
    places: list[Place]
    arcs: list[Arc]

    @property
    def height(self) -> int:
        return self.places[-1].y + HIGH + MARGIN


def machines() -> list[Machine]:
    return [
        _machine("case", _("A case as a whole"), workflow.MOVES, State, of_case=True),
        _machine("summons", _("One unit's part in it"), summons.MOVES, Answer, of_case=False),
    ]


def _machine(
    code: str, name: Promise, moves: Mapping[Verb, Move], states: type[TextChoices], *, of_case: bool
) -> Machine:
    order = list(states)
    places = [
        Place(state.value, str(state.label), _ways(moves, state, states, of_case), MARGIN + nth * (HIGH + GAP))
        for nth, state in enumerate(order)
    ]
    return Machine(code, name, places, _arcs(moves, [state.value for state in order]))


def _ways(moves: Mapping[Verb, Move], state: TextChoices, states: type[TextChoices], of_case: bool) -> list[Way]:
    found = []
    for move in moves.values():
        if state in move.sources:
            target, (stops, starts) = move.lands(state), _clocks(move, state, of_case)
            label = "" if target == state else str(states(target).label)
            found.append(Way(move.verb, label, move.who.says, stops, starts, move.who is SYSTEM))
    return found


def _clocks(move: Move, state: str, of_case: bool) -> tuple[str, str]:
    if not of_case:
        return _names(move.stops), _names(move.starts)
    target = move.lands(state)
    return _names(phases_left(state, target, move.stops)), _names(phases_entered(state, target, move.starts))


def _names(phases: Sequence[Phase]) -> str:
    return "、".join(str(phase.label) for phase in phases)


def _arcs(moves: Mapping[Verb, Move], order: list[str]) -> list[Arc]:
    """One for each pair of states, however many moves lead from the one to the other."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for move in moves.values():
        for source in move.sources:
            target = move.lands(source)
            if target != source:
                pairs.setdefault((source, target), []).append(str(move.verb.label))
    return [
        Arc(
            _path(order.index(source), order.index(target)), order.index(target) < order.index(source), "、".join(verbs)
        )
        for (source, target), verbs in pairs.items()
    ]


def _path(one: int, other: int) -> str:
    """From the lower edge of a box to the upper edge of the next, or around those in between."""
    if other == one + 1:
        x, y = LEFT + WIDE // 2, MARGIN + one * (HIGH + GAP) + HIGH
        return f"M{x} {y}V{y + GAP}"
    side, out = (LEFT + WIDE, 1) if other > one else (LEFT, -1)
    begins, ends = (MARGIN + nth * (HIGH + GAP) + HIGH // 2 for nth in (one, other))
    bend = side + out * (14 + 15 * abs(other - one))
    return f"M{side} {begins + 5}C{bend} {begins + 5} {bend} {ends - 5} {side} {ends - 5}"
