"""Tells people of applications, permits, tasks and pledges: whose turn it is, and whom an answer or an end concerns."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db.models import Q

from accountability.models import Phase, Urgency
from admission.models import Step, Task, Verb
from admission.querysets import OF_DEPARTMENTS, OF_STREETS, under
from alerts.models import Alert
from alerts.quiet import in_force, shown_at
from grids.models import Posting
from people.models import Role, UnitRole

OLD = timedelta(days=1)
OFFICES = (Role.ESTABLISHMENT, Role.LEGAL, Role.DISTRICT_LEADER, Role.INSPECTOR)


class Directory:
    """Who holds which office, department and street, for all of these steps: a fixed number of statements."""

    def __init__(self, steps: list[Step], at: datetime) -> None:
        self.codes = {step.pk: _codes(step) for step in steps}
        departments = {step.subject.department_id for step in steps}
        named = under("area__code", set().union(*self.codes.values()))
        seats = UnitRole.objects.current(at).filter(
            Q(role__in=OFFICES) | Q(unit__in=departments, role__in=OF_DEPARTMENTS), user__is_active=True
        )
        posts = Posting.objects.current(at).filter(
            Q(role__in=OFFICES) | Q(named, role__in=OF_STREETS), user__is_active=True
        )
        self.seats = list(seats.values_list("role", "unit", "user"))
        self.posts = list(posts.values_list("role", "area__code", "user"))

    def holders(self, role: Role) -> set[int]:
        """Whoever holds this role in a unit or over an area."""
        return {user for held, _where, user in [*self.seats, *self.posts] if held == role}

    def department(self, step: Step) -> set[int]:
        asking = step.subject.department_id
        return {user for role, unit, user in self.seats if role in OF_DEPARTMENTS and unit == asking}

    def streets(self, step: Step) -> set[int]:
        """Of every street that it names."""
        codes = tuple(self.codes[step.pk])
        return {user for role, code, user in self.posts if role in OF_STREETS and code.startswith(codes)}


Concerned = Callable[[Directory, Step], set[int]]
department, streets = Directory.department, Directory.streets


def tell(step_ids: Iterable[int], *, at: datetime) -> int:
    """Tell everyone whom these steps concern; twice is once. It can wait, so it is shown after the quiet hours.

    A step recorded long after it happened tells nobody.
    """
    rows = Step.objects.filter(pk__in=list(step_ids)).select_related("application", "task__street", "pledge")
    rows = rows.prefetch_related("application__streets", "pledge__streets")
    steps = [step for step in rows if step.recorded_at - step.at <= OLD]
    if not steps:
        return 0
    people, shown = Directory(steps, at), shown_at(in_force(at), Urgency.NORMAL, at)
    alerts = [
        Alert(recipient_id=person, admission_step=step, told_at=at, shown_at=shown)
        for step in steps
        for person in sorted(_concerned(step, people) - {step.actor_id})
    ]
    return len(Alert.objects.bulk_create(alerts, ignore_conflicts=True))


def _codes(step: Step) -> set[str]:
    thing = step.subject
    return {thing.street.code} if isinstance(thing, Task) else {street.code for street in thing.streets.all()}


def _all(*concerned: Concerned) -> Concerned:
    return lambda people, step: set().union(*(one(people, step) for one in concerned))


def _office(role: Role) -> Concerned:
    return lambda people, _step: people.holders(role)


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


def _concerned(step: Step, people: Directory) -> set[int]:
    if step.verb == Verb.LAPSE:
        return _of_lapse(step, people)
    told = TOLD.get(step.verb)
    return told(people, step) if told else set()


def _of_lapse(step: Step, people: Directory) -> set[int]:
    """A street that is late, and who waits for it; an office that does not rule, and who is above it."""
    if step.facts.get("phase") == Phase.RULING:
        above = (Role.ESTABLISHMENT, Role.DISTRICT_LEADER, Role.INSPECTOR)
        return set().union(*(people.holders(role) for role in above))
    return people.streets(step) | people.department(step) if step.task_id else set()
