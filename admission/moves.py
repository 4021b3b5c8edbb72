"""What a move is, and when it is refused. Applications, tasks and pledges each keep a table of moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from accountability.models import Phase
from admission.models import Verb
from grids.standing import Standing
from people.words import said

Facts = Mapping[str, Any]
Text = Any  # words, or a lazy translation of them
# The target of a move that leaves the state as it is.
STAYS = ""


class AdmissionRefused(ValidationError):
    """This cannot be done now: the message says why and what to do, the code says which rule."""

    def __init__(self, message: Text, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message, code=code, params=params)

    @property
    def sentence(self) -> str:
        return str(self.messages[0])


@dataclass(frozen=True)
class Who:
    """Who may make a move: the words for a refusal, and the question itself. `None` stands for the system."""

    says: Text
    holds: Callable[[Any, Standing | None], bool]


@dataclass(frozen=True)
class Deed:
    """A move as it is being made: its words and facts, by whom and when. Facts that are added go on the step."""

    note: str
    facts: dict[str, Any]
    by: Standing | None
    at: datetime


def nothing_more(thing: Any, deed: Deed) -> None:
    """Changes the state and moves the clocks that it names, and nothing else."""


def where_the_table_says(thing: Any) -> str:
    """To the target of the move."""
    return ""


@dataclass(frozen=True)
class Move:
    """One line of a table: what is done, from where to where, by whom, with which words, and which clocks it moves.

    `demands` refuse it, one after the other; `does` is what it does beside its state and clocks.
    """

    verb: Verb
    sources: tuple[str, ...]
    target: str
    who: Who
    needs: tuple[str, ...] = ()
    demands: tuple[Callable[[Any, Deed], None], ...] = ()
    does: Callable[[Any, Deed], None] = nothing_more
    stops: tuple[Phase, ...] = ()
    starts: tuple[Phase, ...] = ()
    back_to: Callable[[Any], str] = where_the_table_says
    by_system: bool = field(default=False)

    def lands(self, thing: Any) -> str:
        return self.back_to(thing) or self.target or thing.state


Table = Mapping[Verb, Move]


def table(*moves: Move) -> dict[Verb, Move]:
    return {move.verb: move for move in moves}


def check_state(move: Move, thing: Any) -> None:
    if thing.state not in move.sources:
        raise AdmissionRefused(
            _("It stands at “%(state)s” now, so “%(verb)s” is not possible. Reload the page to see what is."),
            code="wrong_state",
            params={"state": thing.get_state_display(), "verb": move.verb.label},
        )


def check_person(move: Move, thing: Any, by: Standing | None) -> None:
    if not move.who.holds(thing, by):
        raise AdmissionRefused(
            _("“%(verb)s” is for %(who)s."),
            code="wrong_person",
            params={"verb": move.verb.label, "who": move.who.says},
        )


def check_words(move: Move, deed: Deed) -> None:
    given = {**deed.facts, "note": said(deed.note)}
    missing = [name for name in move.needs if given.get(name) in (None, "", [])]
    if missing:
        raise AdmissionRefused(
            _("“%(verb)s” needs a few words: say what was done or why."),
            code="note_missing" if "note" in missing else "facts_missing",
            params={"verb": move.verb.label},
        )


def check(move: Move, thing: Any, deed: Deed) -> None:
    """Raise AdmissionRefused unless this person may make this move now, with these words: state, person, words, and
    then whatever else the move demands."""
    check_state(move, thing)
    check_person(move, thing, deed.by)
    check_words(move, deed)
    for demand in move.demands:
        demand(thing, deed)


@dataclass(frozen=True)
class Choice:
    """A move of the state at which a thing stands, and what keeps this person from making it."""

    verb: Verb
    reason: str = ""

    @property
    def allowed(self) -> bool:
        return not self.reason


def open_to(moves: Table, thing: Any, by: Standing, at: datetime) -> list[Choice]:
    """The moves of people from this state, each with the reason why it is not open, where it is not."""
    found = []
    for move in moves.values():
        if not move.by_system and thing.state in move.sources:
            found.append(Choice(move.verb, _reason(move, thing, by, at)))
    return found


def _reason(move: Move, thing: Any, by: Standing, at: datetime) -> str:
    """As if every word that the move needs were given; what the words themselves must say is asked when they are."""
    try:
        check_person(move, thing, by)
        for demand in move.demands:
            if not getattr(demand, "of_words", False):
                demand(thing, Deed("-", {}, by, at))
    except AdmissionRefused as refused:
        return refused.sentence
    return ""


def of_words(demand: Callable[[Any, Deed], None]) -> Callable[[Any, Deed], None]:
    """Marks what can be asked only of the words that were given."""
    demand.of_words = True  # type: ignore[attr-defined]
    return demand
