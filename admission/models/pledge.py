"""Pledges (责任状) that departments once had streets sign: kept on a high basis alone, else cancelled."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.querysets import PledgeQuerySet
from audit.labels import Labelled
from grids.models import Area
from people.models import Unit


class Level(models.TextChoices):
    """Whose word a pledge stands on, from the highest down."""

    CENTRAL = "central", _("The central authorities")
    PROVINCIAL = "provincial", _("The province's committee or government")
    MUNICIPAL = "municipal", _("The city")
    DISTRICT = "district", _("The district")
    DEPARTMENT = "department", _("The department alone")


# 除中央有明确部署，或省委、省政府有明确规定外 (the district's plan of 2019-11).
HIGH = (Level.CENTRAL, Level.PROVINCIAL)


class PledgeState(models.TextChoices):
    ENTERED = "entered", _("To be decided")
    KEPT = "kept", _("Kept")
    CANCELLED = "cancelled", _("Cancelled")


class Pledge(Labelled, models.Model):
    """One letter of responsibility or set of targets between a department and streets."""

    department = models.ForeignKey(Unit, models.PROTECT, related_name="pledges")
    streets = models.ManyToManyField(Area, related_name="+")
    title = models.CharField(max_length=120)
    targets = models.CharField(max_length=600, help_text=_("What streets were held to"))
    signed_on = models.DateField()
    level = models.CharField(max_length=10, choices=Level)
    basis = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=PledgeState, default=PledgeState.ENTERED)
    reason = models.CharField(max_length=600, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    demo = models.BooleanField(default=False)
    terms = SearchVectorField()

    objects = PledgeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(level__in=("central", "provincial")) & ~Q(basis=""),
                name="a_pledge_is_kept_on_a_high_basis",
            ),
            models.CheckConstraint(
                condition=Q(state="entered", decided_at=None)
                | ~Q(state="entered") & Q(decided_at__isnull=False) & ~Q(reason=""),
                name="a_pledge_is_decided_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="pledges_by_state"),
            models.Index(fields=["department", "-id"], name="pledges_by_department"),
            GinIndex(fields=["terms"], name="pledges_by_terms"),
        ]

    def __str__(self) -> str:
        return self.title
