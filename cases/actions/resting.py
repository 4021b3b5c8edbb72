"""What rests goes on by itself on its day."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accountability.batches import in_one_or_alone
from cases import moves, summons, workflow
from cases.actions.together import Together, locked
from cases.models import Case, Pause, Summons, Verb
from cases.moves import Deed
from cases.pausing import go_on_together

BATCH = 100


def take_up_again(at: datetime) -> int:
    """End the pauses whose day has come, a hundred a round; a case that somebody holds waits for the next one."""
    due = Pause.objects.filter(over_at=None, allowed_at__isnull=False, until__lte=at).order_by("until", "pk")
    return in_one_or_alone(_end, list(due.values_list("pk", flat=True)[:BATCH]), at)


@transaction.atomic
def _end(keys: list[int], at: datetime) -> int:
    waiting = Pause.objects.filter(pk__in=keys, over_at=None)
    free = locked(waiting.values_list("case", flat=True), at)
    resting = _of_each_case(free, waiting.select_related("summons").order_by("until", "pk"))
    _go_on(free, resting)
    free.finish(free.cases)
    return len(resting)


def _of_each_case(free: Together, pauses: Iterable[Pause]) -> list[Case | Summons]:
    """What rests by the first of these pauses of each case; another one of the same case ends in the next round."""
    first: dict[int, Pause] = {}
    for pause in pauses:
        if pause.case_id in free.cases:
            first.setdefault(pause.case_id, pause)
    for pause in first.values():
        if pause.summons:
            pause.summons.case = free.cases[pause.case_id]
    return [pause.summons or free.cases[pause.case_id] for pause in first.values()]


def _go_on(free: Together, resting: list[Case | Summons]) -> None:
    """The move that whoever asked for a pause may make before, made by the system."""
    deeds = [(thing, Deed("", {}, None, free.at)) for thing in resting]
    for thing, deed in deeds:
        move = (workflow.MOVES if isinstance(thing, Case) else summons.MOVES)[Verb.RESUME]
        moves.check(move, thing, None, "", {}, deed.at)
    go_on_together(deeds)
    for thing, deed in deeds:
        call = thing if isinstance(thing, Summons) else None
        case_key = thing.case_id if isinstance(thing, Summons) else thing.pk
        free.ledgers[case_key].add(Verb.RESUME, thing.state, thing.state, call=call, facts=deed.facts)
        free.calls += [call] if call else []
