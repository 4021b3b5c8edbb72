"""A unit's clocks stand still for a while, or a whole case is shelved: asked for by one unit, allowed by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from cases.models.case import Case
from cases.models.summons import Summons
from cases.querysets import OfCaseQuerySet
from people.models import Unit


class Pause(Labelled, models.Model):
    """One pause of one summons; without a summons the whole case is shelved, with a plan and a leader who answers."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="pauses")
    summons = models.ForeignKey(Summons, models.PROTECT, null=True, related_name="pauses")
    reason = models.CharField(max_length=1000)
    plan = models.CharField(max_length=1000, blank=True)
    leader = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    until = models.DateTimeField(help_text=_("It ends by itself then, if not before"))
    days = models.PositiveSmallIntegerField(help_text=_("Working days that it takes, counted when it was asked for"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    allowed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    allowed_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    allowed_at = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True, help_text=_("Ended, or refused where nobody allowed it"))

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "summons"], condition=Q(over_at=None), nulls_distinct=False, name="one_pause_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(allowed_unit=None) | ~Q(allowed_unit=F("asked_unit")),
                name="another_unit_allows_a_pause",
            ),
            models.CheckConstraint(
                condition=Q(summons__isnull=False) | ~Q(plan="") & Q(leader__isnull=False),
                name="what_is_shelved_has_a_plan_and_a_leader",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(over_at=None, allowed_at__isnull=False), name="pauses_to_end")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.until}"
