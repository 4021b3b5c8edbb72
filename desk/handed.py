"""What waits for somebody beside the cases on their desk: of admission, changes of the rules, and proposals."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from admission.models import Application, Task
from admission.registers import MINE, may_read, tasks_for, waiting_for
from audit.kept import Kept
from cases.models import Proposal
from cases.proposing import may_decide
from changes.kinds import kinds
from changes.models import Change, State, Verb
from changes.workflow import may
from grids.standing import Standing
from people.drawn import page

MOST = 100  # nobody is told of more


@dataclass(frozen=True)
class Waiting:
    """So many of one register, and where they stand."""

    label: str
    href: str


def handed_to(by: Standing) -> list[Waiting]:
    """Nothing for whoever has no part in any of it; one short question for each in which they have."""
    mine, reads = f"?group={MINE}", may_read(by)
    found = (
        (_("Changes of the rules waiting for you: %(count)s"), _changes(by), "desk:changes", ""),
        (_("Proposals for the list waiting for you: %(count)s"), _proposals(by), "desk:proposals", ""),
        (_("Applications waiting for you: %(count)s"), reads and _applications(by), "admission:applications", mine),
        (_("Tasks waiting for you: %(count)s"), reads and _tasks(by), "admission:tasks", mine),
    )
    return [
        Waiting(str(label) % {"count": _many(len(rows))}, f"{page(view, settings.ROOT_URLCONF)}{asked}")
        for label, rows, view, asked in found
        if rows
    ]


def _changes(by: Standing) -> list[Change]:
    """Those that this person may approve."""
    decided = [name for name, kind in kinds().items() if by.roles.intersection(kind.DECIDES.roles)]
    waiting = Change.objects.visible_to(by).filter(kind__in=decided, state=State.SUBMITTED)
    rows = waiting[: MOST + 1] if decided else ()
    return [change for change in rows if may(change, Verb.APPROVE, by)]


def _proposals(by: Standing) -> Sequence[Proposal]:
    rows = Proposal.objects.open().exclude(by=by.user_id).order_by().only("pk")
    return list(rows[: MOST + 1]) if may_decide(by) else ()


def _many(number: int) -> str:
    return f"{MOST}+" if number > MOST else str(number)


@Kept
def _applications(by: Standing) -> QuerySet:
    return Application.objects.visible_to(by).filter(waiting_for(by)).order_by().only("pk")[: MOST + 1]


@Kept
def _tasks(by: Standing) -> QuerySet:
    return Task.objects.visible_to(by).filter(tasks_for(by)).order_by().only("pk")[: MOST + 1]
