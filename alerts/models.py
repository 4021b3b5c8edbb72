"""The inbox: one row per person and thing they should know."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from alerts.querysets import AlertQuerySet
from cases.models import Case, Step


class Alert(models.Model):
    """One person is told of one step. The words come from the step when it is shown."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="alerts")
    case = models.ForeignKey(Case, models.PROTECT, related_name="alerts")
    step = models.ForeignKey(Step, models.PROTECT, related_name="alerts")
    told_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["recipient", "step"], name="nobody_is_told_twice_of_a_step")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="alerts_by_recipient"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="alerts_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.recipient_id} {self.step_id}"
