"""Undoing what was just done with a new case: it waits again, on the clock that it had."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accountability import clocks
from accountability.models import Phase
from cases import moves, undoing, workflow
from cases.actions.intake import office_of
from cases.actions.moving import finish, lock, make_move
from cases.ledger import Ledger
from cases.models import Case, Origin, Verb
from grids.models import Area
from grids.standing import Standing


@transaction.atomic
def undo(
    case: Case, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """Take back the acceptance, the refusal or the handing on that this person made within the last minute."""
    case = lock(case, seen)
    moves.check(workflow.MOVES[Verb.UNDO], case, by, note, facts or {}, at)
    deed = undoing.own_deed(case, by)
    ledger = Ledger(case, by, at, origin)
    done = {"undone": deed.seq, "what": deed.verb, "at": deed.at.isoformat()}
    make_move(ledger, Verb.UNDO, note=note, facts={**(facts or {}), **done})
    case.accepted_at = case.list_version = None
    if deed.verb == Verb.PLACE:
        _back(case, deed.facts["from"])
    clocks.go_on_with("case", case.pk, Phase.ACCEPT, case.office_id)
    return finish(ledger)


def _back(case: Case, code: str) -> None:
    """Where it stood before it was handed on."""
    case.area = Area.objects.select_related("office").get(code=code)
    case.place_code, case.office = code, office_of(case.area)
