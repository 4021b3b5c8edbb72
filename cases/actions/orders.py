"""Orders that the ladder issues: when a reply is overdue too long, after rework upon rework, or rework in vain."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F
from django.utils.timezone import localdate

from accountability import rungs, starting
from accountability.clocks import Start
from accountability.models import Phase, Rung, Trigger
from accountability.worktime import LOCAL
from audit.rows import insert
from cases.hearing import counts
from cases.ledger import Ledger
from cases.models import Case, Cause, Order, Step, Summons, Verb
from cases.ordering import KIND

# What may lead to an order beside time, and the cause that it is issued for.
AFTER = dict.fromkeys((Verb.REWORK, Verb.REOPEN), (Trigger.REWORK, Cause.REWORK)) | dict.fromkeys(
    (Verb.HEAR, Verb.CALL_BACK, Verb.RATE, Verb.COME_BACK), (Trigger.DISSATISFIED, Cause.DISSATISFIED)
)
ASKED = (Verb.HEAR, Verb.CALL_BACK, Verb.RATE)


@dataclass(frozen=True)
class Wanted:
    """An order that the ladder asks for, if none of its cause is there; `round` is the round that it is about."""

    case: Case
    call: Summons
    cause: Cause
    rung: Rung
    round: int


def issue_all(wanted: list[Wanted], at: datetime) -> list[Step]:
    """Write the orders with their clocks; returns a step for each, not yet written. The cases are locked.

    A handful of statements, however many there are. One that is open for the same cause stands for both.
    """
    there = _there(wanted)
    fresh = [one for one in wanted if (one.call.pk, one.cause) not in there]
    orders = [_order(one, at) for one in fresh]
    insert(orders)
    _start(list(zip(fresh, orders, strict=True)), at)
    Summons.objects.filter(pk__in=[one.call.pk for one in fresh]).update(to_answer=F("to_answer") + 1)
    return [_step(one, order, at) for one, order in zip(fresh, orders, strict=True)]


def order_what_is_owed(ledger: Ledger, verb: Verb) -> None:
    """What just happened may lead to an order to the unit that leads: the second rework, or a resident who is
    dissatisfied after one. To open a closed case again counts as much as to send it back."""
    case = ledger.case
    if verb not in AFTER or case.round == 1 or (verb in ASKED and not _dissatisfied(ledger.steps[-1])):
        return
    trigger, cause = AFTER[verb]
    rung = rungs.current().by(trigger, case.urgency, localdate(ledger.at, LOCAL))
    lead = case.summonses.open().filter(leads=True).first()
    if rung is None or lead is None or _done_again(case, verb) < rung.threshold:
        return
    lead.case = case
    steps = issue_all([Wanted(case, lead, cause, rung, case.round)], ledger.at)
    for step in steps:  # what follows from a word that is told later is told later itself
        step.origin = ledger.origin
    ledger.steps += steps


def _done_again(case: Case, verb: Verb) -> int:
    """How often it was sent back or opened again, up to what this word is about: who comes back speaks of before."""
    return case.round - 1 - (verb == Verb.COME_BACK)


def _dissatisfied(step: Step) -> bool:
    return counts(step) and (step.facts.get("solved") is False or step.facts.get("grade") == "dissatisfied")


def _there(wanted: Iterable[Wanted]) -> set[tuple[int, str]]:
    """Summonses with an order of a cause, open or of the same round."""
    rounds = {(one.call.pk, str(one.cause)): one.round for one in wanted}
    rows = Order.objects.filter(summons__in=[pk for pk, _cause in rounds])
    found = rows.values_list("summons", "cause", "round", "closed_at")
    return {(pk, cause) for pk, cause, of, closed in found if closed is None or of == rounds.get((pk, cause))}


def _order(one: Wanted, at: datetime) -> Order:
    return Order(
        case=one.case, summons=one.call, unit_id=one.call.unit_id, cause=one.cause, rung=one.rung, round=one.round,
        issued_at=at,
    )  # fmt: skip


def _start(pairs: list[tuple[Wanted, Order]], at: datetime) -> None:
    """The clocks of the answers."""
    starting.start_each(KIND, [
        starting.Wanted(order.pk, Start(Phase.ANSWER, order.unit_id), one.case.urgency, at) for one, order in pairs
    ])  # fmt: skip


def _step(one: Wanted, order: Order, at: datetime) -> Step:
    facts = {"order": order.pk, "cause": str(order.cause), "rung": one.rung.code}
    return Step(
        case=one.case, summons=one.call, unit_id=order.unit_id, verb=Verb.ORDER, source=one.call.state,
        target=one.call.state, facts=facts, list_version_id=one.case.list_version_id, at=at,
    )  # fmt: skip
