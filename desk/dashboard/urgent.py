"""What breaches today and is not yet late: the clock that runs out first, and who can still prevent it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case as Choice
from django.db.models import OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import RawSQL
from django.urls import reverse

from accountability import calendars, timewords
from accountability.models import Clock, Phase
from accountability.timewords import Look
from cases.models import Case, Summons
from cases.querysets import CaseQuerySet
from desk.dashboard.scopes import Scope
from desk.rows import listed, where

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
    """The first few of these cases, soonest first; two queries."""
    rows = list(listed(cases).order_by(due, "pk")[:SIZE])
    first: dict[int, Clock] = {}
    for clock in _clocks(scope, [row.pk for row in rows]):
        first.setdefault(clock.of_case or clock.subject_id, clock)
    return [Breach(row, _look(first[row.pk], at), first[row.pk]) for row in rows if row.pk in first]


def _clocks(scope: Scope, case_ids: list[int]) -> QuerySet[Clock]:
    """What runs for these cases, soonest first; of a unit only its own."""
    calls = Summons.objects.open().filter(case__in=case_ids)
    calls = calls.filter(unit=scope.unit) if scope.unit else calls
    subjects = Q(subject_kind="summons", subject_id__in=calls.values("pk"))
    if not scope.unit:
        subjects |= Q(subject_kind="case", subject_id__in=case_ids)
    running = Clock.objects.running().filter(subjects).exclude(phase=Phase.PROMISE).exclude(due_at=None)
    of_summons = When(subject_kind="summons", then=Subquery(calls.filter(pk=OuterRef("subject_id")).values("case")))
    running = running.annotate(mark=RawSQL(calendars.NEWEST, []), of_case=Choice(of_summons, default=None))
    return running.select_related("limit", "holder").order_by("due_at")


def _look(clock: Clock, at: datetime) -> Look:
    return timewords.look(clock, at, calendars.known_by(clock.mark))
