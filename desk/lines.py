"""Cases as a list to browse shows them: where each stands, who owes the next thing, which clock runs out first."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

from accountability import calendars, timewords
from accountability.models import Clock, Phase
from accountability.timewords import Look
from cases.models import Answer, Case, Summons
from desk.rows import about, listed, where


@dataclass(frozen=True)
class Line:
    """One case of a list."""

    case: Case
    owing: list[Summons]
    look: Look | None

    @property
    def where(self) -> list[str]:
        return where(self.case)

    @property
    def about(self) -> str:
        return about(self.case)


def lines_of(cases: QuerySet[Case], size: int, at: datetime) -> list[Line]:
    """Three queries, however many rows."""
    rows = list(listed(cases)[:size])
    owing: dict[int, list[Summons]] = defaultdict(list)
    open_calls = Summons.objects.open().filter(case__in=[row.pk for row in rows]).exclude(state=Answer.REPLIED)
    for call in open_calls.select_related("unit").order_by("-leads", "pk"):
        owing[call.case_id].append(call)
    looks = _looks(rows, owing, at)
    return [Line(row, owing[row.pk], looks.get(row.pk)) for row in rows]


def _looks(rows: list[Case], owing: dict[int, list[Summons]], at: datetime) -> dict[int, Look]:
    """Of each case the running clock that is due first; what was promised to the resident follows the others."""
    case_of = {call.pk: case for case, calls in owing.items() for call in calls}
    subjects = Q(subject_kind="case", subject_id__in=[row.pk for row in rows])
    subjects |= Q(subject_kind="summons", subject_id__in=list(case_of))
    clocks = Clock.objects.running().filter(subjects).exclude(phase=Phase.PROMISE).select_related("limit")
    found: dict[int, Look] = {}
    for clock in clocks.annotate(mark=RawSQL(calendars.NEWEST, [])).order_by("due_at"):
        case = clock.subject_id if clock.subject_kind == "case" else case_of[clock.subject_id]
        if case not in found:
            found[case] = timewords.look(clock, at, calendars.known_by(clock.mark))
    return found
