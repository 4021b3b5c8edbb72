"""Named questions about list versions and clocks."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import models
from django.db.models import Q

from accountability.changing.posts import LIST_DECIDING, LISTING
from changes.kinds import Holder
from changes.models import State
from people.models import THREE_ADMINS


class FunctionListQuerySet(models.QuerySet):
    def in_force(self, day: date):
        """The version in force on this local day; None before the first one."""
        return self.standing(day).first()

    def standing(self, day: date) -> "FunctionListQuerySet":
        """What has come into force by this day, the newest first."""
        return self.filter(in_force_from__lte=day).order_by("-in_force_from", "-number")


class ListVersionQuerySet(models.QuerySet):
    def numbered(self) -> "ListVersionQuerySet":
        """Those that are, were or will be in force; drafts have no number."""
        return self.exclude(number=None)

    def calling(self) -> "ListVersionQuerySet":
        """Of the kind of list that cases are accepted under."""
        return self.numbered().filter(kind__calls=True)

    def in_force(self, day: date):
        """The version that cases go by on this local day; None before the first one."""
        return self.standing(day).first()

    def standing(self, day: date) -> "ListVersionQuerySet":
        """What cases go by, come into force by this day, the newest first."""
        return self.calling().filter(in_force_from__lte=day).order_by("-in_force_from")

    def visible_to(self, by: Holder) -> "ListVersionQuerySet":
        """What has a number, or is approved for a day to come, everybody at work reads; a draft before that, whoever
        writes or decides it and who looks on at all."""
        looks_on = by.roles.intersection({*LISTING.roles, *LIST_DECIDING.roles, *THREE_ADMINS})
        return self if looks_on else self.filter(Q(number__isnull=False) | Q(change__state=State.APPROVED))


class ItemVersionQuerySet(models.QuerySet):
    def numbered(self) -> "ItemVersionQuerySet":
        """What a version says that is no draft."""
        return self.exclude(version__number=None)


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
