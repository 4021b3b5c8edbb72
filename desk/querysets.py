"""Which saved views and files are whose, and which files the queue has still to write."""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q

from people.models import User

SILENT_AT_MOST = timedelta(seconds=60)


class SavedViewQuerySet(models.QuerySet):
    def of(self, user: User) -> "SavedViewQuerySet":
        return self.filter(owner=user)

    def for_reader(self, user: User) -> "SavedViewQuerySet":
        """Their own, and what colleagues share with their unit."""
        shared = Q(shared_with=user.unit_id) if user.unit_id else Q(pk__in=[])
        return self.filter(Q(owner=user) | shared)


class JobQuerySet(models.QuerySet):
    def of(self, user: User) -> "JobQuerySet":
        return self.filter(owner=user)

    def unfinished(self) -> "JobQuerySet":
        return self.filter(state__in=("waiting", "running"))

    def free(self, at: datetime) -> "JobQuerySet":
        """Nobody works on it, or whoever did has said nothing for a minute."""
        return self.unfinished().filter(Q(beat_at=None) | Q(beat_at__lt=at - SILENT_AT_MOST), expires_at__gt=at)

    def to_queue(self, at: datetime) -> "JobQuerySet":
        """Free, and not in the queue; what the queue has had for a minute it has lost."""
        lost = Q(queued_at=None) | Q(queued_at__lt=at - SILENT_AT_MOST)
        return self.free(at).filter(lost).order_by("asked_at")

    def expired(self, at: datetime) -> "JobQuerySet":
        return self.filter(expires_at__lte=at)


class ListImportQuerySet(JobQuerySet):
    def at_hand(self, at: datetime) -> "ListImportQuerySet":
        """Handed over whole, and not given up."""
        return self.exclude(state__in=("receiving", "given_up")).filter(expires_at__gt=at)

    def over(self, at: datetime) -> "ListImportQuerySet":
        """Nobody goes on with it: saved, given up, or left for a day."""
        return self.filter(Q(state__in=("saved", "given_up")) | Q(expires_at__lte=at))


class BundleQuerySet(JobQuerySet):
    def at_hand(self, at: datetime) -> "BundleQuerySet":
        """Not yet removed, be it written or still to be."""
        return self.filter(expires_at__gt=at, dropped_at=None)

    def by_digest(self, digest: str) -> "BundleQuerySet":
        """The one whose file has this hash: whoever can name it holds a copy."""
        return self.filter(digest=digest, state="ready")

    def expired(self, at: datetime) -> "BundleQuerySet":
        return self.filter(expires_at__lte=at, dropped_at=None)
