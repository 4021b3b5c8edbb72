"""The two state machines, drawn from the tables of moves that run them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.db.models import TextChoices

from accountability.models import Phase
from cases import summons, workflow
from cases.clocks import phases_entered, phases_left
from cases.models import Answer, Case, Level, State, Summons, Verb
from cases.models.case import ENDED
from cases.moves import Move, at_any_time, no_more, nothing, where_the_table_says

Clocks = Callable[[Move, str], tuple[list[Phase], list[Phase]]]
WORDS = {
    "note": "a note",
    "contact": "who was reached",
    "contacted_at": "when",
    "means": "by which means",
    "to": "to whom",
    "until": "until which day",
    "milestone": "which milestone",
    "outlet": "which authority",
    "plan": "a plan",
    "leader": "the leader who answers for it",
}
# Where a move may end that its line does not name, by the rule that says so.
ELSEWHERE = {
    "where_it_ends": "out of sight where the authority is a discreet one",
    "stood_at": "where it stood before",
    "who_goes_on": "decided anew where nobody led it",
    "first_state": "signed on the street's own levels",
}
HEAD = "| move | from | to | who | what it needs | clocks stopped | clocks started |\n|---|---|---|---|---|---|---|"


def case_machine() -> Iterator[str]:
    yield from diagram(workflow.MOVES, State, begins=[State.REPORTED], ends=ENDED)
    yield ""
    yield HEAD
    yield from rows(workflow.MOVES, State, clocks_of_case)
    yield ""
    yield from stages()


def summons_machine() -> Iterator[str]:
    yield from diagram(summons.MOVES, Answer, begins=[Answer.SENT, Answer.SIGNED], ends=[Answer.RELEASED])
    yield ""
    yield HEAD
    yield from rows(summons.MOVES, Answer, clocks_of_summons)
    yield ""
    yield from levels()


def diagram(
    moves: Mapping[Verb, Move], states: type[TextChoices], *, begins: Iterable[str], ends: Iterable[str]
) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f'  state "{state.label}" as {state.value}' for state in states)
    yield from (f"  [*] --> {state.value}" for state in map(states, begins))
    for move in moves.values():
        yield from (f"  {states(source).value} --> {move.lands(source)} : {move.verb.label}" for source in move.sources)
    yield from (f"  {state.value} --> [*]" for state in map(states, ends))
    yield "```"


def rows(moves: Mapping[Verb, Move], states: type[TextChoices], clocks: Clocks) -> Iterator[str]:
    """A line for each move, or for each of its sources where these move different clocks."""
    for move in moves.values():
        found: dict[tuple[str, str], list[str]] = {}
        for source in move.sources:
            stopped, started = clocks(move, source)
            found.setdefault((names(stopped), names(started)), []).append(str(states(source).label))
        for (stops, starts), sources in found.items():
            name = f"{move.verb.label} (`{move.verb.value}`)"
            target = str(states(move.target).label) if move.target else "as it was"
            target += "" if move.back_to is where_the_table_says else f", or {elsewhere(move)}"
            told = [name, ", ".join(sources), target, str(move.who.says), needs(move), stops, starts]
            yield f"| {' | '.join(told)} |"


def clocks_of_case(move: Move, source: str) -> tuple[list[Phase], list[Phase]]:
    target = move.lands(source)
    return phases_left(source, target, move.stops), phases_entered(source, target, move.starts)


def clocks_of_summons(move: Move, source: str) -> tuple[list[Phase], list[Phase]]:
    return list(move.stops), list(move.starts)


def names(phases: Iterable[Phase]) -> str:
    return ", ".join(phase.value for phase in phases) or "–"


def needs(move: Move) -> str:
    """What must be given, what must hold, and where it is made."""
    told = [WORDS.get(name, name) for name in move.needs]
    if move.more_needs is not no_more:
        told.append(spoken(move.more_needs))
    if move.demands is not nothing:
        told.append(spoken(move.demands))
    if move.timely is not at_any_time:
        told.append(spoken(move.timely))
    if move.own_form:
        told.append("a form of its own")
    if move.facts_from:
        told.append(f"made by `{move.facts_from}`")
    return "; ".join(told) or "–"


def elsewhere(move: Move) -> str:
    return ELSEWHERE.get(move.back_to.__name__, spoken(move.back_to))


def spoken(rule: Callable[[Any], Any]) -> str:
    """Rules are named as sentences."""
    return rule.__name__.replace("_", " ")


def stages() -> Iterator[str]:
    """Which states a case may pass by, and where it lands then."""
    for state, after in workflow.NEXT_STAGE.items():
        yield f"- Where the stage “{state.label}” is switched off, a case goes on to “{after.label}”."


def levels() -> Iterator[str]:
    """How a summons begins, by who settles the matter."""
    yield "| who settles it | begins at | clocks from the call on | where nobody waits for an answer |"
    yield "|---|---|---|---|"
    for level in Level:
        asked, quiet = (Summons(case=Case(has_citizen=waits), level=level) for waits in (True, False))
        begins = summons.first_state(asked).label
        yield f"| {level.label} | {begins} | {names(summons.phases(asked))} | {names(summons.phases(quiet))} |"
