"""Locks closed cases whose day has come. A round of the sweep: twice is once, and what somebody holds waits."""

import logging
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.actions.moving import finish, make_move
from cases.archiving import class_of, classes, days_of_keeping
from cases.ledger import Ledger
from cases.models import Case, Order, State, Verb

log = logging.getLogger(__name__)

BATCH = 200


def archive_due(at: datetime) -> int:
    """How many were locked; one with an open order waits until an inspector has closed it."""
    give_days()
    done, looked_at = 0, set[int]()
    while True:
        with transaction.atomic():
            due = _due(at).exclude(pk__in=looked_at).select_for_update(of=("self",), skip_locked=True)
            cases = list(due[:BATCH])
            done += _together(cases, at)
        looked_at |= {case.pk for case in cases}
        if len(cases) < BATCH:
            return done


def _together(cases: list[Case], at: datetime) -> int:
    """All in one, or case by case when that fails: one that cannot be locked stands in nobody's way."""
    try:
        return _archive(cases, at)
    except Exception:
        log.warning("a batch of %d cases cannot be archived and is taken one by one", len(cases), exc_info=True)
    return sum(_alone(case.pk, at) for case in cases)


def _alone(pk: int, at: datetime) -> int:
    """Read anew: what failed has left its marks on the case in memory."""
    try:
        return _archive(list(_due(at).filter(pk=pk)), at)
    except Exception:
        log.exception("case %s cannot be archived", pk)
    return 0


@transaction.atomic
def _archive(cases: list[Case], at: datetime) -> int:
    for case in cases:
        ledger = Ledger(case, None, at)
        make_move(ledger, Verb.ARCHIVE)
        finish(ledger)
    return len(cases)


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
            case.save(update_fields=["retention", "archive_at", "kept_until"])
