"""How applications, tasks and pledges go, drawn from the tables of moves that run them."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import TextChoices

from accountability.models import Phase
from admission import pledging, tasking, workflow
from admission.models import PledgeState, State, TaskState, Verb
from admission.moves import Move, Table, where_the_table_says

WORDS = {"note": "a note", "view": "whether the street agrees", "until": "until which day", "basis": "its basis"}
ELSEWHERE = {
    "where_silence_leads": "withdrawn where it lay with the department",
    "stood_before": "where it stood before",
}


def application_machine() -> Iterator[str]:
    yield from _table(workflow.MOVES, State, workflow.AWAITS)
    yield ""
    yield "While an application stands in a state, its clock runs; when that is over, the default follows by itself."
    yield ""
    yield "| state | clock | when its time is over |"
    yield "|---|---|---|"
    for state, phase in workflow.AWAITS.items():
        yield f"| {state.label} | {phase.value} | {_outcome(state)} |"
    silent = f"silent; after the last street → {State.LEGALITY.label}"
    yield f"| {State.OPINIONS.label} | {Phase.OPINION.value}, one for each street | {silent} |"


def _outcome(state: State) -> str:
    move = workflow.MOVES[workflow.ON_SILENCE[state]]
    target = State.WITHDRAWN if state == State.RETURNED else State(move.target)
    return f"{move.verb.label} → {target.label}"


def task_machine() -> Iterator[str]:
    yield from _table(tasking.MOVES, TaskState, {})
    yield ""
    yield f"Handing down starts {Phase.TAKE.value} and {Phase.TASK.value}."
    yield f"“{Verb.FLAG.label}” halts both, “{Verb.DISMISS.label}” lets them go on."


def pledge_machine() -> Iterator[str]:
    yield from _table(pledging.MOVES, PledgeState, {})


def _table(moves: Table, states: type[TextChoices], awaits: Any) -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield from (f'  state "{state.label}" as {state.value}' for state in states)
    yield f"  [*] --> {next(iter(states)).value}"
    for move in moves.values():
        yield from (
            f"  {states(source).value} --> {move.target or source} : {move.verb.label}" for source in move.sources
        )
    yield "```"
    yield ""
    yield "| move | from | to | who | what it needs | clocks stopped | clocks started |"
    yield "|---|---|---|---|---|---|---|"
    for move in moves.values():
        yield _row(move, states, awaits)


def _row(move: Move, states: type[TextChoices], awaits: Any) -> str:
    sources = ", ".join(str(states(source).label) for source in move.sources)
    target = str(states(move.target).label) if move.target else "as it was"
    if move.back_to is not where_the_table_says:
        target += f", or {ELSEWHERE[move.back_to.__name__]}"
    moves_on = bool(move.target)
    stops = [*(awaits[state] for state in move.sources if moves_on and state in awaits), *move.stops]
    starts = [*([awaits[move.target]] if move.target in awaits else []), *move.starts]
    told = [f"{move.verb.label} (`{move.verb.value}`)", sources, target, str(move.who.says), _needs(move)]
    return f"| {' | '.join([*told, _names(stops), _names(starts)])} |"


def _needs(move: Move) -> str:
    return "; ".join([*(WORDS[name] for name in move.needs), *map(_spoken, move.demands)]) or "–"


def _spoken(rule: Callable[..., Any]) -> str:
    return rule.__name__.replace("_", " ")


def _names(phases: Iterable[Phase]) -> str:
    return ", ".join(phase.value for phase in phases) or "–"
