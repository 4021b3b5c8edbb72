"""The supervision board: what stands on which rung of the ladder now, and which orders are open, soonest first.

Read from two partial indexes: clocks on the ladder, and open orders. A unit's reply stands in one group at most; where
an order about it is open, the order stands for it until the district leader is told.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accountability import rungs
from accountability.models import Action, Clock
from accountability.worktime import LOCAL
from assessment.querysets import SEEING_PLACE
from cases.days import STREET_CODE
from cases.models import Order, Summons
from grids.models import Area
from grids.standing import Standing
from people.models import Unit

SIZE = 50
JUDGE, ANSWER, LEADER, RED, YELLOW = "judge", "answer", "leader", "red", "yellow"
# In the order of the board: what waits for an inspector, for a unit, and then the ladder from its top.
GROUPS: dict[str, Promise] = {
    JUDGE: _("Orders answered, to be judged"),
    ANSWER: _("Orders to be answered"),
    LEADER: _("Before the district leader"),
    RED: _("Red card"),
    YELLOW: _("Yellow card"),
}
# Which moment a group is sorted by, and which actions of the ladder it holds.
MOMENTS = {JUDGE: "answered_at", ANSWER: "issued_at", LEADER: "due_at", RED: "due_at", YELLOW: "due_at"}
ACTIONS = {LEADER: (Action.LEADER,), RED: (Action.RED, Action.ORDER), YELLOW: (Action.YELLOW,)}
Key = tuple[str, datetime, int]


@dataclass(frozen=True)
class Entry:
    """An order, or a clock on the ladder, in its group."""

    group: str
    thing: Any

    @property
    def key(self) -> Key:
        return self.group, getattr(self.thing, MOMENTS[self.group]), self.thing.pk


@dataclass(frozen=True)
class Board:
    """What one person oversees or answers for, of one unit and one street where these are named."""

    standing: Standing
    at: datetime
    unit: str = ""
    street: str = ""

    @cached_property
    def counts(self) -> dict[str, int]:
        """Four queries."""
        orders = self.orders.aggregate(judge=Count("pk", Q(answered_at__isnull=False)), all=Count("pk"))
        of_orders = {JUDGE: orders["judge"], ANSWER: orders["all"] - orders["judge"]}
        return {**of_orders, **{group: self.of(group).count() for group in ACTIONS}}

    def of(self, group: str) -> QuerySet:
        """The orders or the clocks of a group."""
        if group == JUDGE:
            return self.orders.to_judge()
        if group == ANSWER:
            return self.orders.awaited()
        calls = self.calls if group == LEADER else self.calls.filter(to_answer=0, to_judge=0)
        heights = set().union(*(self._heights[action] for action in ACTIONS[group]))
        return Clock.objects.on_rungs(heights).filter(subject_kind="summons", subject_id__in=calls.values("pk"))

    def page(self, wanted: str, key: Key | None) -> tuple[list[Entry], Key | None]:
        """So many entries from a key on, of one group or of all; and the key of the next ones. A query a group."""
        found: list[Entry] = []
        for group in self._from(wanted, key):
            found += self._entries(group, key if key and key[0] == group else None, SIZE + 1 - len(found))
            if len(found) > SIZE:
                return found[:SIZE], found[SIZE - 1].key
        return found, None

    @cached_property
    def units(self) -> list[Unit]:
        """Those that anything on the board is about, whatever unit is chosen."""
        every = Board(self.standing, self.at, street=self.street)
        clocks = Clock.objects.on_rungs(set().union(*self._heights.values())).filter(subject_kind="summons")
        called = every.calls.filter(pk__in=clocks.values("subject_id"))
        where = Q(pk__in=called.values("unit")) | Q(pk__in=every.orders.values("unit"))
        return list(Unit.objects.filter(where).order_by("code"))

    @cached_property
    def streets(self) -> list[Area]:
        """Those among which somebody may choose."""
        where = Q(pk__in=[])
        for code in codes_of(self.standing):
            where |= Q(code__startswith=code)
        return list(Area.objects.filter(where, kind="street").order_by("code"))

    @property
    def calls(self) -> QuerySet[Summons]:
        return Summons.objects.visible_to(self.standing).filter(self._within)

    @property
    def orders(self) -> Any:
        return Order.objects.visible_to(self.standing).filter(self._within).open()

    @property
    def _within(self) -> Q:
        mine = Q(unit__in=self.standing.acting_units())
        for code in codes_of(self.standing):
            mine |= Q(case__place_code__startswith=code)
        if self.unit:
            mine &= Q(unit__code=self.unit)
        return mine & Q(case__place_code__startswith=self.street) if self.street else mine

    @cached_property
    def _heights(self) -> dict[str, set[int]]:
        return rungs.current().heights(localdate(self.at, LOCAL))

    def _from(self, wanted: str, key: Key | None) -> Iterator[str]:
        """The groups that hold anything, from the key's on."""
        order = list(GROUPS)
        for group in [wanted] if wanted in GROUPS else order[order.index(key[0]) if key else 0 :]:
            if self.counts[group]:
                yield group

    def _entries(self, group: str, key: Key | None, most: int) -> list[Entry]:
        moment = MOMENTS[group]
        rows = self.of(group).order_by(moment, "pk")
        if key:
            rows = rows.filter(Q(**{f"{moment}__gt": key[1]}) | Q(**{moment: key[1]}, pk__gt=key[2]))
        return [Entry(group, thing) for thing in rows[:most]]


def codes_of(standing: Standing) -> list[str]:
    """The districts and streets that this person oversees."""
    return sorted({code for role, code in standing.posts if role in SEEING_PLACE and len(code) <= STREET_CODE})


def oversees(standing: Standing) -> bool:
    """Whether there is a board for this person."""
    return bool(codes_of(standing) or standing.acting_units())
