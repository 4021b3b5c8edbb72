"""Tasks: which permit covers one, who may do what with it, and what a flag does to its clocks.

A task quotes a permit that is valid for its department, its street, its kind of matter (and body) on the day on which
it is handed down, and that still holds on the day on which it is due. A street may refuse it, or flag it as duty that
the department shifts (疑似转嫁): then the clocks of the street stand still until the establishment office has ruled.
Silence of that office charges nobody: the clocks stay still, and the office is late.
"""

from datetime import date, datetime, time

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import calendars
from accountability.clocks import limit_of
from accountability.dues import due_of
from accountability.models import Clock, Phase, Urgency
from accountability.worktime import LOCAL
from admission.models import MatterKind, Permit, Ruling, Task, TaskState, Verb
from admission.models.task import LIVE
from admission.moves import STAYS, AdmissionRefused, Deed, Move, table
from admission.posts import DEPARTMENT, ESTABLISHMENT, STREET, SYSTEM
from grids.models import Area
from people.models import Unit

KIND = "task"
# The last minute of its last day is in time.
LAST_MINUTE = time(23, 59)
NEXT = {TaskState.HANDED: Verb.TAKE, TaskState.ACCEPTED: Verb.FINISH, TaskState.FLAGGED: Verb.UPHOLD}


def permit_for(
    number: str, *, department: Unit, street: Area, kind: MatterKind, body: str, day: date, due_on: date
) -> Permit:
    """The permit of this number, if it covers such a task. Raises AdmissionRefused: no_permit, other_department,
    other_matter, other_body, other_street, revoked, not_begun, expired, ends_before."""
    found = Permit.objects.select_related("department", "kind", "application").filter(number=number.strip()).first()
    if found is None:
        raise AdmissionRefused(
            _("There is no permit “%(number)s”. A street takes nothing without one: apply for it first."),
            code="no_permit", params={"number": number.strip() or "–"},
        )  # fmt: skip
    _check_matter(found, department, kind, body)
    _check_street(found, street)
    _check_days(found, day, due_on)
    return found


def _check_matter(permit: Permit, department: Unit, kind: MatterKind, body: str) -> None:
    told = {"number": permit.number, "kind": permit.kind, "body": permit.body}
    if permit.department_id != department.pk:
        raise AdmissionRefused(_("Permit %(number)s was not given to your department."), "other_department", told)
    if permit.kind_id != kind.pk:
        raise AdmissionRefused(
            _("Permit %(number)s is for “%(kind)s” alone. Another matter needs a permit of its own."),
            "other_matter", told,
        )  # fmt: skip
    if permit.body != body.strip():
        raise AdmissionRefused(
            _("Permit %(number)s was given in the name of “%(body)s”, and of nobody else."),
            "other_body", {**told, "body": permit.body or permit.department},
        )  # fmt: skip


def _check_street(permit: Permit, street: Area) -> None:
    streets = list(permit.streets.all())
    if street not in streets:
        raise AdmissionRefused(
            _("Permit %(number)s does not name %(street)s. It names: %(streets)s."),
            code="other_street",
            params={"number": permit.number, "street": street, "streets": "、".join(str(one) for one in streets)},
        )


def _check_days(permit: Permit, day: date, due_on: date) -> None:
    told = {"number": permit.number, "since": permit.since, "until": permit.until, "day": permit.revoked_on}
    if permit.revoked_on:
        raise AdmissionRefused(
            _("Permit %(number)s was revoked on %(day)s. Nothing more is handed down under it."), "revoked", told
        )
    if day < permit.since:
        raise AdmissionRefused(_("Permit %(number)s begins on %(since)s."), "not_begun", told)
    if day > permit.until:
        raise AdmissionRefused(
            _("Permit %(number)s ended on %(until)s. Apply for a new one before you hand anything down."),
            "expired", told,
        )  # fmt: skip
    if due_on > permit.until:
        raise AdmissionRefused(
            _("Permit %(number)s ends on %(until)s, before the task would be due. Choose an earlier day."),
            "ends_before", told,
        )  # fmt: skip


