"""The rows of the supervision board: the case, the unit, how much time is left, and one clear next action."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability import calendars, timewords
from accountability.models import Clock
from accountability.spans import moment
from accountability.timewords import Look
from cases import summons
from cases.models import Case, Cause, Order, Summons, Verb
from desk.hanging import hang
from desk.lines import cases_of
from desk.rows import about, where
from desk.supervision import ANSWER, JUDGE, Entry
from grids.standing import Standing

OPEN = _("Open")
# Where the next step is the same move for everybody in the group; else an inspector orders and the unit replies.
NEXT: dict[str, tuple[tuple[Verb, Promise], ...]] = {
    JUDGE: ((Verb.CLOSE_ORDER, _("Judge the answer")),),
    ANSWER: ((Verb.ANSWER, Verb.ANSWER.label),),
}
OTHERWISE = ((Verb.ORDER, Verb.ORDER.label), (Verb.REPLY, Verb.REPLY.label))


@dataclass(frozen=True)
class Row:
    """One line of the board."""

    group: str
    case: Case
    call: Summons
    order: Order | None
    look: Look | None
    when: str
    label: str | Promise
    href: str

    @property
    def where(self) -> list[str]:
        return where(self.case)

    @property
    def about(self) -> str:
        return about(self.case)


def rows_of(entries: list[Entry], standing: Standing, at: datetime) -> list[Row]:
    """These entries with all that they say: five queries, however many."""
    orders = [entry.thing for entry in entries if isinstance(entry.thing, Order)]
    clocks = _clocks([entry.thing.pk for entry in entries if isinstance(entry.thing, Clock)], orders)
    calls = _calls(entries)
    cases = {case.pk: case for case in cases_of(sorted({call.case_id for call in calls.values()}))}
    _hang(cases, calls)
    judged = _ordered_by_hand(calls)
    return [_row(entry, calls, clocks, standing, at, judged) for entry in entries]


def _clocks(ids: list[int], orders: list[Order]) -> dict[tuple[str, int], Clock]:
    """The clocks on the ladder by their summons, and those of the answers by their order."""
    of_orders = Clock.objects.running().of("order", [one.pk for one in orders if one.is_awaited])
    rows = (Clock.objects.filter(pk__in=ids) | of_orders).select_related("limit", "holder")
    marked = rows.annotate(mark=RawSQL(calendars.NEWEST, []))
    return {(clock.subject_kind, clock.subject_id): clock for clock in marked}


def _calls(entries: list[Entry]) -> dict[int, Summons]:
    return Summons.objects.select_related("unit").in_bulk({_call_of(entry.thing) for entry in entries})


def _call_of(thing: Order | Clock) -> int:
    return thing.summons_id if isinstance(thing, Order) else thing.subject_id


def _hang(cases: dict[int, Case], calls: dict[int, Summons]) -> None:
    """Give each summons its case, and each case its summonses, so that the tables' questions ask nothing again."""
    every: QuerySet[Summons] = Summons.objects.filter(case__in=cases)
    hang(list(cases.values()), list(every))
    for call in calls.values():
        call.case = cases[call.case_id]


def _ordered_by_hand(calls: dict[int, Summons]) -> set[int]:
    """Summonses with an order of an inspector's that is open: a second one would be refused."""
    rows = Order.objects.open().filter(summons__in=list(calls), cause=Cause.BY_HAND)
    return set(rows.values_list("summons", flat=True))


def _row(entry: Entry, calls: Any, clocks: Any, standing: Standing, at: datetime, by_hand: set[int]) -> Row:
    thing = entry.thing
    order = thing if isinstance(thing, Order) else None
    call = calls[_call_of(thing)]
    clock = clocks.get(("order", order.pk) if order else ("summons", call.pk))
    look = timewords.look(clock, at, calendars.known_by(clock.mark)) if clock else None
    label, href = _next(entry.group, call, standing, by_hand)
    when = moment(order.answered_at or order.issued_at, at) if order else ""
    return Row(entry.group, call.case, call, order, look, when, label, href)


def _next(group: str, call: Summons, standing: Standing, by_hand: set[int]) -> tuple[str | Promise, str]:
    """The first move of the table that this person may make; whoever may make none opens the case."""
    number = call.case.number
    for verb, label in NEXT.get(group, OTHERWISE):
        if _may(verb, call, standing) and not (verb == Verb.ORDER and call.pk in by_hand):
            if verb == Verb.CLOSE_ORDER:
                return label, f"{reverse('desk:case', args=[number])}#orders"
            return label, reverse("cases:summons_move", args=[number, call.pk, verb.value])
    return OPEN, reverse("desk:case", args=[number])


def _may(verb: Verb, call: Summons, standing: Standing) -> bool:
    move = summons.MOVES[verb]
    return call.state in move.sources and move.who.holds(call, standing)


def grouped(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.group].append(row)
    return found
