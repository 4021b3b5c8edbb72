"""What rests goes on by itself on its day."""

from datetime import datetime

from django.db import transaction

from cases.actions.moving import advance, answer
from cases.models import Case, Pause, Verb

BATCH = 100


def take_up_again(at: datetime) -> int:
    """End the pauses whose day has come, a hundred a round; a case that somebody holds waits for the next one."""
    due = Pause.objects.filter(over_at=None, allowed_at__isnull=False, until__lte=at).order_by("until", "pk")
    return sum(_one(pause, at) for pause in due.select_related("summons", "case")[:BATCH])


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
