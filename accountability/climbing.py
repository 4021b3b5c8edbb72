"""The timer's other half: clocks that come to a rung of the ladder, each rung of each clock once."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import connection, transaction
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL
from django.utils.module_loading import import_string

from accountability import calendars, rungs
from accountability.ladder import Reached, climb, height, next_at
from accountability.models import Clock, Rise
from accountability.segments import stretches_of
from audit.rows import insert
from outbox.delivery import pause_after

log = logging.getLogger(__name__)

BATCH = 500


@dataclass(frozen=True)
class Climber:
    """A clock, and the rungs that it has reached and that nobody was told of yet, the lowest first."""

    clock: Clock
    reached: list[Reached]
    height: int
    next_at: datetime | None


# Given climbers of one kind, writes down what they reached; returns the clocks whose subject was free.
Rising = Callable[[list[Climber], datetime], list[int]]

BEHIND = "(accountability_clock.rung_at, accountability_clock.id) > (%s, %s)"  # so that an index begins there
MOVE = """
UPDATE accountability_clock c SET rung = v.rung, rung_at = v.next_at
  FROM unnest(%s::bigint[], %s::smallint[], %s::timestamptz[]) v(id, rung, next_at) WHERE c.id = v.id"""


@dataclass(frozen=True)
class Round:
    """What is reached is judged by when the round began, `at`; what is written down comes as much later as it does."""

    at: datetime
    began: float

    @property
    def now(self) -> datetime:
        return self.at + timedelta(seconds=monotonic() - self.began)


def climb_kind(kind: str, at: datetime, began: float | None = None) -> int:
    """Let the clocks of one kind of subject climb, batch by batch, each looked at once; returns how many did.

    `at` is when the round began, at `began` of the steady clock.
    """
    this = Round(at, monotonic() if began is None else began)
    owner = settings.CLOCK_KINDS[kind].get("rise")
    if owner is None:
        return 0
    rise: Rising = import_string(owner)
    due = Clock.objects.to_climb(at).filter(subject_kind=kind).order_by("rung_at", "pk").select_related("limit")
    later, climbed = Q(), 0
    while True:
        with transaction.atomic():
            clocks = list(due.filter(later).select_for_update(of=("self",), skip_locked=True)[:BATCH])
            climbed += _together(rise, clocks, this) if clocks else 0
        if len(clocks) < BATCH:
            return climbed
        last = clocks[-1]
        later = Q(RawSQL(BEHIND, [last.rung_at, last.pk], output_field=BooleanField()))


def _together(rise: Rising, clocks: list[Clock], this: Round) -> int:
    """All in one, or clock by clock when the batch fails. One whose subject is busy waits for the next round."""
    try:
        return _climb(rise, clocks, this)
    except Exception:
        log.warning("a batch of %d clocks cannot climb and is taken one by one", len(clocks), exc_info=True)
    return sum(_alone(rise, one, this) for one in clocks)


def _climb(rise: Rising, clocks: list[Clock], this: Round) -> int:
    with transaction.atomic():
        climbers, now = _climbers(clocks, this.at), this.now
        free = set(rise(climbers, now))
        done = [one for one in climbers if one.clock.pk in free]
        insert([
            Rise(clock=one.clock, rung=reached.rung, due_at=reached.at, noticed_at=now)
            for one in done
            for reached in one.reached
        ])  # fmt: skip
        rows = [(one.clock.pk, one.height, one.next_at) for one in done]
        with connection.cursor() as cursor:
            cursor.execute(MOVE, [[row[column] for row in rows] for column in range(3)])
        return len(done)


def _climbers(clocks: list[Clock], at: datetime) -> list[Climber]:
    """What each of them has reached by now; a clock whose time was put off meets no rung a second time."""
    ladder = rungs.current()
    numbered = calendars.asked_once()
    told = set(Rise.objects.filter(clock__in=clocks).values_list("clock", "rung"))
    stretches = stretches_of(clock for clock in clocks if clock.altered)
    found = []
    for clock in clocks:
        ahead = climb(clock, ladder, numbered(clock.calendar_id), stretches[clock.pk], numbered)
        reached = [one for one in ahead if one.at < at and (clock.pk, one.rung.pk) not in told]
        clock.rung = max(clock.rung, height(ahead, at))
        found.append(Climber(clock, reached, clock.rung, next_at(clock, ladder, ahead, at)))
    return found


def _alone(rise: Rising, one: Clock, this: Round) -> int:
    """One that fails by itself is put off, longer each time, and stands in nobody's way."""
    try:
        return _climb(rise, [one], this)
    except Exception:
        log.exception("clock %s of %s %s cannot climb", one.pk, one.subject_kind, one.subject_id)
    one.attempts += 1
    one.next_try_at = this.at + pause_after(one.attempts)
    one.save(update_fields=["attempts", "next_try_at"])
    return 0
