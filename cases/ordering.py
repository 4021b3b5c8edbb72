"""Orders of supervision: when one may be issued, answered, returned and closed, and what each does to its row.

The unit answers; an inspector, and nobody else, says whether that is enough. An order moves no other clock. What is
answered too late is late: its clock lapses at its due moment, as any other.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from accountability import clocks
from accountability.clocks import Start
from accountability.models import Phase
from cases.models import Cause, Order, Summons, Verdict
from cases.models.case import ENDED
from cases.moves import Deed, Facts, MoveRefused

KIND = "order"


def the_case_goes_on(call: Summons) -> None:
    if call.case.state in ENDED:
        raise MoveRefused(_("The case has ended, so there is nothing left to order."), code="case_ended")


def none_by_hand_is_open(call: Summons, facts: Facts, at: datetime) -> None:
    if call.orders.open().filter(cause=Cause.BY_HAND).exists():
        sentence = _("An order of yours to this unit is open already. Close it, or return its answer, first.")
        raise MoveRefused(sentence, code="ordered_already")


def one_waits_for_an_answer(call: Summons) -> None:
    if not call.to_answer:
        raise MoveRefused(_("No order waits for an answer of this unit."), code="no_order")


def one_is_answered(call: Summons) -> None:
    if not call.to_judge:
        if call.to_answer:
            sentence = _("The unit has not answered the order yet. It is closed, or returned, when it has.")
            raise MoveRefused(sentence, code="not_answered")
        raise MoveRefused(_("No order to this unit is open."), code="no_order")


def is_one_to_answer(call: Summons, facts: Facts, at: datetime) -> None:
    to_answer(call, facts)


def is_one_to_judge(call: Summons, facts: Facts, at: datetime) -> None:
    to_judge(call, facts)


def is_one_to_close(call: Summons, facts: Facts, at: datetime) -> None:
    to_judge(call, facts)
    if facts.get("verdict") not in Verdict.values:
        raise MoveRefused(_("Choose the verdict."), code="no_verdict")


def to_answer(call: Summons, facts: Facts) -> Order:
    return _the_one([one for one in open_orders(call) if one.is_awaited], facts)


def to_judge(call: Summons, facts: Facts) -> Order:
    return _the_one([one for one in open_orders(call) if not one.is_awaited], facts)


def open_orders(call: Summons) -> list[Order]:
    return list(call.orders.open())


def _the_one(orders: list[Order], facts: Facts) -> Order:
    """The order that is named, or the only one there is."""
    named = str(facts.get("order") or "")
    found = [one for one in orders if not named or str(one.pk) == named]
    if len(found) != 1:
        raise MoveRefused(_("Choose which of the orders you mean."), code="which_order")
    return found[0]


def issue_by_hand(call: Summons, deed: Deed) -> None:
    """An inspector's own order, with their words as what it demands."""
    assert deed.by is not None
    made = Order.objects.create(
        case=call.case, summons=call, unit_id=call.unit_id, cause=Cause.BY_HAND, round=call.case.round,
        demand=deed.note[:1000], issued_by=deed.by.user, issued_at=deed.at,
    )  # fmt: skip
    call.to_answer += 1
    deed.facts.update(order=made.pk, cause=made.cause)
    _start(call, made, deed)


def answer(call: Summons, deed: Deed) -> None:
    assert deed.by is not None
    order = to_answer(call, deed.facts)
    order.answer, order.answered_by, order.answered_at = deed.note[:1000], deed.by.user, deed.at
    order.save(update_fields=["answer", "answered_by", "answered_at"])
    call.to_answer, call.to_judge = call.to_answer - 1, call.to_judge + 1
    deed.facts.update(order=order.pk, cause=order.cause)
    deed.lapsed.extend(clocks.stop(KIND, [order.pk], phases=[Phase.ANSWER], at=deed.at))


def give_back(call: Summons, deed: Deed) -> None:
    """Not enough: the unit answers again, on a clock of its own."""
    order = to_judge(call, deed.facts)
    order.answered_by, order.answered_at, order.returned = None, None, order.returned + 1
    order.save(update_fields=["answered_by", "answered_at", "returned"])
    call.to_answer, call.to_judge = call.to_answer + 1, call.to_judge - 1
    deed.facts.update(order=order.pk, cause=order.cause)
    _start(call, order, deed)


def close(call: Summons, deed: Deed) -> None:
    assert deed.by is not None
    order = to_judge(call, deed.facts)
    order.verdict, order.words = deed.facts["verdict"], deed.note[:1000]
    order.closed_by, order.closed_at = deed.by.user, deed.at
    order.save(update_fields=["verdict", "words", "closed_by", "closed_at"])
    call.to_judge -= 1
    deed.facts.update(order=order.pk, cause=order.cause)


def _start(call: Summons, order: Order, deed: Deed) -> None:
    start = Start(Phase.ANSWER, order.unit_id, order.returned + 1)
    clocks.start(KIND, order.pk, starts=[start], urgency=call.case.urgency, at=deed.at)
