"""Links by which somebody answers once: of the link itself no more is kept than what it hashes to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from engagement.models.report import Report


class AnswerLink(models.Model):
    """One link for one person and round. It ends by being used, by its time, or by a newer one."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="links")
    round = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, unique=True, help_text=_("sha256 of the random part of the link"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(used_at=None, replaced_at=None), name="one_link_of_a_report_counts"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(replaced_at=None), name="a_link_is_used_or_replaced_not_both"
            ),
            models.CheckConstraint(
                condition=Q(used_at=None) | Q(used_at__lte=F("expires_at")), name="no_link_is_used_after_its_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.made_at}"
