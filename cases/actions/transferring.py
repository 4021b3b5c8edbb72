"""Passing a case on to an authority outside, and taking up again what came back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from accountability import clocks
from accountability.models import Phase
from cases import moves, workflow
from cases.actions.moving import finish, lock, make_move
from cases.clocks import holder_of, start_for_case
from cases.ledger import Ledger
from cases.models import Case, Origin, Outlet, State, Transfer, Verb
from cases.workflow import AWAITS
from grids.standing import Standing
from people.words import said


@transaction.atomic
def transfer(
    case: Case, *, by: Standing, at: datetime, outlet: Outlet, note: str = "",
    facts: Mapping[str, Any] | None = None, origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """The case ends here; a discreet outlet takes it out of sight. Raises MoveRefused with a sentence and a code."""
    case = lock(case, seen)
    given = {**(facts or {}), "outlet": outlet.code, "name": outlet.name, "name_en": outlet.name_en}
    moves.check(workflow.MOVES[Verb.TRANSFER], case, by, note, given, at)
    Transfer.objects.create(case=case, outlet=outlet, reason=said(note)[:1000], stood_at=case.state, by=by.user, at=at)
    ledger = Ledger(case, by, at, origin)
    make_move(ledger, Verb.TRANSFER, note=note, facts=given)
    if outlet.discreet:  # a step is read by whoever ever sees the case again
        ledger.steps[-1].note, ledger.steps[-1].facts = "", {}
    return finish(ledger)


@transaction.atomic
def get_back(
    case: Case, *, by: Standing, at: datetime, note: str = "", facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE, seen: int | None = None,
) -> Case:  # fmt: skip
    """It was no matter of that authority, or passed on by mistake: it stands where it stood.

    Whoever is answerable there has new time. The promise to the resident goes on as if it had never stopped, and so
    does what the unit of this person itself is answerable for: nobody wins time by passing on and taking back.
    """
    case = lock(case, seen)
    ledger = Ledger(case, by, at, origin)
    make_move(ledger, Verb.GET_BACK, note=note, facts=facts)
    if case.accepted_at:
        start_for_case(case, [Phase.PROMISE], at)
        clocks.go_on_with("case", case.pk, Phase.PROMISE)
    phase = AWAITS[State(case.state)]
    if holder_of(case, phase) == by.user.unit_id:
        clocks.go_on_with("case", case.pk, phase)
    case.transfers.filter(back_at=None).update(back_at=at)
    return finish(ledger)
