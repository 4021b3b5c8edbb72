"""What a move is, and when it is refused. The case and the summons each keep a table of moves."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accountability.models import Clock, Phase
from cases.models import State, Verb
from grids.standing import Standing
from people.words import said

# The target of a move that leaves the state as it is.
STAYS = ""

Facts = Mapping[str, Any]
Text = Any  # words, or a lazy translation of them


class MoveRefused(ValidationError):
    """This cannot be done now: the message says why and what to do, the code says which rule."""

    def __init__(self, message: Text, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message, code=code, params=params)

    @property
    def sentence(self) -> str:
        return str(self.messages[0])


@dataclass(frozen=True)
class Who:
    """Who may make a move: the words for a refusal, and the question itself. `None` stands for nobody signed in."""

    says: Text
    holds: Callable[[Any, Standing | None], bool]


def nothing(thing: Any) -> None:
    """Demands nothing."""


def no_more(thing: Any) -> tuple[str, ...]:
    """Needs no more than the move itself says."""
    return ()


@dataclass(frozen=True)
class Deed:
    """A move as it is being made: its words and facts, by whom and when.

    Facts that are added go on the step; clocks that turn out to be overdue get a step of their own.
    """

    note: str
    facts: dict[str, Any]
    by: Standing | None
    at: datetime
    lapsed: list[Clock] = field(default_factory=list)


def nothing_more(thing: Any, deed: Deed) -> None:
    """Changes the state and moves the clocks that it names, and nothing else."""


def both(*deeds: Callable[[Any, Deed], None]) -> Callable[[Any, Deed], None]:
    """One after the other."""

    def all_of_them(thing: Any, deed: Deed) -> None:
        for does in deeds:
            does(thing, deed)

    return all_of_them


def where_the_table_says(thing: Any) -> str:
    """To the target of the move."""
    return ""


def at_any_time(thing: Any, at: datetime) -> None:
    """It is never too late."""


def no_proof(thing: Any, facts: Facts, at: datetime) -> None:
    """Takes the facts as they are."""


@dataclass(frozen=True)
class Move:
    """One line of a table: what is done, from where to where, by whom, with which words, and which clocks it moves.

    `does` is what it does beside that; what is worth keeping of it, it adds to the facts of the step.
    """

    verb: Verb
    sources: tuple[str, ...]
    target: str
    who: Who
    needs: tuple[str, ...] = ()
    more_needs: Callable[[Any], tuple[str, ...]] = no_more
    demands: Callable[[Any], None] = nothing
    timely: Callable[[Any, datetime], None] = at_any_time
    proves: Callable[[Any, Facts, datetime], None] = no_proof
    does: Callable[[Any, Deed], None] = nothing_more
    stops: tuple[Phase, ...] = ()
    starts: tuple[Phase, ...] = ()
    facts_from: str = ""
    back_to: Callable[[Any], str] = where_the_table_says
    own_form: bool = field(default=False)

    def lands(self, source: str) -> str:
        return self.target or source

    def needed(self, thing: Any) -> tuple[str, ...]:
        return self.needs + self.more_needs(thing)


def table(*moves: Move) -> dict[Verb, Move]:
    return {move.verb: move for move in moves}


def fits(move: Move, thing: Any) -> bool:
    """Whether it stands where this move begins."""
    return thing.state in move.sources


def check_state(move: Move, thing: Any) -> None:
    if not fits(move, thing):
        sentence = _elsewhere(get_language(), move.verb, thing.__class__, thing.state)
        raise MoveRefused(sentence, code="wrong_state")


def check_person(move: Move, thing: Any, by: Standing | None) -> None:
    if not move.who.holds(thing, by):
        raise MoveRefused(_of_others(get_language(), move), code="wrong_person")


# A case tells whoever reads it why dozens of moves are not open; the sentences are always the same few.
@lru_cache(maxsize=4096)
def _elsewhere(language: str | None, verb: Verb, kind: Callable[..., Any], state: str) -> str:
    if state == State.ARCHIVED:
        return _("It is archived and locked: whoever sees it still reads it. What is new is reported anew.")
    words = _("It stands at “%(state)s” now, so “%(verb)s” is not possible. Reload the page to see what is.")
    return words % {"state": kind(state=state).get_state_display(), "verb": verb.label}


@lru_cache(maxsize=1024)
def _of_others(language: str | None, move: Move) -> str:
    return _("“%(verb)s” is for %(who)s.") % {"verb": move.verb.label, "who": move.who.says}


def check_words(move: Move, thing: Any, note: str, facts: Facts) -> None:
    given = {**facts, "note": said(note)}
    missing = [name for name in move.needed(thing) if not given.get(name)]
    if missing:
        code = "note_missing" if "note" in missing else "facts_missing"
        raise MoveRefused(
            _("“%(verb)s” needs a few words: say what was done or why."), code=code, params={"verb": move.verb.label}
        )


def check(move: Move, thing: Any, by: Standing | None, note: str, facts: Facts, at: datetime) -> None:
    """Raise MoveRefused unless this person may make this move on this case or summons now, with these words."""
    check_state(move, thing)
    check_person(move, thing, by)
    check_words(move, thing, note, facts)
    move.demands(thing)
    move.timely(thing, at)
    move.proves(thing, facts, at)
