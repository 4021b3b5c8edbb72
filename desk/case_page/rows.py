"""Everything the case page reads: one query a table (desk.case_page.asked), however long the history."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import calendars, timewords
from accountability.models import Clock, Duty, Phase, Segment
from accountability.timewords import Look
from accountability.worktime import WorkCalendar
from assessment.models import Mark
from cases import beside
from cases.confiding import keeps
from cases.models import Answer, Case, Dispute, JointMember, Link, State, Step, Summons, Transfer, Verb
from cases.reopening import AGAIN
from desk.case_page import asked
from engagement.public import Reporter, came_back_with, reporters_of
from files.showing import by_step
from grids.standing import Standing

# What ends the wait for an acceptance and accepts nothing, in the words of the clock that it stopped.
ANSWERED = {
    Verb.TURN_DOWN: gettext_lazy("Answered"), Verb.MERGE: State.MERGED.label, Verb.REPEAT: gettext_lazy("Answered"),
    Verb.PLACE: gettext_lazy("Handed on"), Verb.TRANSFER: gettext_lazy("Handed on"),
}  # fmt: skip
OF_LINKS = (Verb.MERGE, Verb.TAKE_IN, Verb.REPEAT, Verb.SPLIT)
SEGMENTS = Prefetch("segments", Segment.objects.select_related("holder", "approver"))


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
    came_back: dict[datetime, str] = field(default_factory=dict)
    transfers: list[Transfer] = field(default_factory=list)

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

    def of_case(self) -> list[Timed]:
        return self.clocks["case", self.case.pk]

    def of_call(self, call: Summons) -> list[Timed]:
        return self.clocks["summons", call.pk]


def read(number: str, standing: Standing, at: datetime) -> Rows:
    """Found through what this person may see; unseen is not found."""
    found = asked.the_case(standing, number=number)
    if not found:
        raise Http404
    case = found[0]
    called = asked.calls(case=case.pk, at=at)
    steps = asked.steps(case=case.pk)
    clocks, calendar = _clocks(case, at, steps)
    _hang(case, called, steps)
    photos = by_step("case", case.pk, case.lon, case.lat)
    if not keeps(case, standing):
        photos = {step: _bare(shown) if step in _of_report(steps) else shown for step, shown in photos.items()}
    reporters = reporters_of(case, standing)
    marks = _marks(case, standing, steps)
    back = came_back_with(case, standing) if any(step.verb == Verb.COME_BACK for step in steps) else {}
    outside = _transfers(case, standing, steps)
    return Rows(
        case, standing, at, called, steps, calendar, clocks, _duties(case), photos, reporters, marks, back, outside
    )  # fmt: skip


def _of_report(steps: list[Step]) -> set[int | None]:
    """The steps under which photos of whoever reported it hang: the first one, and none at all."""
    return {None, *(step.pk for step in steps if step.verb == Verb.OPEN)}


def _bare(photos: list[Any]) -> list[Any]:
    """Without what the camera wrote: where somebody stood can tell who they are."""
    return [replace(one, when=_("When and where it was taken is confidential"), where="") for one in photos]


def _hang(case: Case, calls: list[Summons], steps: list[Step]) -> None:
    """Give what belongs to the case its rows as a prefetch would, so that the tables' questions ask nothing again."""
    case._prefetched_objects_cache = {
        "summonses": calls, "disputes": _disputes(case, steps), "joint_members": _joined(case, steps),
        **beside.both_ways(case, _links(case, steps)),
    }  # fmt: skip
    for one in (*calls, *steps):
        one.case = case
    for call in calls:
        call._prefetched_objects_cache = {"steps": [step for step in reversed(steps) if step.summons_id == call.pk]}


def _links(case: Case, steps: list[Step]) -> list[Link]:
    """Asked only where a step joined the case with another one."""
    joined = any(step.verb in OF_LINKS or "part_of" in step.facts for step in steps)
    return beside.links(case=case.pk) if joined else []


def _disputes(case: Case, steps: list[Step]) -> list[Dispute]:
    """Asked only where somebody declined."""
    return beside.disputes(case=case.pk) if any(step.verb == Verb.DECLINE for step in steps) else []


def _joined(case: Case, steps: list[Step]) -> list[JointMember]:
    """Asked only where units were called together."""
    return beside.members(case) if any(step.verb == Verb.CONVENE for step in steps) else []


def _clocks(case: Case, at: datetime, steps: list[Step]) -> tuple[dict, WorkCalendar]:
    """The clocks of the case and its summonses, and the calendar that their words need."""
    rows = asked.clocks(case=case.pk)
    prefetch_related_objects([clock for clock in rows if clock.altered], SEGMENTS)
    calendar = calendars.known_by(rows[0].mark) if rows else calendars.UNKNOWN
    found: dict[tuple[str, int], list[Timed]] = defaultdict(list)
    for clock in rows:
        look = timewords.look(clock, at, calendar, _stopped_by(clock, steps))
        found[clock.subject_kind, clock.subject_id].append(Timed(clock, look))
    return found, calendar


def _stopped_by(clock: Clock, steps: list[Step]) -> str:
    """A street that turned a case down, merged it or handed it on answered in time, yet accepted nothing."""
    if clock.phase != Phase.ACCEPT or clock.stopped_at is None:
        return ""
    by = next((step.verb for step in steps if step.at == clock.stopped_at and step.verb in ANSWERED), "")
    return str(ANSWERED.get(by, ""))


def _duties(case: Case) -> list[Duty]:
    if case.item_id is None or case.list_version_id is None:
        return []
    return asked.duties(item=case.item_id, version=case.list_version_id)


def _transfers(case: Case, standing: Standing, steps: list[Step]) -> list[Transfer]:
    """Asked only where it was passed on; of a discreet authority the reader may not be told."""
    gone = any(step.verb == Verb.TRANSFER for step in steps)
    return asked.transfers(standing, case=case.pk) if gone else []


def _marks(case: Case, standing: Standing, steps: list[Step]) -> list[Mark]:
    """Of every closing: what was marked stays, also when the case is opened again."""
    closed = case.closed_at is not None or any(step.verb in AGAIN for step in steps)
    return asked.marks(standing, case=case.pk) if closed else []
