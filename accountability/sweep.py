"""The timer of the house: what is due lapses, what awaited a calendar is computed, what waits to leave goes out."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import BooleanField, F, Q
from django.db.models.expressions import RawSQL
from django.utils.module_loading import import_string

from accountability import calendars, rungs
from accountability.climbing import climb_kind
from accountability.dues import folded
from accountability.ladder import place
from accountability.models import Clock
from outbox import actions as outbox
from outbox.delivery import pause_after

log = logging.getLogger(__name__)

BATCH = 500
DRAINS_A_ROUND = 6
Lapse = Callable[[list[Clock], datetime], list[int]]

BEHIND = "(accountability_clock.due_at, accountability_clock.id) > (%s, %s)"  # so that an index begins there
# Whoever holds such a row is stopping it just now, and computes it by themselves.
FILL = """
WITH free AS (
    SELECT c.id, v.due, v.rung FROM unnest(%s::bigint[], %s::timestamptz[], %s::timestamptz[]) v(id, due, rung)
      JOIN accountability_clock c USING (id)
     WHERE c.due_at IS NULL AND c.paused_at IS NULL AND c.stopped_at IS NULL FOR UPDATE OF c SKIP LOCKED)
UPDATE accountability_clock c SET due_at = free.due, rung_at = free.rung, calendar_id = %s
  FROM free WHERE c.id = free.id"""


def run_once(at: datetime) -> int:
    """One round; safe to run twice, and at once with another. Returns how many clocks lapsed.

    A part that fails stops no other part: what is due lapses whatever ails the rest. The round ends by telling of it.
    """
    began, faults = monotonic(), list[Exception]()

    def part(job: Callable[..., int | None], *given: object) -> int:
        return _part(faults, job, *given)

    part(compute_awaited)
    for name in settings.DAY_FOLDS:
        part(import_string(name))
    for name in settings.ROUNDS:
        part(import_string(name), at)
    lapsed = sum(part(lapse_kind, kind, at, began) for kind in settings.CLOCK_KINDS)
    for kind in settings.CLOCK_KINDS:
        part(climb_kind, kind, at, began)
    for _ in range(DRAINS_A_ROUND):
        if not part(outbox.drain, at):
            break
    if faults:
        raise faults[0]
    return lapsed


def _part(faults: list[Exception], job: Callable[..., int | None], *given: object) -> int:
    """What it returned; a fault is kept for the end, unless the database itself is away."""
    try:
        return job(*given) or 0
    except (OperationalError, InterfaceError):
        raise
    except Exception as fault:
        log.exception("%s failed; the rest of the round goes on", job.__qualname__)
        faults.append(fault)
        return 0


def compute_awaited() -> None:
    """Give running clocks that awaited a calendar their due moment, once every year that they reach into is known."""
    waiting = list(Clock.objects.awaiting().select_related("limit").prefetch_related("segments").order_by("pk"))
    if not waiting:
        return
    calendar, ladder = calendars.current(), rungs.current()
    for kind, owner in settings.CLOCK_KINDS.items():
        mine = [clock for clock in waiting if clock.subject_kind == kind]
        known = {clock: due for clock in mine if (due := folded(clock, clock.segments.all(), calendar))}
        for clock, due in known.items():
            clock.due_at = due
            place(clock, ladder, calendar, due, clock.segments.all())
        if known:
            _fill(owner, known, calendar.pk)


@transaction.atomic
def _fill(owner: dict[str, str], known: dict[Clock, datetime], calendar_id: int | None) -> None:
    """Write the due moments of subjects that nobody holds, and let their owner follow; the busy wait for a round."""
    subjects = {clock.subject_id for clock in known}
    free = set(import_string(owner["free"])(subjects)) if "free" in owner else subjects
    mine = [(clock.pk, due, clock.rung_at) for clock, due in known.items() if clock.subject_id in free]
    with connection.cursor() as cursor:
        cursor.execute(FILL, [[row[column] for row in mine] for column in range(3)] + [calendar_id])
    if "moved" in owner:
        import_string(owner["moved"])(free)


def lapse_kind(kind: str, at: datetime, began: float) -> int:
    """Lapse what is due of one kind of subject, batch by batch, each clock looked at once.

    `at` is when the round began, at `began` of the steady clock; each batch is noticed as much later as it comes.
    """
    lapse: Lapse = import_string(settings.CLOCK_KINDS[kind]["lapse"])
    due = Clock.objects.to_lapse(at).filter(subject_kind=kind).order_by("due_at", "pk")
    later, lapsed = Q(), 0
    while True:
        with transaction.atomic():
            clocks = list(due.filter(later).select_for_update(skip_locked=True)[:BATCH])
            lapsed += _lapse_together(lapse, clocks, at + timedelta(seconds=monotonic() - began)) if clocks else 0
        if len(clocks) < BATCH:
            return lapsed
        last = clocks[-1]
        later = Q(RawSQL(BEHIND, [last.due_at, last.pk], output_field=BooleanField()))


def _lapse_together(lapse: Lapse, clocks: list[Clock], at: datetime) -> int:
    """All in one, or row by row when the batch fails. A clock whose subject is busy waits for the next round."""
    try:
        return _lapse(lapse, clocks, at)
    except Exception:
        log.warning("a batch of %d clocks fails and is taken one by one", len(clocks), exc_info=True)
    return sum(_lapse_alone(lapse, one, at) for one in clocks)


def _lapse(lapse: Lapse, clocks: list[Clock], at: datetime) -> int:
    with transaction.atomic():
        handled = lapse(clocks, at)
        return Clock.objects.filter(pk__in=handled).update(lapsed_at=F("due_at"))


def _lapse_alone(lapse: Lapse, one: Clock, at: datetime) -> int:
    """One that fails by itself is put off, longer each time, and stands in nobody's way."""
    try:
        return _lapse(lapse, [one], at)
    except Exception:
        log.exception("clock %s of %s %s cannot lapse", one.pk, one.subject_kind, one.subject_id)
    one.attempts += 1
    one.next_try_at = at + pause_after(one.attempts)
    one.save(update_fields=["attempts", "next_try_at"])
    return 0
