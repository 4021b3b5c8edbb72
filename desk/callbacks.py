"""The callback list: who is to be called, what is due first, how often they were tried, and from when on they may be.

Read by keyset over the clocks of calling back, the soonest due first; what waits for a calendar stands last.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability import calendars, timewords
from accountability.models import Clock, Phase
from accountability.spans import moment
from accountability.timewords import Look
from cases.models import Case, State, Summons, Verb
from cases.workflow import MOVES
from desk.hanging import hang
from desk.lines import cases_of
from desk.rows import about, where
from engagement import public
from engagement.calling import Plans, plans_at
from engagement.public import Reporter
from engagement.waiting import Caller, callers_of_all, next_of
from grids.standing import Standing
from people.models import Role

SIZE = 50
CALLING = (Role.CLERK, Role.DISTRICT_DESK)
CALL, OPEN = _("Call"), _("Open")
Key = tuple[datetime | None, int]


@dataclass(frozen=True)
class Row:
    """One case of the list, and the person of it who is to be called next."""

    case: Case
    caller: Caller
    reporter: Reporter
    others: int
    look: Look | None
    later: str
    label: str | Promise
    href: str

    @property
    def where(self) -> list[str]:
        return where(self.case)

    @property
    def about(self) -> str:
        return about(self.case)


@dataclass(frozen=True)
class CallList:
    """The cases that wait to be called back at the places for which this person calls."""

    standing: Standing
    at: datetime

    @cached_property
    def count(self) -> int:
        return self._clocks.count()

    @cached_property
    def plans(self) -> Plans:
        return plans_at(self.at)

    def page(self, key: Key | None) -> tuple[list[Row], Key | None]:
        """So many rows from a key on, and the key of the next ones."""
        rows = self._clocks.select_related("limit", "holder").annotate(mark=RawSQL(calendars.NEWEST, []))
        found = list(_behind(rows, key).order_by(F("due_at").asc(nulls_last=True), "pk")[: SIZE + 1])
        more = (found[SIZE - 1].due_at, found[SIZE - 1].pk) if len(found) > SIZE else None
        return self._rows(found[:SIZE]), more

    @property
    def _clocks(self) -> QuerySet[Clock]:
        inside = Q(pk__in=[])
        for role, code in self.standing.posts:
            if role in CALLING:
                inside |= Q(place_code__startswith=code)
        cases = Case.objects.visible_to(self.standing).filter(inside, state=State.CALLING_BACK)
        running = Clock.objects.running().filter(subject_kind="case", phase=Phase.CALLBACK)
        return running.filter(subject_id__in=cases.values("pk"))

    def _rows(self, clocks: list[Clock]) -> list[Row]:
        cases = {case.pk: case for case in cases_of([clock.subject_id for clock in clocks])}
        hang(list(cases.values()), list(Summons.objects.filter(case__in=cases)))
        callers = callers_of_all(cases.values(), self.at)
        return [self._row(clock, cases[clock.subject_id], callers[clock.subject_id]) for clock in clocks]

    def _row(self, clock: Clock, case: Case, callers: list[Caller]) -> Row:
        asked = next_of(callers)
        assert asked is not None, "a case that waits to be called back was reported by somebody"
        (reporter,) = public.reporters_of(case, self.standing, [asked.report])
        label, href = self._next(case, asked)
        return Row(
            case, asked, reporter, sum(not one.done for one in callers) - 1,
            timewords.look(clock, self.at, calendars.known_by(clock.mark)), self._later(case, asked), label, href,
        )  # fmt: skip

    def _later(self, case: Case, asked: Caller) -> str:
        """From when on this person may be called; "" where they may be called now."""
        earliest = self.plans.of(case.urgency).earliest(asked.calls, self.at)
        if earliest is not None and earliest <= self.at:
            return ""
        return moment(earliest, self.at) if earliest else "–"

    def _next(self, case: Case, asked: Caller) -> tuple[str | Promise, str]:
        """The call; whoever handled the case, or asked the first time, opens it."""
        if asked.is_for_another(self.standing) or not MOVES[Verb.CALL_BACK].who.holds(case, self.standing):
            return OPEN, reverse("desk:case", args=[case.number])
        return CALL, f"{reverse('engagement:call_back', args=[case.number])}?report={asked.report.pk}"


def _behind(rows: QuerySet[Clock], key: Key | None) -> QuerySet[Clock]:
    if key is None:
        return rows
    due_at, pk = key
    if due_at is None:
        return rows.filter(due_at=None, pk__gt=pk)
    return rows.filter(Q(due_at__gt=due_at) | Q(due_at=due_at, pk__gt=pk) | Q(due_at=None))


def calls(standing: Standing) -> bool:
    """Whether there is a list for this person."""
    return not standing.roles.isdisjoint(CALLING)
