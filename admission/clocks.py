"""Which clocks a move stops and starts, who holds each, and which stand still. The caller holds the subject's row."""

from datetime import datetime
from typing import Any

from accountability import clocks, segments
from accountability.clocks import Start
from accountability.models import Clock, Phase, Urgency
from admission import tasking, workflow
from admission.models import Application, State, Task, Verb
from admission.moves import Move
from people.models import Role, UnitRole

# A flag stops the street's clocks; a ruling lets them go on.
HALTS, GOES_ON = Verb.FLAG, Verb.DISMISS


def office_of(role: Role, at: datetime) -> int | None:
    """The unit that is charged with what this role decides."""
    held = UnitRole.objects.current(at).filter(role=role).order_by("pk")
    found: int | None = held.values_list("unit", flat=True).first()
    return found


def follow(thing: Any, move: Move, source: str, at: datetime) -> list[Clock]:
    """Move the clocks after the state has moved; returns those that turn out to have lapsed."""
    if isinstance(thing, Application):
        return _of_application(thing, move, source, at)
    return _of_task(thing, move, at) if isinstance(thing, Task) else []


def _of_application(application: Application, move: Move, source: str, at: datetime) -> list[Clock]:
    lapsed: list[Clock] = []
    if application.state != source:
        left = [workflow.AWAITS[State(source)]] if source in workflow.AWAITS else []
        lapsed = clocks.stop(workflow.KIND, [application.pk], phases=left, at=at)
        begin_stage(application, at)
    if Phase.OPINION in move.stops:
        over = [one.pk for one in application.opinions.all() if one.view or application.state != State.OPINIONS]
        lapsed += clocks.stop(workflow.OPINION_KIND, over, phases=[Phase.OPINION], at=at)
    if Phase.OPINION in move.starts:
        for one in application.opinions.select_related("street"):
            start = Start(Phase.OPINION, one.street.office_id, application.round)
            clocks.start(workflow.OPINION_KIND, one.pk, starts=[start], urgency=Urgency.NORMAL, at=at)
    return lapsed


def begin_stage(application: Application, at: datetime) -> None:
    """The clock of the state in which it stands now, if that has one."""
    phase = workflow.AWAITS.get(State(application.state))
    if phase is None:
        return
    start = Start(phase, _holder(application, phase, at), application.round)
    clocks.start(workflow.KIND, application.pk, starts=[start], urgency=Urgency.NORMAL, at=at)


def _holder(application: Application, phase: Phase, at: datetime) -> int | None:
    """The leader is no unit's."""
    roles = {Phase.REVIEW: Role.ESTABLISHMENT, Phase.LEGALITY: Role.LEGAL}
    if phase == Phase.AMEND:
        return application.department_id
    return office_of(roles[phase], at) if phase in roles else None


def begin_task(task: Task, at: datetime) -> None:
    """The street's time to take it, and its time to do it, which ends on the day that the department has named."""
    starts = [Start(phase, task.street.office_id) for phase in (Phase.TAKE, Phase.TASK)]
    started = clocks.start(tasking.KIND, task.pk, starts=starts, urgency=Urgency.NORMAL, at=at)
    own = next((one for one in started if one.phase == Phase.TASK and one.due_at is not None), None)
    if own is not None:
        segments.extend(own, until=tasking.last_moment(task.due_on), approver_id=task.department_id, at=at)


def _of_task(task: Task, move: Move, at: datetime) -> list[Clock]:
    lapsed = clocks.stop(tasking.KIND, [task.pk], phases=move.stops, at=at)
    running = Clock.objects.of(tasking.KIND, [task.pk]).running().filter(phase__in=tasking.OWN)
    if move.verb == HALTS:
        segments.pause(running, approver_id=office_of(Role.ESTABLISHMENT, at) or task.department_id, at=at)
    if move.verb == GOES_ON:
        segments.resume(running, at=at)
    if Phase.RULING in move.starts:
        start = Start(Phase.RULING, office_of(Role.ESTABLISHMENT, at))
        clocks.start(tasking.KIND, task.pk, starts=[start], urgency=Urgency.NORMAL, at=at)
    return lapsed