def last_moment(due_on: date) -> datetime:
    return datetime.combine(due_on, LAST_MINUTE, LOCAL)


def check_notice(due_on: date, at: datetime) -> None:
    """A street gets at least the time that the limits give it. Raises AdmissionRefused: too_soon."""
    if last_moment(due_on) <= at:
        raise AdmissionRefused(_("The last day for a task lies ahead. Choose a later one."), code="too_soon")
    limit = limit_of(Urgency.NORMAL, Phase.TASK, at)
    soonest = due_of(limit, at, calendars.current()) if limit else None
    if soonest is not None and last_moment(due_on) <= soonest:
        raise AdmissionRefused(
            _("A street gets at least until %(day)s for a task. Choose that day or a later one."),
            code="too_soon", params={"day": localdate(soonest, LOCAL)},
        )  # fmt: skip


def past_their_day(at: datetime) -> Q:
    """By their clocks: while one stands still its day passes without being missed, and what was left comes after it."""
    over = Clock.objects.overdue(at).filter(subject_kind=KIND, phase=Phase.TASK)
    return Q(state__in=LIVE, pk__in=over.values("subject_id"))


def keeps_where_it_stood(task: Task, deed: Deed) -> None:
    task.stood_at = task.state
    task.ruling = ""


def was_not_ruled_before(task: Task, deed: Deed) -> None:
    if task.ruling:
        raise AdmissionRefused(
            _("The establishment office has ruled on this task already: %(ruling)s."),
            code="ruled_before", params={"ruling": task.get_ruling_display()},
        )  # fmt: skip


def by_an_office_apart(task: Task, deed: Deed) -> None:
    """The office that rules has handed nothing down itself."""
    if deed.by is not None and deed.by.user.unit_id == task.department_id:
        raise AdmissionRefused(
            _("Your own unit handed it down, so somebody of another unit rules on it."), code="same_unit"
        )


def finds_it_shifted(task: Task, deed: Deed) -> None:
    task.ruling = Ruling.SHIFTED


def finds_it_rightful(task: Task, deed: Deed) -> None:
    task.ruling = Ruling.RIGHTFUL


def stood_before(task: Task) -> str:
    return task.stood_at


H, A, F = TaskState.HANDED, TaskState.ACCEPTED, TaskState.FLAGGED
OWN = (Phase.TAKE, Phase.TASK)
MOVES = table(
    Move(Verb.TAKE, (H,), A, STREET, stops=(Phase.TAKE,)),
    Move(Verb.FINISH, (A,), TaskState.DONE, STREET, needs=("note",), stops=(Phase.TASK,)),
    Move(Verb.DECLINE, (H,), TaskState.REFUSED, STREET, needs=("note",), stops=OWN),
    Move(
        Verb.FLAG, (H, A), F, STREET, needs=("note",), demands=(was_not_ruled_before,), does=keeps_where_it_stood,
        starts=(Phase.RULING,),
    ),
    Move(
        Verb.UPHOLD, (F,), TaskState.VOID, ESTABLISHMENT, needs=("note",), demands=(by_an_office_apart,),
        does=finds_it_shifted, stops=(*OWN, Phase.RULING),
    ),
    Move(
        Verb.DISMISS, (F,), STAYS, ESTABLISHMENT, needs=("note",), demands=(by_an_office_apart,),
        does=finds_it_rightful, stops=(Phase.RULING,), back_to=stood_before,
    ),
    Move(Verb.CALL_OFF, (H, A), TaskState.VOID, DEPARTMENT, needs=("note",), stops=OWN),  # a flag is ruled on
    Move(Verb.STOP, (H, A, F), TaskState.VOID, SYSTEM, stops=(*OWN, Phase.RULING), by_system=True),
    Move(Verb.LAPSE, (H, A, F), STAYS, SYSTEM, by_system=True),
)  # fmt: skip
