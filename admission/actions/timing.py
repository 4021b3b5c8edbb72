"""What time itself does: a stage that is over goes on or ends, silence counts as silence, an end is told ahead."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils.timezone import localdate

from accountability import clocks
from accountability.batches import in_one_or_alone
from accountability.models import Clock, Phase
from accountability.worktime import LOCAL
from admission.actions.moving import make_all
from admission.models import Application, ExpiryNotice, Opinion, Permit, State, Task, Verb
from admission.moves import Deed
from admission.workflow import ON_SILENCE, OPINION_KIND, is_heard

BATCH = 100


def lapse_applications(due: list[Clock], at: datetime) -> list[int]:
    """The table says what silence leads to; busy applications wait for the next round."""
    free = _free(clock.subject_id for clock in due)
    deeds, handled = defaultdict(list), []
    for clock in due:
        application = free.get(clock.subject_id)
        if application and application.state in ON_SILENCE:
            deeds[ON_SILENCE[State(application.state)]].append((application, _by_time(at, phase=clock.phase)))
            handled.append(clock.pk)
    for verb, mine in deeds.items():
        make_all(mine, verb)
    return handled


def lapse_opinions(due: list[Clock], at: datetime) -> list[int]:
    """A street that let its time pass has said nothing; when it was the last one, the legal office is asked."""
    found = Opinion.objects.select_related("street").in_bulk({clock.subject_id for clock in due})
    free = _free(one.application_id for one in found.values())
    silent = {one.pk: one for one in found.values() if one.application_id in free}
    Opinion.objects.awaited().filter(pk__in=silent).update(silent_at=at)
    clocks.stop(OPINION_KIND, silent, phases=[Phase.OPINION], at=at)
    handled = [clock for clock in due if clock.subject_id in silent]
    passed = [silent[clock.subject_id] for clock in handled]
    make_all(
        [(free[one.application_id], _by_time(at, phase=Phase.OPINION, street=one.street.name)) for one in passed],
        Verb.LAPSE,
    )
    concerned = list({one.application_id: free[one.application_id] for one in passed}.values())
    prefetch_related_objects(concerned, "opinions")
    make_all([(one, _by_time(at)) for one in concerned if is_heard(one)], Verb.GATHER)
    return [clock.pk for clock in handled]


def lapse_tasks(due: list[Clock], at: datetime) -> list[int]:
    """Nothing is taken as accepted or as done by silence; it is overdue, and everybody concerned is told."""
    rows = Task.objects.select_for_update(skip_locked=True).filter(pk__in={clock.subject_id for clock in due})
    free = {task.pk: task for task in rows}
    mine = [clock for clock in due if clock.subject_id in free]
    make_all([(free[clock.subject_id], _by_time(at, phase=clock.phase)) for clock in mine], Verb.LAPSE)
    return [clock.pk for clock in mine]


def warn_due(at: datetime) -> int:
    """Tell of permits whose end is so many days away as a row says, each row of each permit once; a hundred a round."""
    today, told = localdate(at, LOCAL), 0
    for days in ExpiryNotice.objects.order_by("days").values_list("days", flat=True):
        near = Permit.objects.filter(revoked_on=None, until__gte=today, until__lte=today + timedelta(days=days))
        keys = near.exclude(warned__lte=days).order_by("pk").values_list("pk", flat=True)[:BATCH]
        told += in_one_or_alone(partial(_warn, days), list(keys), at)
    return told


@transaction.atomic
def _warn(days: int, keys: list[int], at: datetime) -> int:
    """Where nobody else just does it, and nobody has."""
    rows = Permit.objects.select_for_update(skip_locked=True).filter(pk__in=keys, revoked_on=None)
    permits = list(rows.exclude(warned__lte=days).order_by("pk"))
    free = _free(permit.application_id for permit in permits)
    mine = [permit for permit in permits if permit.application_id in free]
    Permit.objects.filter(pk__in=[permit.pk for permit in mine]).update(warned=days)
    make_all([(free[permit.application_id], _of_end(permit, days, at)) for permit in mine], Verb.WARN)
    return len(mine)


def _of_end(permit: Permit, days: int, at: datetime) -> Deed:
    left = (permit.until - localdate(at, LOCAL)).days
    return _by_time(at, days=days, left=left, until=permit.until.isoformat())


def _free(ids: Iterable[int]) -> dict[int, Application]:
    rows = Application.objects.select_for_update(skip_locked=True).filter(pk__in=set(ids))
    return {application.pk: application for application in rows}


def _by_time(at: datetime, **facts: object) -> Deed:
    return Deed("", dict(facts), None, at)
