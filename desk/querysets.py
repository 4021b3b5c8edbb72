"""Which saved views and exports are whose, and which exports the queue has still to do."""

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


class ExportJobQuerySet(models.QuerySet):
    def of(self, user: User) -> "ExportJobQuerySet":
        return self.filter(owner=user)

    def unfinished(self) -> "ExportJobQuerySet":
        return self.filter(state__in=("waiting", "running"))

    def free(self, at: datetime) -> "ExportJobQuerySet":
        """Nobody works on it, or whoever did has said nothing for a minute."""
        return self.unfinished().filter(Q(beat_at=None) | Q(beat_at__lt=at - SILENT_AT_MOST), expires_at__gt=at)

    def to_queue(self, at: datetime) -> "ExportJobQuerySet":
        """Free, and not in the queue; what the queue has had for a minute it has lost."""
        lost = Q(queued_at=None) | Q(queued_at__lt=at - SILENT_AT_MOST)
        return self.free(at).filter(lost).order_by("asked_at")

    def expired(self, at: datetime) -> "ExportJobQuerySet":
        return self.filter(expires_at__lte=at)
