"""Tries or takes in a file off the request, a while at a time; whoever dies over it is gone on from where they were.

Each batch is one transaction: its rows, its faults and how far the file is. Only who finds the file as far as they
think it is writes a batch, so that two at once do each row once.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from audit import clock
from cases.moves import MoveRefused
from files.receiving import unsealed
from gateway.actions.batches import Outcome, Row, batches, take_batch
from gateway.actions.taking import Importer
from gateway.mapping import MappingRefused, named
from gateway.models import Import, ImportFault, ImportState
from gateway.querysets import LOST_AFTER
from gateway.reading import read
from gateway.refusals import FileRefused, Refused

MOST_TRIES = 5
A_WHILE = 30.0  # seconds; well within the time that a task may take
ENDS = {ImportState.CHECKING: ImportState.CHECKED, ImportState.TAKING: ImportState.DONE}


def queue(at: datetime, send: Callable[[str], object]) -> int:
    """Hand the import that waits longest to the queue, one at a time; again when it was not heard of for a minute."""
    one = Import.objects.working().first()
    if one is None or (one.heard_at and one.heard_at > at - LOST_AFTER):
        return 0
    if one.tries >= MOST_TRIES:
        _refuse(one, gettext_noop("It could not be gone on with. Tell the system administrator; the log says why."), {})
        return 0
    send(str(one.pk))
    Import.objects.filter(pk=one.pk).update(heard_at=at, tries=F("tries") + 1)
    return 1


def work(pk: UUID, *, a_while: float = A_WHILE) -> None:
    """Go on with it for a while; then the queue gets it again."""
    one = Import.objects.working().filter(pk=pk).first()
    if one is None:
        return
    try:
        _go_on(one, monotonic() + a_while)
    except FileRefused as refused:
        _refuse(one, refused.says, refused.params)
    except MappingRefused as refused:
        _refuse(one, str(refused), {})
    except MoveRefused as refused:
        _refuse(one, refused.sentence, {})
    except FileNotFoundError:
        _refuse(one, gettext_noop("The file is gone. Choose it again."), {})


def _go_on(one: Import, until: float) -> None:
    importer, data = Importer(named(one.mapping)), unsealed(one)
    if one.rows is None:
        one.rows = sum(1 for _ in read(one.name, data, importer.mapping, clock.now()))
        Import.objects.filter(pk=one.pk).update(rows=one.rows)
    for batch in batches(one.name, data, importer, skip=one.done):
        if not _write(one, batch, importer):
            return
        if monotonic() > until:
            Import.objects.filter(pk=one.pk).update(heard_at=None, tries=0)
            return
    _finish(one)


@transaction.atomic
def _write(one: Import, batch: Sequence[Row], importer: Importer) -> bool:
    """One batch and how far that brings us; False where somebody else is at it, or has been."""
    at = clock.now()
    mine = Import.objects.select_for_update(skip_locked=True).filter(pk=one.pk, state=one.state, done=one.done)
    locked = mine.first()
    if locked is None:
        return False
    taking = one.state == ImportState.TAKING
    outcomes = take_batch(batch, importer, at=at, keep=taking)
    ImportFault.objects.bulk_create(_fault(locked, row) for row in outcomes if isinstance(row, Refused))
    before = locked.taken if taking else locked.tried
    counts = {**Counter(before) + Counter(_kind(outcome) for outcome in outcomes)}
    locked.done, locked.heard_at, locked.tries = locked.done + len(batch), at, 0
    setattr(locked, "taken" if taking else "tried", counts)
    locked.save(update_fields=["done", "heard_at", "tries", "taken", "tried"])
    one.done = locked.done
    return True


def _kind(outcome: Outcome) -> str:
    return "refused" if isinstance(outcome, Refused) else outcome


def _fault(of: Import, row: Refused) -> ImportFault:
    return ImportFault(of=of, row=row.row, column=row.column[:100], says=row.says[:300], params=row.params)


def _finish(one: Import) -> None:
    """The pass is over."""
    ends = ENDS[ImportState(one.state)]
    ended = clock.now() if ends == ImportState.DONE else None
    mine = Import.objects.filter(pk=one.pk, state=one.state, done=one.done)
    mine.update(state=ends, ended_at=ended, heard_at=None)


def _refuse(one: Import, says: str, params: dict[str, object]) -> None:
    """The file as a whole cannot be read, or not gone on with; what came of it before stays."""
    mine = Import.objects.filter(pk=one.pk, state=one.state)
    mine.update(state=ImportState.REFUSED, says=says[:200], params=params, ended_at=clock.now())
