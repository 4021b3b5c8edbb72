"""What of admission waits for somebody, beside the cases on their desk: how many applications and tasks."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from admission.models import Application, Task
from admission.registers import MINE, may_read, tasks_for, waiting_for
from audit.kept import Kept
from grids.standing import Standing
from people.drawn import page

MOST = 100  # nobody is told of more


@dataclass(frozen=True)
class Waiting:
    """So many of one register, and where they stand."""

    label: str
    href: str


def handed_to(by: Standing) -> list[Waiting]:
    """Nothing for whoever has no part in it; two short questions for the others."""
    if not may_read(by):
        return []
    found = (
        (_("Applications waiting for you: %(count)s"), _applications(by), "admission:applications"),
        (_("Tasks waiting for you: %(count)s"), _tasks(by), "admission:tasks"),
    )
    return [
        Waiting(str(label) % {"count": _many(len(rows))}, f"{page(view, settings.ROOT_URLCONF)}?group={MINE}")
        for label, rows, view in found
        if rows
    ]


def _many(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)


@Kept
def _applications(by: Standing) -> QuerySet:
    return Application.objects.visible_to(by).filter(waiting_for(by)).order_by().only("pk")[: MOST + 1]


@Kept
def _tasks(by: Standing) -> QuerySet:
    return Task.objects.visible_to(by).filter(tasks_for(by)).order_by().only("pk")[: MOST + 1]
