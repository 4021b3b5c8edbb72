"""Named questions about alerts."""

from django.db import models

from cases.models.case import Case
from grids.standing import Standing


class AlertQuerySet(models.QuerySet):
    def of(self, standing: Standing) -> "AlertQuerySet":
        """A person's own alerts, of cases that they may still see."""
        return self.filter(recipient=standing.user_id, case__in=Case.objects.visible_to(standing))

    def unread(self) -> "AlertQuerySet":
        return self.filter(read_at=None)

    def older_than(self, alert_id: int) -> "AlertQuerySet":
        """What comes after this one when the newest stand first."""
        return self.filter(pk__lt=alert_id)
