"""Cases as a list to browse shows them: how much time is left, where, where it stands, who owes the next thing."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q
from django.db.models.expressions import RawSQL

from accountability import calendars, timewords
from accountability.models import Clock, Phase
from accountability.timewords import Look
from cases.models import Answer, Case, Summons
from desk.rows import about, listed, where
from desk.work import hang


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
    """These cases, seen by the reader, in this order. Three queries, however many rows."""
    found = {case.pk: case for case in listed(Case.objects.filter(pk__in=ids))}
    rows = [found[pk] for pk in ids if pk in found]
    calls: dict[int, list[Summons]] = defaultdict(list)
    called = Summons.objects.open().filter(case__in=ids).select_related("unit", "worker")
    for call in called.order_by("-leads", "pk"):
        calls[call.case_id].append(call)
    hang(rows, [call for of_case in calls.values() for call in of_case])
    looks = _looks(rows, calls, at)
    return [Line(row, calls[row.pk], looks.get(row.pk), where(row)) for row in rows]


def _looks(rows: list[Case], calls: dict[int, list[Summons]], at: datetime) -> dict[int, Look]:
    """Of each case the running clock that is due first; what was promised to the resident follows the others."""
    case_of = {call.pk: case for case, of_case in calls.items() for call in of_case}
    subjects = Q(subject_kind="case", subject_id__in=[row.pk for row in rows])
    subjects |= Q(subject_kind="summons", subject_id__in=list(case_of))
    clocks = Clock.objects.running().filter(subjects).exclude(phase=Phase.PROMISE).select_related("limit")
    found: dict[int, Look] = {}
    for clock in clocks.annotate(mark=RawSQL(calendars.NEWEST, [])).order_by("due_at"):
        case = clock.subject_id if clock.subject_kind == "case" else case_of[clock.subject_id]
        if case not in found:
            found[case] = timewords.look(clock, at, calendars.known_by(clock.mark))
    return found
