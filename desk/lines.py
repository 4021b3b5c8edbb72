"""Cases as a list to browse shows them: how much time is left, where, where it stands, who owes the next thing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db import models
from django.db.models import BigIntegerField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.expressions import RawSQL

from accountability import calendars, timewords
from accountability.models import Clock, Phase
from accountability.timewords import Look
from audit.arrays import any_of
from audit.kept import Kept
from cases.models import Answer, Case, Summons
from desk.hanging import hang
from desk.rows import about, listed, where

OF_CALL = [field.name for field in Summons._meta.concrete_fields]


@dataclass(frozen=True)
class Line:
    """One case of a list."""

    case: Case
    calls: list[Summons]
    look: Look | None
    where: list[str] = field(default_factory=list)

    @property
    def owing(self) -> list[Summons]:
        """Who has not replied yet, the leading unit first."""
        return [call for call in self.calls if call.state != Answer.REPLIED]

    @property
    def hands(self) -> list[str]:
        """The people who have it in hand."""
        return [call.worker.name for call in self.owing if call.worker]

    @property
    def about(self) -> str:
        return about(self.case)


def lines_of(ids: list[int], at: datetime) -> list[Line]:
    """These cases, seen by the reader, in this order. Three queries for any number, one more to look at some."""
    if not ids:
        return []
    rows = cases_of(ids)
    calls: dict[int, list[Summons]] = defaultdict(list)
    called = _calls(ids=ids)
    for call in called:
        calls[call.case_id].append(call)
    hang(rows, called)
    looks = _looks(ids, [call.pk for call in called], at)
    return [Line(row, calls[row.pk], looks.get(row.pk), where(row)) for row in rows]


def cases_of(ids: list[int]) -> list[Case]:
    """These cases, with everything that a line says, in this order."""
    found = {case.pk: case for case in _cases(ids=ids)}
    return [found[pk] for pk in ids if pk in found]


@Kept
def _cases(ids: list[int]) -> QuerySet[Case]:
    return listed(Case.objects.filter(any_of("pk", ids)))


@Kept
def _calls(ids: list[int]) -> QuerySet[Summons]:
    rows = Summons.objects.open().filter(any_of("case", ids)).select_related("unit", "worker")
    return rows.only(*OF_CALL, "unit__short_name", "worker__name").order_by("-leads", "pk")


@Kept
def _clocks(cases: list[int], calls: list[int]) -> QuerySet[Clock]:
    """Of each case and the units called to it what runs and is due first; not what was promised to the resident."""
    subjects = Q(any_of("subject_id", cases), subject_kind="case")
    subjects |= Q(any_of("subject_id", calls), subject_kind="summons")
    called_to = Summons.objects.filter(pk=OuterRef("subject_id")).values("case")
    own = When(subject_kind="case", then=F("subject_id"))
    owner = models.Case(own, default=Subquery(called_to), output_field=BigIntegerField())
    rows = Clock.objects.running().filter(subjects).exclude(phase=Phase.PROMISE).select_related("limit")
    rows = rows.annotate(mark=RawSQL(calendars.NEWEST, []), owner=owner)
    return rows.order_by("owner", "due_at", "pk").distinct("owner")


def _looks(ids: list[int], calls: list[int], at: datetime) -> dict[int, Look]:
    """Of each case the running clock that is due first."""
    clocks = _clocks(cases=ids, calls=calls)
    return {clock.owner: timewords.look(clock, at, calendars.known_by(clock.mark)) for clock in clocks}
