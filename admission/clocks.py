"""Which clocks a move stops and starts, who holds each, and which stand still. The caller holds the subject's row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import prefetch_related_objects

from accountability import clocks, segments
from accountability.clocks import Start
from accountability.models import Clock, Phase, Urgency
from accountability.starting import Wanted, start_each
from admission import tasking, workflow
from admission.models import Application, State, Task, Verb
from admission.moves import Move
from people.models import Role, UnitRole

# A flag stops the street's clocks; a ruling lets them go on.
HALTS, GOES_ON = Verb.FLAG, Verb.DISMISS
# Who is charged with a stage; who else is, the state says.
OFFICES = {Phase.REVIEW: Role.ESTABLISHMENT, Phase.LEGALITY: Role.LEGAL}


def office_of(role: Role, at: datetime) -> int | None:
    """The unit that is charged with what this role decides."""
    held = UnitRole.objects.current(at).filter(role=role).order_by("pk")
    found: int | None = held.values_list("unit", flat=True).first()
    return found


Moved = Sequence[tuple[Any, str]]  # things of one kind, each with the state from which a move has taken it


def follow(moved: Moved, move: Move, at: datetime) -> dict[int, list[Clock]]:
    """Move the clocks after the states have moved, all at once; returns by subject those that turn out to have lapsed.

    A fixed number of statements, however many moved.
    """
    first = moved[0][0]
    if isinstance(first, Application):
        return _of_applications(moved, move, at)
    return _of_tasks([task for task, _source in moved], move, at) if isinstance(first, Task) else {}


def _of_applications(moved: Moved, move: Move, at: datetime) -> dict[int, list[Clock]]:
    lapsed: dict[int, list[Clock]] = defaultdict(list)
    left = [(one, State(source)) for one, source in moved if one.state != source]
    phases = {workflow.AWAITS[source] for _one, source in left if source in workflow.AWAITS}
    for clock in clocks.stop(workflow.KIND, [one.pk for one, _source in left], phases=phases, at=at):
        lapsed[clock.subject_id].append(clock)
    begin_stages([one for one, _source in left], at)
    if Phase.OPINION in (*move.stops, *move.starts):
        for clock in _of_opinions([one for one, _source in moved], move, at):
            lapsed[vars(clock)["application"]].append(clock)
    return lapsed


def _of_opinions(applications: list[Application], move: Move, at: datetime) -> list[Clock]:
    """Each street named has a clock; returns those that have lapsed, with the application of each."""
    prefetch_related_objects(applications, "opinions__street")
    asked = {opinion.pk: (one, opinion) for one in applications for opinion in one.opinions.all()}
    lapsed = []
    if Phase.OPINION in move.stops:
        over = [pk for pk, (one, opinion) in asked.items() if opinion.view or one.state != State.OPINIONS]
        lapsed = clocks.stop(workflow.OPINION_KIND, over, phases=[Phase.OPINION], at=at)
    if Phase.OPINION in move.starts:
        wanted = [
            Wanted(pk, Start(Phase.OPINION, opinion.street.office_id, one.round), Urgency.NORMAL, at)
            for pk, (one, opinion) in asked.items()
        ]
        start_each(workflow.OPINION_KIND, wanted)
    for clock in lapsed:
        vars(clock)["application"] = asked[clock.subject_id][0].pk
    return lapsed


def begin_stages(applications: Iterable[Application], at: datetime) -> None:
    """The clock of the state in which each stands now, if that has one."""
    timed = [(one, workflow.AWAITS[State(one.state)]) for one in applications if one.state in workflow.AWAITS]
    if not timed:
        return
    phases = {phase for _one, phase in timed}
    offices = {phase: office_of(role, at) for phase, role in OFFICES.items() if phase in phases}
    starts = [(one, Start(phase, _holder(one, phase, offices), one.round)) for one, phase in timed]
    start_each(workflow.KIND, [Wanted(one.pk, start, Urgency.NORMAL, at) for one, start in starts])


def _holder(application: Application, phase: Phase, offices: dict[Phase, int | None]) -> int | None:
    """The leader is no unit's."""
    return application.department_id if phase == Phase.AMEND else offices.get(phase)


def begin_task(task: Task, at: datetime) -> None:
    """The street's time to take it, and its time to do it, which ends on the day that the department has named."""
    starts = [Start(phase, task.street.office_id) for phase in (Phase.TAKE, Phase.TASK)]
    started = clocks.start(tasking.KIND, task.pk, starts=starts, urgency=Urgency.NORMAL, at=at)
    own = next((one for one in started if one.phase == Phase.TASK and one.due_at is not None), None)
    if own is not None:
        segments.extend(own, until=tasking.last_moment(task.due_on), approver_id=task.department_id, at=at)


def _of_tasks(tasks: list[Task], move: Move, at: datetime) -> dict[int, list[Clock]]:
    lapsed: dict[int, list[Clock]] = defaultdict(list)
    for clock in clocks.stop(tasking.KIND, [task.pk for task in tasks], phases=move.stops, at=at):
        lapsed[clock.subject_id].append(clock)
    if move.verb in (HALTS, GOES_ON) or Phase.RULING in move.starts:
        for task in tasks:  # a person's move, of one
            _flagged_or_ruled(task, move, at)
    return lapsed


def _flagged_or_ruled(task: Task, move: Move, at: datetime) -> None:
    running = Clock.objects.of(tasking.KIND, [task.pk]).running().filter(phase__in=tasking.OWN)
    if move.verb == HALTS:
        segments.pause(running, approver_id=office_of(Role.ESTABLISHMENT, at) or task.department_id, at=at)
    if move.verb == GOES_ON:
        segments.resume(running, at=at)
    if Phase.RULING in move.starts:
        start = Start(Phase.RULING, office_of(Role.ESTABLISHMENT, at))
        clocks.start(tasking.KIND, task.pk, starts=[start], urgency=Urgency.NORMAL, at=at)
