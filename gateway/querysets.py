"""Named questions about imports."""

from datetime import datetime, timedelta

from django.db import models

LOST_AFTER = timedelta(minutes=1)
KEPT = timedelta(hours=24)
WORKING = ("checking", "taking")
WAITING = ("receiving", "stored", "checked")
ENDED = ("done", "refused", "given_up")


class ImportQuerySet(models.QuerySet):
    def history(self) -> "ImportQuerySet":
        """What was handed over whole, the newest first."""
        return self.exclude(state__in=("receiving", "stored")).order_by("-began_at", "-pk")

    def working(self) -> "ImportQuerySet":
        """What is being checked or taken in; the one that was asked for first goes first."""
        return self.filter(state__in=WORKING).order_by("asked_at", "pk")

    def forgotten(self, at: datetime) -> "ImportQuerySet":
        """Files that nobody went on with for a day."""
        return self.filter(state__in=WAITING, began_at__lt=at - KEPT)

    def over(self) -> "ImportQuerySet":
        """What has ended and still has its file."""
        return self.filter(state__in=ENDED, kept=True)
