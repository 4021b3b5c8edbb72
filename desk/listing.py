"""Which cases a list shows, page by page, and how many: nothing here reads what grows.

A person's cases come in parts that share none (`visible_in_parts`), each found by one index; both are joined here.
Open cases are counted exactly, over the index of open cases; ended ones only as far as anybody reads.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from cases.counting import CAPPED, counts_by_state
from cases.filters import DUE, EVERY, OPEN
from cases.models import Case, State
from cases.models.case import ENDED
from desk.asking import OPEN_STATES, Question
from grids.standing import Standing
from people.addresses import number_in

SIZE = 50
CAP = 10_000
ANY = "\ufdd0"  # stands for a state, and is none
AFTER = "(cases_case.due_at, cases_case.id) > (%s, %s)"
Key = tuple[int, datetime | None]  # of a case: its id and its due moment


@dataclass(frozen=True)
class Number:
    """So many; beyond the cap only that there are more."""

    exact: int
    more: bool = False

    def __str__(self) -> str:
        return f"{CAP:,}+" if self.more else str(self.exact)

    def __bool__(self) -> bool:
        return bool(self.exact)

    @property
    def words(self) -> str:
        return _("more than %(count)s") % {"count": f"{CAP:,}"} if self.more else str(self.exact)


class Listing:
    """The cases of one question that this person sees."""

    def __init__(self, question: Question, standing: Standing) -> None:
        self.question = question
        visible = Case.objects.visible_in_parts(standing)
        self.bare = [question.narrow(part, ("state", "due")) for part in visible]
        self.parts = [question.narrow(part) for part in visible]

    # ---- How many

    def count(self) -> "Counts":
        return Counts(self)

    def at_most(self, cap: int) -> int:
        """How many rows there are, counted no further than one more than `cap`."""
        if self.question.faults:
            return 0
        return sum(number for _name, _due, number, _next in _union([_capped("", part, cap) for part in self.parts]))

    def groups(self) -> dict[tuple[str, str], int]:
        """How many open cases stand in each state and each group of time left; ended ones in each state."""
        if self.question.faults:
            return {}
        due = self.question.filters.due_field
        opened = [part.open().order_by().values("state", falls_due=F(due)) for part in self.bare]
        return counts_by_state(opened, [one for part in self.bare for one in _ended(part)], self.question.at)

    # ---- Which

    def page(self, key: str, size: int = SIZE) -> tuple[list[int], str]:
        """The ids of one page behind a key ("" is the beginning), and the key of the next page ("" after the last)."""
        found = self._by_time(key, size + 1) if self.question.by_time_left else self._newest(key, size + 1)
        ids = [pk for pk, _due in found[:size]]
        return ids, self._key(found[size - 1]) if len(found) > size else ""

    def _newest(self, key: str, size: int) -> list[Key]:
        before = number_in(key)
        parts = [part.filter(pk__lt=before) if before else part for part in self.parts]
        return sorted(_joined([part.order_by("-pk")[:size] for part in parts]), reverse=True)[:size]

    def _by_time(self, key: str, size: int) -> list[Key]:
        """By due moment, those without one last; two steps, so that both follow the index of open cases."""
        due, last = _read(key)
        rest = self.parts
        if due:
            behind = RawSQL(AFTER, [due, last], output_field=BooleanField())
            found = _soonest([part.filter(behind) for part in self.parts], size)
            if len(found) == size:
                return found
            return [*found, *_soonest([part.filter(due_at=None) for part in self.parts], size - len(found))]
        if last is not None:
            rest = [part.filter(due_at=None, pk__gt=last) for part in self.parts]
        return _soonest(rest, size)

    def _key(self, row: Key) -> str:
        pk, due = row
        if not self.question.by_time_left:
            return str(pk)
        return f"{due.isoformat() if due else ''},{pk}"


class Counts:
    """How many each choice of state and time left would show, from one question to the database."""

    def __init__(self, listing: Listing) -> None:
        self.found = listing.groups()
        self.question = listing.question

    def of(self, state: str, due: str = "") -> Number:
        if state in ENDED:
            exact = self.found.get((state, ""), 0)
            return Number(exact, exact > CAP) if not due else Number(0)
        states = OPEN_STATES if state in (OPEN, EVERY) else [state]
        exact = sum(self.found.get((one, group), 0) for one in states for group in ([due] if due else DUE))
        if state != EVERY or due:
            return Number(exact)
        ended = [self.of(one) for one in ENDED if one != State.WITHHELD]  # as the filter of all leaves it out
        return Number(exact + sum(one.exact for one in ended), any(one.more for one in ended))

    @property
    def here(self) -> Number:
        return self.of(self.question.state, self.question.due)


def _capped(name: str, cases: QuerySet, cap: int) -> tuple[str, tuple]:
    sql, params = cases.order_by().values("pk")[: cap + 1].query.sql_with_params()
    return CAPPED.format(cases=sql), (name, *params)


def _ended(part: QuerySet) -> list[tuple[str, tuple]]:
    """Each state in which cases have ended. Its question is written once: that takes longer than its answer."""
    sql, params = _capped(ANY, part.filter(state=ANY), CAP)
    return [(sql, tuple(state if param == ANY else param for param in params)) for state in ENDED]


def _union(pieces: list[tuple[str, tuple]]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        sql = " UNION ALL ".join(f"({sql})" for sql, _params in pieces)
        cursor.execute(sql, [param for _sql, params in pieces for param in params])
        return cursor.fetchall()


def _joined(parts: list[QuerySet]) -> list[Key]:
    first, *others = [part.values_list("pk", "due_at") for part in parts]
    return list(first.union(*others, all=True) if others else first)


def _soonest(parts: list[QuerySet], size: int) -> list[Key]:
    found = _joined([part.order_by("due_at", "pk")[:size] for part in parts])
    return sorted(found, key=lambda row: (row[1] is None, row[1], row[0]))[:size]


def _read(key: str) -> tuple[datetime | None, int | None]:
    """The due moment and the id behind which a page begins; one that is none begins at the beginning."""
    moment, _comma, pk = key.partition(",")
    last = number_in(pk)
    try:
        due = parse_datetime(moment) if moment else None
    except ValueError:
        return None, None
    return (None, None) if last is None or (moment and (due is None or is_naive(due))) else (due, last)
