"""Named questions about list versions and clocks."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import Q


class ListVersionQuerySet(models.QuerySet):
    def in_force(self, day: date):
        """The version in force on this local day; None before the first one."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from").first()


class SegmentQuerySet(models.QuerySet):
    def going_on(self) -> "SegmentQuerySet":
        """Stretches that have not ended."""
        return self.filter(until=None)


class ClockQuerySet(models.QuerySet):
    def of(self, kind: str, ids: Iterable[int]) -> "ClockQuerySet":
        """The clocks of these subjects."""
        return self.filter(subject_kind=kind, subject_id__in=list(ids))

    def running(self) -> "ClockQuerySet":
        return self.filter(stopped_at=None)

    def awaiting(self) -> "ClockQuerySet":
        """Running towards a year whose calendar is not known; a paused one waits for something else."""
        return self.running().filter(due_at=None, paused_at=None)

    def overdue(self, at: datetime) -> "ClockQuerySet":
        """Running past the due moment; exactly at the due moment is still in time."""
        return self.running().filter(due_at__lt=at)

    def to_lapse(self, at: datetime) -> "ClockQuerySet":
        """Overdue, not yet noticed, and not put off after a failed try."""
        return self.overdue(at).filter(Q(next_try_at=None) | Q(next_try_at__lte=at), lapsed_at=None)

    def on_rungs(self, heights: Iterable[int]) -> "ClockQuerySet":
        """Running, and standing at one of these heights of the ladder; one that rests stands nowhere."""
        return self.running().filter(rung__in=sorted(heights), rung__gt=0, due_at__isnull=False)

    def to_climb(self, at: datetime) -> "ClockQuerySet":
        """Past the moment of their next rung, and not put off after a failed try."""
        return self.running().filter(Q(next_try_at=None) | Q(next_try_at__lte=at), rung_at__lt=at)
