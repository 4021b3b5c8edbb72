"""A permit: what a department may hand down, to which streets, until when, and what goes along (费随事转)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from admission.models.application import Application
from admission.models.kind import MatterKind
from admission.querysets import PermitQuerySet
from grids.models import Area
from people.models import Unit


class Permit(models.Model):
    """One matter admitted. Every task quotes its number; after its last day it admits nothing any more."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="permit")
    number = models.CharField(max_length=20, unique=True)
    department = models.ForeignKey(Unit, models.PROTECT, related_name="permits")
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="permits")
    body = models.CharField(max_length=80, blank=True)
    streets = models.ManyToManyField(Area, through="admission.Allotment", related_name="+")
    since = models.DateField()
    until = models.DateField(help_text=_("Its last day"))
    granted_at = models.DateTimeField()
    revoked_on = models.DateField(null=True, help_text=_("From this day on nothing is handed down under it"))
    reason = models.CharField(max_length=600, blank=True, help_text=_("Why it was revoked"))
    revoked_basis = models.CharField(max_length=300, blank=True)
    warned = models.PositiveSmallIntegerField(null=True, help_text=_("The last notice before its end, in days"))

    objects = PermitQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_permit_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(revoked_on=None, reason="", revoked_basis="")
                | Q(revoked_on__isnull=False) & ~Q(reason="") & ~Q(revoked_basis=""),
                name="a_revoked_permit_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=Q(revoked_on__isnull=False), name="permits_revoked"),
            models.Index(fields=["until", "id"], name="permits_by_end"),
            models.Index(fields=["department", "-id"], name="permits_by_department"),
        ]

    def __str__(self) -> str:
        return self.number


class Allotment(models.Model):
    """What goes along to one street of a permit, each year."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="allotments")
    street = models.ForeignKey(Area, models.PROTECT, related_name="+")
    money = models.PositiveIntegerField(help_text=_("Yuan a year"))

    class Meta:
        ordering = ["street__code"]
        constraints = [
            models.UniqueConstraint(fields=["permit", "street"], name="a_permit_allots_to_a_street_once"),
        ]
        indexes = [models.Index(fields=["street", "permit"], name="allotments_by_street")]

    def __str__(self) -> str:
        return f"{self.permit_id} {self.street_id} {self.money}"

    @property
    def yuan(self) -> str:
        return f"{self.money:,}"
