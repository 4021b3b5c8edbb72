"""Locks closed cases whose day has come. A round of the sweep: twice is once, and what somebody holds waits."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from accountability.batches import in_one_or_alone
from cases.actions.moving import make_move
from cases.actions.together import Together
from cases.archiving import class_of, classes, days_of_keeping
from cases.models import Case, Order, State, Verb

BATCH = 200


def archive_due(at: datetime) -> int:
    """How many were locked; one with an open order waits until an inspector has closed it."""
    give_days()
    done, looked_at = 0, set[int]()
    while True:
        keys = list(_due(at).exclude(pk__in=looked_at).values_list("pk", flat=True)[:BATCH])
        done += in_one_or_alone(_archive, keys, at)
        looked_at |= set(keys)
        if len(keys) < BATCH:
            return done


@transaction.atomic
def _archive(keys: list[int], at: datetime) -> int:
    rows = _due(at).filter(pk__in=keys).select_for_update(of=("self",), skip_locked=True)
    batch = Together({case.pk: case for case in rows}, at)
    for ledger in batch.ledgers.values():
        make_move(ledger, Verb.ARCHIVE)
    batch.finish(batch.cases)
    return len(batch.cases)


def _due(at: datetime) -> QuerySet[Case]:
    ordered = Order.objects.open().filter(case=OuterRef("pk"))
    rows = Case.objects.filter(~Exists(ordered), state=State.CLOSED, archive_at__lte=at)
    return rows.select_related("profile", "retention").order_by("archive_at", "pk")


@transaction.atomic
def give_days() -> None:
    """What was closed before classes of keeping were loaded is kept by the class that fits it now."""
    rows = Case.objects.filter(state=State.CLOSED, archive_at=None, closed_at__isnull=False).order_by("pk")
    cases = list(rows.select_related("category").select_for_update(of=("self",), skip_locked=True)[:BATCH])
    known = list(classes()) if cases else []
    for case in cases:
        kept = class_of(case, known)
        if kept and case.closed_at:
            case.retention = kept
            case.archive_at, case.kept_until = days_of_keeping(kept, case.closed_at)
    Case.objects.bulk_update(cases, ["retention", "archive_at", "kept_until"])
