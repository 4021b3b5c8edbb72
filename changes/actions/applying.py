"""What is approved is put in force on its day, by the round of the sweep or at once."""

import logging
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from changes.actions.writing import check_unchanged, moved
from changes.fingerprint import fingerprint
from changes.kinds import ChangeRefused, kind_of
from changes.models import Change, State, Verb
from changes.workflow import check

log = logging.getLogger(__name__)

BATCH = 50


def apply_due(at: datetime) -> int:
    """Put in force what is approved and whose day has come. Safe to run twice; returns how many."""
    due = list(Change.objects.due(localdate(at)).values_list("pk", flat=True)[:BATCH])
    return sum(_alone(pk, at) for pk in due)


def _alone(pk: int, at: datetime) -> bool:
    """One that cannot be put in force stands in nobody's way: it goes back to its author, or the log says so."""
    try:
        with transaction.atomic():
            change = Change.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.APPROVED).first()
            return change is not None and put_in_force(change, at).state == State.APPLIED
    except ChangeRefused as refusal:
        _return(pk, refusal, at)
    except Exception:
        log.exception("change %s cannot be put in force", pk)
    return False


def put_in_force(change: Change, at: datetime) -> Change:
    check(change, Verb.APPLY, None)
    check_unchanged(change, at)
    kind_of(change.kind).apply(change, at)
    change.applied_at = at
    moved(change, Verb.APPLY, None, at, facts={"sha256": fingerprint(change)})
    undone = Change.objects.select_for_update().get(pk=change.undoes_id) if change.undoes_id else None
    if undone and undone.state == State.APPLIED:
        undone.undone_by = change
        moved(undone, Verb.UNDO, None, at, facts={"by": change.pk})
    return change


@transaction.atomic
def _return(pk: int, refusal: ChangeRefused, at: datetime) -> None:
    change = Change.objects.select_for_update().get(pk=pk)
    if change.state == State.APPROVED:
        change.decided_by = change.decided_at = None
        moved(change, Verb.RETURN, None, at, note=refusal.sentence, facts={"code": refusal.code})
