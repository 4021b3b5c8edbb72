"""A permit is revoked before its end: nothing more is handed down under it, and what is out is stopped and told."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from admission.actions.moving import locked, make, make_all
from admission.models import Application, Permit, Task, Verb
from admission.models.task import LIVE
from admission.moves import Deed
from grids.standing import Standing
from people.models import Unit
from people.words import said


@transaction.atomic
def revoke(
    application: Application, *, reason: str, basis: str, by: Standing, at: datetime, seen: int | None = None
) -> Permit:
    """By the district leader, of a matter that another unit asked for. Raises AdmissionRefused as the table does."""
    # Whoever hands down under it holds this row too: a task is out before, and stopped, or is refused.
    Unit.objects.select_for_update().get(pk=application.department_id)
    mine = locked(application, seen)
    stopped = list(Task.objects.select_for_update().filter(permit__application=mine, state__in=LIVE).order_by("pk"))
    why, document = said(reason)[:600], said(basis)[:300]
    make(mine, Verb.REVOKE, Deed(why, {"basis": document, "tasks": len(stopped)}, by, at))
    permit = mine.permit
    permit.revoked_on, permit.reason, permit.revoked_basis = localdate(at, LOCAL), why, document
    permit.save(update_fields=["revoked_on", "reason", "revoked_basis"])
    make_all([(task, Deed("", {"permit": permit.number}, None, at)) for task in stopped], Verb.STOP)
    return permit
