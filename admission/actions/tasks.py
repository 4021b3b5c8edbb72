"""A department hands a task down: under a permit that is valid for it, or not at all."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.bigrams import fold, vector
from accountability.worktime import LOCAL
from admission import clocks
from admission.actions.applying import check_department, meant, refuse_blocked
from admission.actions.moving import record
from admission.models import MatterKind, Permit, Ruling, Task, Verb
from admission.models.task import LIVE
from admission.moves import AdmissionRefused, Deed
from admission.tasking import check_notice, permit_for
from grids.models import Area
from grids.standing import Standing
from people.models import Unit
from people.words import said


@dataclass(frozen=True)
class Handed:
    """What is handed down, to which street, under which permit, and until which day (in time on that day)."""

    department: Unit
    street: Area
    kind: MatterKind
    permit: str
    title: str
    words: str
    due_on: date
    body: str = ""


def hand_down(handed: Handed, *, by: Standing, at: datetime, demo: bool = False) -> Task:
    """Raises AdmissionRefused: wrong_person, blocked (and keeps the attempt), too_soon, handed_already,
    ruled_shifted, and whatever keeps a permit from covering it (admission/tasking.py:permit_for)."""
    check_department(handed.department, by)
    kind = meant(handed.kind, handed.title, handed.words, handed.body)
    refuse_blocked(kind, handed.department, handed.title, by=by, at=at, as_task=True, demo=demo)
    return _handed_down(handed, by, at, demo)


@transaction.atomic
def _handed_down(handed: Handed, by: Standing, at: datetime, demo: bool) -> Task:
    Unit.objects.select_for_update().get(pk=handed.department.pk)  # whoever presses twice has handed down once
    body = said(handed.body) if handed.kind.names_body else ""
    permit = permit_for(
        handed.permit, department=handed.department, street=handed.street, kind=handed.kind, body=body,
        day=localdate(at, LOCAL), due_on=handed.due_on,
    )  # fmt: skip
    check_notice(handed.due_on, at)
    title, words = said(handed.title), said(handed.words)
    if permit.tasks.filter(street=handed.street, title=title, due_on=handed.due_on, state__in=LIVE).exists():
        raise AdmissionRefused(_("This task is with the street already."), code="handed_already")
    if _ruled_shifted(permit, title):
        raise AdmissionRefused(
            _("The establishment office has ruled that this task shifts a duty of your department. Do it yourself."),
            code="ruled_shifted",
        )
    task = Task.objects.create(
        permit=permit, department=handed.department, street=handed.street, kind=handed.kind, body=body, title=title,
        words=words, due_on=handed.due_on, handed_by=by.user, handed_at=at, demo=demo, terms=vector(title, words, body),
    )  # fmt: skip
    clocks.begin_task(task, at)
    record(task, Verb.HAND, "", Deed("", {"permit": permit.number}, by, at))
    return task


def _ruled_shifted(permit: Permit, title: str) -> bool:
    """Under this title; blanks and signs between its words make no other task of it."""
    ruled = permit.tasks.filter(ruling=Ruling.SHIFTED).values_list("title", flat=True)
    return fold(title) in map(fold, ruled)
