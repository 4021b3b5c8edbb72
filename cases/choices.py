"""What a person may do with a case or summons now, and why not the rest: the tables, read for a page."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases import summons, workflow
from cases.models import Case, Summons, Verb
from cases.moves import Move, MoveRefused, check_person, check_state, fits
from cases.posts import SYSTEM
from grids.standing import Standing


@dataclass(frozen=True)
class Choice:
    """One move as a page shows it: allowed, or refused with a sentence and its code."""

    move: Move
    allowed: bool
    refusal: str = ""
    code: str = ""

    @property
    def verb(self) -> Verb:
        return self.move.verb


def moves_for_case(case: Case, by: Standing) -> list[Choice]:
    return _choices(workflow.MOVES, case, by)


def moves_for_summons(call: Summons, by: Standing) -> list[Choice]:
    return _choices(summons.MOVES, call, by)


def open_to(call: Summons, by: Standing, among: Container[Verb]) -> list[Choice]:
    """Those of the moves asked about that are allowed; nobody asks why the others are not."""
    moves = {verb: move for verb, move in summons.MOVES.items() if verb in among and fits(move, call)}
    return [choice for choice in _choices(moves, call, by) if choice.allowed]


def at_this_moment(choice: Choice, thing: Any, at: datetime) -> Choice:
    """The same choice, refused where its time has not come or is over."""
    try:
        if choice.allowed:
            choice.move.timely(thing, at)
    except MoveRefused as refused:
        return Choice(choice.move, False, refused.sentence, str(refused.code))
    return choice


def _choices(moves: dict[Verb, Move], thing: Any, by: Standing) -> list[Choice]:
    held: dict[int, bool] = {}
    found = [_choice(move, thing, by, held) for move in moves.values() if move.who is not SYSTEM]
    return [choice for choice in found if choice is not None]


def _choice(move: Move, thing: Any, by: Standing, held: dict[int, bool]) -> Choice | None:
    """None where neither the state nor the person fits: such a move says nothing to this reader.

    `held` keeps the answers for this thing and person: dozens of moves ask whether it is one of the same few.
    """
    try:
        if fits(move, thing):
            check_person(move, thing, by)
            move.demands(thing)
        elif _holds(move, thing, by, held):
            check_state(move, thing)
        else:
            return None
    except MoveRefused as refused:
        return Choice(move, False, refused.sentence, str(refused.code))
    return Choice(move, True)


def _holds(move: Move, thing: Any, by: Standing, held: dict[int, bool]) -> bool:
    key = id(move.who)
    if key not in held:
        held[key] = move.who.holds(thing, by)
    return held[key]
