"""What time itself does: a stage that is over goes on or ends, silence counts as silence, an end is told ahead."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from accountability import clocks
from accountability.models import Clock, Phase
from accountability.worktime import LOCAL
from admission.actions.moving import make
from admission.models import Application, ExpiryNotice, Opinion, Permit, State, Task, Verb
from admission.moves import Deed
from admission.workflow import ON_SILENCE, OPINION_KIND

BATCH = 100


def lapse_applications(due: list[Clock], at: datetime) -> list[int]:
    """The table says what silence leads to; busy applications wait for the next round."""
    free = _free(clock.subject_id for clock in due)
    handled = []
    for clock in due:
        application = free.get(clock.subject_id)
        if application and application.state in ON_SILENCE:
            make(application, ON_SILENCE[State(application.state)], _by_time(at, phase=clock.phase))
            handled.append(clock.pk)
    return handled


def lapse_opinions(due: list[Clock], at: datetime) -> list[int]:
    """A street that let its time pass has said nothing; when it was the last one, the legal office is asked."""
    found = Opinion.objects.select_related("street").in_bulk({clock.subject_id for clock in due})
    free = _free(one.application_id for one in found.values())
    handled = []
    for clock in due:
        opinion = found.get(clock.subject_id)
        application = free.get(opinion.application_id) if opinion else None
        if opinion and application:
            _be_silent(application, opinion, at)
            handled.append(clock.pk)
    return handled


def _be_silent(application: Application, opinion: Opinion, at: datetime) -> None:
    Opinion.objects.awaited().filter(pk=opinion.pk).update(silent_at=at)
    clocks.stop(OPINION_KIND, [opinion.pk], phases=[Phase.OPINION], at=at)
    make(application, Verb.LAPSE, _by_time(at, phase=Phase.OPINION, street=opinion.street.name))
    if not application.opinions.awaited().exists():
        make(application, Verb.GATHER, _by_time(at))


def lapse_tasks(due: list[Clock], at: datetime) -> list[int]:
    """Nothing is taken as accepted or as done by silence; it is overdue, and everybody concerned is told."""
    rows = Task.objects.select_for_update(skip_locked=True).filter(pk__in={clock.subject_id for clock in due})
    free = {task.pk: task for task in rows}
    handled = []
    for clock in due:
        task = free.get(clock.subject_id)
        if task:
            make(task, Verb.LAPSE, _by_time(at, phase=clock.phase))
            handled.append(clock.pk)
    return handled


def warn_due(at: datetime) -> int:
    """Tell of permits whose end is so many days away as a row says, each row of each permit once; a hundred a round."""
    today, told = localdate(at, LOCAL), 0
    for days in ExpiryNotice.objects.order_by("days").values_list("days", flat=True):
        near = Permit.objects.filter(revoked_on=None, until__gte=today, until__lte=today + timedelta(days=days))
        for pk in near.exclude(warned__lte=days).order_by("pk").values_list("pk", flat=True)[:BATCH]:
            told += _warn(pk, days, at)
    return told


@transaction.atomic
def _warn(pk: int, days: int, at: datetime) -> bool:
    """Where nobody else just does it, and nobody has."""
    rows = Permit.objects.select_for_update(skip_locked=True).filter(pk=pk, revoked_on=None).exclude(warned__lte=days)
    permit = rows.first()
    application = _free([permit.application_id]).get(permit.application_id) if permit else None
    if permit is None or application is None:
        return False
    permit.warned = days
    permit.save(update_fields=["warned"])
    left = (permit.until - localdate(at, LOCAL)).days
    make(application, Verb.WARN, _by_time(at, days=days, left=left, until=permit.until.isoformat()))
    return True


def _free(ids: Iterable[int]) -> dict[int, Application]:
    rows = Application.objects.select_for_update(skip_locked=True).filter(pk__in=set(ids))
    return {application.pk: application for application in rows}


def _by_time(at: datetime, **facts: object) -> Deed:
    return Deed("", dict(facts), None, at)
