"""Everything the case page reads: one query a table, however long the history."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, Q
from django.db.models.expressions import RawSQL
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accountability import calendars, timewords
from accountability.models import Clock, Duty, Phase
from accountability.timewords import Look
from accountability.worktime import WorkCalendar
from assessment.models import Mark
from cases.models import Answer, Case, State, Step, Summons
from desk.rows import listed
from engagement.public import Reporter, reporters_of
from files.showing import by_step
from grids.standing import Standing
from people.models import Unit

SHOWN = ("profile", "category", "item", "situation", "list_version", "area__parent__parent", "office")


@dataclass(frozen=True)
class Timed:
    """A clock with what its light says at the moment of the page."""

    clock: Clock
    look: Look

    @property
    def running(self) -> bool:
        return self.clock.stopped_at is None


@dataclass(frozen=True)
class Rows:
    """What was read, with the reader and the moment."""

    case: Case
    standing: Standing
    at: datetime
    calls: list[Summons]
    steps: list[Step]
    calendar: WorkCalendar
    clocks: dict[tuple[str, int], list[Timed]]
    duties: list[Duty]
    photos: dict[int | None, list[Any]]
    reporters: list[Reporter]
    marks: list[Mark] = field(default_factory=list)

    @cached_property
    def call_of(self) -> dict[int, Summons]:
        return {call.pk: call for call in self.calls}

    @cached_property
    def open_calls(self) -> list[Summons]:
        return [call for call in self.calls if call.state != Answer.RELEASED]

    @cached_property
    def running(self) -> list[Timed]:
        """All clocks that run, the earliest due first; those that await a calendar last."""
        found = [timed for group in self.clocks.values() for timed in group if timed.running]
        return sorted(found, key=lambda timed: (timed.clock.due_at is None, timed.clock.due_at or self.at))

    def unit(self, unit_id: int | None) -> Unit | None:
        """A unit that has been read already: with the case, its summonses or its clocks."""
        holders = {one.clock.holder_id: one.clock.holder for group in self.clocks.values() for one in group}
        known = holders | {call.unit_id: call.unit for call in self.calls} | {self.case.office_id: self.case.office}
        return known.get(unit_id)

    def of_case(self) -> list[Timed]:
        return self.clocks["case", self.case.pk]

    def of_call(self, call: Summons) -> list[Timed]:
        return self.clocks["summons", call.pk]


def read(number: str, standing: Standing, at: datetime) -> Rows:
    """Found through what this person may see; unseen is not found."""
    calls = Summons.objects.in_hands(at).select_related("unit", "worker", "whistle").order_by("-leads", "pk")
    seen = listed(Case.objects.visible_to(standing)).select_related(*SHOWN)
    case = get_object_or_404(seen.prefetch_related(Prefetch("summonses", calls)), number=number)
    called = list(case.summonses.all())
    clocks, calendar = _clocks(case, called, at)
    steps = list(case.steps.select_related("unit", "actor").order_by("-seq"))
    _hang(case, called, steps)
    photos = by_step("case", case.pk, case.lon, case.lat)
    reporters = reporters_of(case, standing)
    return Rows(
        case, standing, at, called, steps, calendar, clocks, _duties(case), photos, reporters, _marks(case, standing)
    )


def _hang(case: Case, calls: list[Summons], steps: list[Step]) -> None:
    """Give each summons its case and steps as a prefetch would, so that the tables' questions ask nothing again."""
    for call in calls:
        call.case = case
        call._prefetched_objects_cache = {"steps": [step for step in reversed(steps) if step.summons_id == call.pk]}


def _clocks(case: Case, calls: list[Summons], at: datetime) -> tuple[dict, WorkCalendar]:
    """The clocks of the case and its summonses, and the calendar that their words need, in one query."""
    where = Q(subject_kind="case", subject_id=case.pk)
    where |= Q(subject_kind="summons", subject_id__in=[call.pk for call in calls])
    rows = list(
        Clock.objects.filter(where)
        .select_related("limit", "holder", "calendar")
        .annotate(mark=RawSQL(calendars.NEWEST, []))
        .order_by("round", "pk")
    )
    calendar = calendars.known_by(rows[0].mark) if rows else calendars.UNKNOWN
    found: dict[tuple[str, int], list[Timed]] = defaultdict(list)
    for clock in rows:
        look = timewords.look(clock, at, calendar, _stopped_by(case, clock))
        found[clock.subject_kind, clock.subject_id].append(Timed(clock, look))
    return found, calendar


def _stopped_by(case: Case, clock: Clock) -> str:
    """A street that turned a case down answered in time, yet accepted nothing."""
    return _("Answered") if case.state == State.TURNED_DOWN and clock.phase == Phase.ACCEPT else ""


def _duties(case: Case) -> list[Duty]:
    if case.item_id is None or case.list_version_id is None:
        return []
    mine = Duty.objects.filter(item_version__item=case.item_id, item_version__version=case.list_version_id)
    return list(mine.select_related("unit", "item_version"))


def _marks(case: Case, standing: Standing) -> list[Mark]:
    if case.state != State.CLOSED:
        return []
    return list(Mark.objects.visible_to(standing).filter(case=case).select_related("unit").order_by("part", "pk"))
