"""The page of a joint action: who comes, who has signed in, what came of it, the minutes; and the street's code."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accountability import calendars, timewords
from accountability.models import Clock
from accountability.timewords import Look
from accountability.worktime import WorkCalendar
from cases.choices import Choice, moves_for_case, open_to
from cases.errand import find
from cases.joint import KIND, PART
from cases.models import Case, JointAction, JointMember, Step, Verb
from cases.posts import SHOWS_THE_CODE
from cases.proving import Code, code_of
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required

REFUSED = 403
OF_UNITS = (Verb.ATTEND, Verb.OUTCOME, Verb.LET_GO, Verb.EXCUSE)


@dataclass(frozen=True)
class Row:
    """One member, its time, and what this reader may do about it."""

    member: JointMember
    look: Look | None
    choices: list[Choice]


@dataclass(frozen=True)
class JointPage:
    """Everything that the page of one joint action shows."""

    joint: JointAction
    rows: list[Row]
    begun: bool
    signed_in: int
    street: Look | None
    code: Code | None
    may_end: bool


@require_safe
@staff_required
def joint_action(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Whoever sees the case sees who comes together for it."""
    at, standing = reader(request)
    case = find(number, standing, at)
    return render(request, "cases/joint.html", {"page": _page(case, pk, standing, at), "case": case, "at": at})


@never_cache
@require_safe
@staff_required
def code(request: HttpRequest, number: str) -> HttpResponse:
    """What the street's people show on the spot, never the units that have to prove that they came."""
    at, standing = reader(request)
    case = find(number, standing, at)
    may = SHOWS_THE_CODE.holds(case, standing)
    shown = {"code": code_of(case, at) if may else None, "case": case, "at": at}
    return render(request, "cases/code.html", shown, status=200 if may else REFUSED)


def _page(case: Case, pk: int, standing: Standing, at: datetime) -> JointPage:
    joint = case.joint_actions.select_related("opened_by__unit", "ended_by__unit").filter(pk=pk).first()
    if joint is None:
        raise Http404
    members = list(joint.members.select_related("summons__unit").order_by("-leads", "pk"))
    _hang(case, joint, members)
    clocks, calendar = _clocks(joint, members), calendars.current()
    street = clocks.get((KIND, joint.pk))
    shown = joint.over_at is None and SHOWS_THE_CODE.holds(case, standing)
    return JointPage(
        joint=joint,
        rows=[_row(member, clocks.get((PART, member.pk)), calendar, standing, at) for member in members],
        begun=joint.meets_at <= at,
        signed_in=sum(member.signed_in_at is not None for member in members),
        street=timewords.look(street, at, calendar) if street else None,
        code=code_of(case, at) if shown else None,
        may_end=any(one.allowed and one.verb == Verb.CONCLUDE for one in moves_for_case(case, standing)),
    )


def _hang(case: Case, joint: JointAction, members: list[JointMember]) -> None:
    """As prefetches would, so that the questions of the tables ask nothing again; of other actions nothing is open."""
    calls = {call.pk: call for call in case.summonses.all()}
    cache = case._prefetched_objects_cache  # type: ignore[attr-defined]
    cache.update(joint_members=members if joint.over_at is None else [], disputes=list(case.disputes.all()))
    steps = list(Step.objects.filter(case=case, summons__isnull=False).order_by("seq"))
    for call in calls.values():
        call.case = case
        mine = [step for step in steps if step.summons_id == call.pk]
        call._prefetched_objects_cache = {"steps": mine}  # type: ignore[attr-defined]
    for member in members:
        member.case, member.joint, member.summons = case, joint, calls[member.summons_id]


def _clocks(joint: JointAction, members: list[JointMember]) -> dict[tuple[str, int], Clock]:
    rows = Clock.objects.of(PART, [one.pk for one in members]) | Clock.objects.of(KIND, [joint.pk])
    return {(one.subject_kind, one.subject_id): one for one in rows.select_related("limit", "holder").order_by("pk")}


def _row(member: JointMember, clock: Clock | None, calendar: WorkCalendar, standing: Standing, at: datetime) -> Row:
    choices = open_to(member.summons, standing, OF_UNITS)
    return Row(member, timewords.look(clock, at, calendar) if clock else None, choices)
