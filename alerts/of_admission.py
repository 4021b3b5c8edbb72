"""Tells people of applications, permits, tasks and pledges: whose turn it is, and whom an answer or an end concerns."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from accountability.models import Phase, Urgency
from admission.models import Step, Task, Verb
from admission.querysets import OF_DEPARTMENTS, OF_STREETS, under
from alerts.models import Alert
from alerts.quiet import in_force, shown_at
from grids.models import Posting
from people.models import Role, UnitRole

OLD = timedelta(days=1)
Concerned = Callable[[Step, datetime], set[int]]


def tell(step_ids: Iterable[int], *, at: datetime) -> int:
    """Tell everyone whom these steps concern; twice is once. It can wait, so it is shown after the quiet hours.

    A step recorded long after it happened tells nobody.
    """
    rows = Step.objects.filter(pk__in=list(step_ids)).select_related("application", "task__street", "pledge")
    steps = [step for step in rows if step.recorded_at - step.at <= OLD]
    if not steps:
        return 0
    shown = shown_at(in_force(at), Urgency.NORMAL, at)
    alerts = [
        Alert(recipient_id=person, admission_step=step, told_at=at, shown_at=shown)
        for step in steps
        for person in sorted(_concerned(step, at) - {step.actor_id})
    ]
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True))


def holders(role: Role, at: datetime) -> set[int]:
    """Whoever holds this role in a unit or over an area."""
    seated = UnitRole.objects.current(at).filter(role=role, user__is_active=True).values_list("user", flat=True)
    posted = Posting.objects.current(at).filter(role=role, user__is_active=True).values_list("user", flat=True)
    return set(seated) | set(posted)


def department(step: Step, at: datetime) -> set[int]:
    seats = UnitRole.objects.current(at).filter(unit=step.subject.department_id, role__in=OF_DEPARTMENTS)
    return set(seats.filter(user__is_active=True).values_list("user", flat=True))


def streets(step: Step, at: datetime) -> set[int]:
    """Of every street that it names."""
    thing = step.subject
    codes = [thing.street.code] if isinstance(thing, Task) else thing.streets.values_list("code", flat=True)
    posts = Posting.objects.current(at).filter(under("area__code", codes), role__in=OF_STREETS, user__is_active=True)
    return set(posts.values_list("user", flat=True))


def _all(*concerned: Concerned) -> Concerned:
    return lambda step, at: set().union(*(one(step, at) for one in concerned))


def _office(role: Role) -> Concerned:
    return lambda step, at: holders(role, at)


ESTABLISHMENT, LEGAL, LEADER = _office(Role.ESTABLISHMENT), _office(Role.LEGAL), _office(Role.DISTRICT_LEADER)
TOLD: dict[str, Concerned] = {
    Verb.APPLY: ESTABLISHMENT,
    Verb.RESEND: ESTABLISHMENT,
    Verb.FORWARD: _all(streets, department),
    Verb.GO_ON: _all(streets, department, ESTABLISHMENT),
    Verb.SEND_BACK: department,
    Verb.REJECT: department,
    Verb.GATHER: LEGAL,
    Verb.CLEAR: LEADER,
    Verb.BAR: department,
    Verb.GRANT: _all(department, streets, ESTABLISHMENT),
    Verb.REVOKE: _all(department, streets, ESTABLISHMENT),
    Verb.STOP: _all(department, streets),
    Verb.DENY: _all(department, ESTABLISHMENT),
    Verb.RUN_OUT: _all(department, ESTABLISHMENT),
    Verb.WARN: _all(department, streets, ESTABLISHMENT),
    Verb.HAND: streets,
    Verb.FINISH: department,
    Verb.DECLINE: department,
    Verb.FLAG: _all(department, ESTABLISHMENT),
    Verb.UPHOLD: _all(department, streets),
    Verb.DISMISS: _all(department, streets),
    Verb.CALL_OFF: streets,
    Verb.KEEP: _all(department, streets),
    Verb.CANCEL: _all(department, streets),
}


def _concerned(step: Step, at: datetime) -> set[int]:
    if step.verb == Verb.LAPSE:
        return _of_lapse(step, at)
    told = TOLD.get(step.verb)
    return told(step, at) if told else set()


def _of_lapse(step: Step, at: datetime) -> set[int]:
    """A street that is late, and who waits for it; an office that does not rule, and who is above it."""
    if step.facts.get("phase") == Phase.RULING:
        return holders(Role.ESTABLISHMENT, at) | holders(Role.DISTRICT_LEADER, at) | holders(Role.INSPECTOR, at)
    return streets(step, at) | department(step, at) if step.task_id else set()
