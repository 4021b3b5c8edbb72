"""Named questions about alerts."""

from django.db import models
from django.db.models import F, Q

from audit.clock import Moment
from cases.models.case import Case
from grids.standing import Standing

# Told in quiet hours, and shown after them.
HELD = Q(shown_at__gt=F("told_at"))


class AlertQuerySet(models.QuerySet):
    def of(self, standing: Standing) -> "AlertQuerySet":
        """A person's own alerts, of cases that they may still see; what quiet hours hold back is not there yet."""
        mine = self.filter(recipient=standing.user_id, shown_at__lte=Moment())
        return mine.filter(case__in=Case.objects.visible_to(standing))

    def unread(self) -> "AlertQuerySet":
        return self.filter(read_at=None)

    def older_than(self, alert_id: int) -> "AlertQuerySet":
        """What comes after this one when the newest stand first."""
        return self.filter(pk__lt=alert_id)
