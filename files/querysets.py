"""Named questions about photos."""

from datetime import datetime, timedelta

from django.db import models

QUEUED_AT_MOST = timedelta(minutes=1)
KEPT_WITHOUT_SUBJECT = timedelta(hours=24)


class PhotoQuerySet(models.QuerySet):
    def of(self, kind: str, *subject_ids: int) -> "PhotoQuerySet":
        """Photos of these subjects, in the order in which they came."""
        return self.filter(subject_kind=kind, subject_id__in=subject_ids).order_by("began_at", "id")

    def loose(self) -> "PhotoQuerySet":
        """Photos that belong to nothing yet; only who holds their ticket knows them."""
        return self.filter(subject_kind="")

    def by_ticket(self, ticket: str | None) -> "PhotoQuerySet":
        """The loose photos sent with this ticket."""
        return self.loose().filter(ticket=ticket) if ticket else self.none()

    def forgotten(self, at: datetime) -> "PhotoQuerySet":
        """Photos that nothing has claimed for a day."""
        return self.loose().filter(began_at__lt=at - KEPT_WITHOUT_SUBJECT)

    def to_queue(self, at: datetime) -> "PhotoQuerySet":
        """Photos stored but not checked, that the queue never got or has lost; the longest waiting first."""
        lost = models.Q(queued_at=None) | models.Q(queued_at__lt=at - QUEUED_AT_MOST)
        return self.filter(lost, state="waiting").order_by("stored_at")
