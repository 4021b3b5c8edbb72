"""What breaches today and is not yet late: the clock that runs out first, and who can still prevent it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL
from django.urls import reverse

from accountability import calendars, timewords
from accountability.models import Clock, Phase
from accountability.timewords import Look
from audit.arrays import any_of
from audit.kept import Kept
from cases.models import Case, Summons
from cases.querysets import CaseQuerySet
from desk.dashboard.scopes import Scope
from desk.lines import cases_of
from desk.rows import where

SIZE = 5


@dataclass(frozen=True)
class Breach:
    """One case, the clock that decides, and its holder."""

    case: Case
    look: Look
    clock: Clock

    @property
    def where(self) -> list[str]:
        return where(self.case)

    @property
    def href(self) -> str:
        """The case page, at the holder's summons where it is one."""
        page = reverse("desk:case", args=[self.case.number])
        at_unit = self.clock.subject_kind == "summons" and self.clock.holder
        return f"{page}#unit-{self.clock.holder.code}" if at_unit else page


def breaches_of(scope: Scope, cases: CaseQuerySet, at: datetime, due: str) -> list[Breach]:
    """The first few of these cases, soonest first; four queries."""
    ids = list(cases.order_by(due, "pk").values_list("pk", flat=True)[:SIZE])
    rows = cases_of(ids)
    calls = dict(Summons.objects.open().filter(any_of("case", ids), **_own(scope)).values_list("pk", "case"))
    first: dict[int, Clock] = {}
    for clock in _clocks(cases=[] if scope.unit else ids, calls=list(calls)):
        first.setdefault(clock.subject_id if clock.subject_kind == "case" else calls[clock.subject_id], clock)
    return [Breach(row, _look(first[row.pk], at), first[row.pk]) for row in rows if row.pk in first]


def _own(scope: Scope) -> dict[str, Any]:
    """Of a unit's cases only its own clocks count."""
    return {"unit": scope.unit} if scope.unit else {}


@Kept
def _clocks(cases: list[int], calls: list[int]) -> QuerySet[Clock]:
    """What runs for these cases and summonses and falls due, soonest first."""
    subjects = Q(any_of("subject_id", cases), subject_kind="case")
    subjects |= Q(any_of("subject_id", calls), subject_kind="summons")
    running = Clock.objects.running().filter(subjects).exclude(phase=Phase.PROMISE).exclude(due_at=None)
    return running.annotate(mark=RawSQL(calendars.NEWEST, [])).select_related("limit", "holder").order_by("due_at")


def _look(clock: Clock, at: datetime) -> Look:
    return timewords.look(clock, at, calendars.known_by(clock.mark))
