"""How a change of the rules goes from hand to hand, drawn from the table that runs it."""

from collections.abc import Iterator

from changes.models import State
from changes.workflow import MOVES, WHOSE


def drawing() -> Iterator[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for state in State:
        yield f'  state "{state.label}" as {state.value}'
    yield f"  [*] --> {State.DRAFT.value}"
    for verb, move in MOVES.items():
        for source in move.sources:
            yield f"  {source.value} --> {move.target.value} : {verb.label}"
    yield "```"
    yield ""
    yield "| step | from | to | who |"
    yield "|---|---|---|---|"
    for verb, move in MOVES.items():
        sources = ", ".join(str(source.label) for source in move.sources)
        yield f"| {verb.label} (`{verb.value}`) | {sources} | {move.target.label} | {WHOSE[move.who]} |"
