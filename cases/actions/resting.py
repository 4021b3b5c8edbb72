"""What rests goes on by itself on its day."""

import logging
from datetime import datetime

from django.db import transaction

from cases.actions.moving import advance, answer
from cases.models import Case, Pause, Verb

log = logging.getLogger(__name__)

BATCH = 100


def take_up_again(at: datetime) -> int:
    """End the pauses whose day has come, a hundred a round; a case that somebody holds waits for the next one."""
    due = Pause.objects.filter(over_at=None, allowed_at__isnull=False, until__lte=at).order_by("until", "pk")
    return sum(_alone(pause, at) for pause in due.select_related("summons", "case")[:BATCH])


def _alone(pause: Pause, at: datetime) -> bool:
    """One that cannot end stands in nobody's way: the round goes on, and the log says so."""
    try:
        return _one(pause, at)
    except Exception:
        log.exception("pause %s of case %s cannot end", pause.pk, pause.case_id)
    return False


@transaction.atomic
def _one(pause: Pause, at: datetime) -> bool:
    free = Case.objects.select_for_update(skip_locked=True).filter(pk=pause.case_id)
    if not free or not Pause.objects.filter(pk=pause.pk, over_at=None).exists():
        return False
    if pause.summons:
        pause.summons.case = pause.case
        answer(pause.summons, Verb.RESUME, by=None, at=at)
    else:
        advance(pause.case, Verb.RESUME, by=None, at=at)
    return True
