"""The orders of supervision of a case, the newest first: what each demands, its answer and time, and the verdict."""

from dataclasses import dataclass

from accountability import calendars, timewords
from accountability.spans import moment
from accountability.timewords import Look
from cases.models import Order, Verb
from cases.posts import ANSWERS, SUPERVISES
from desk.case_page import asked
from desk.case_page.rows import Rows
from people.drawn import address


@dataclass(frozen=True)
class Link:
    """A move that this reader may make of the order."""

    label: str
    href: str


@dataclass(frozen=True)
class OrderLine:
    """One order as the case page tells it; moments in words."""

    order: Order
    look: Look | None
    issued: str
    answered: str
    closed: str
    links: list[Link]


def order_lines(rows: Rows) -> list[OrderLine]:
    """Two queries, and only where an order was issued."""
    if not any(step.verb == Verb.ORDER for step in rows.steps):
        return []
    orders = asked.orders(case=rows.case.pk)
    looks = {
        clock.subject_id: timewords.look(clock, rows.at, calendars.known_by(clock.mark))
        for clock in asked.clocks_of_orders(orders=[order.pk for order in orders])
    }
    return [_line(order, looks.get(order.pk), rows) for order in orders]


def _line(order: Order, look: Look | None, rows: Rows) -> OrderLine:
    when = [moment(at, rows.at) if at else "" for at in (order.issued_at, order.answered_at, order.closed_at)]
    return OrderLine(order, look, *when, _links(order, rows))


def _links(order: Order, rows: Rows) -> list[Link]:
    call = rows.call_of[order.summons_id]
    verbs: tuple[Verb, ...] = ()
    if order.is_awaited and ANSWERS.holds(call, rows.standing):
        verbs = (Verb.ANSWER,)
    elif order.is_open and not order.is_awaited and SUPERVISES.holds(call, rows.standing):
        verbs = (Verb.CLOSE_ORDER, Verb.RETURN)
    return [
        Link(str(verb.label), address("cases:summons_move", rows.case.number, call.pk, verb.value)) for verb in verbs
    ]
