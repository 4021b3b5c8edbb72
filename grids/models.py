"""Where, and who serves there: the area tree, stations and postings."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from grids.querysets import AreaQuerySet, PostingQuerySet
from people.models import Role, Unit


class AreaKind(models.TextChoices):
    DISTRICT = "district", _("District")
    STREET = "street", _("Street")
    COMMUNITY = "community", _("Community")
    GRID = "grid", _("Grid")


class Area(models.Model):
    """A district, street, community or grid. Its code begins with the code of the area that it lies in."""

    code = models.CharField(max_length=15, unique=True)
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=AreaKind)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    office = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="areas")
    lon = models.FloatField(null=True, help_text=_("A point inside, WGS-84 degrees"))
    lat = models.FloatField(null=True)
    outline = models.TextField(blank=True, help_text=_("WKT polygon, WGS-84 degrees"))
    provisional = models.BooleanField(default=True)
    basis = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)

    objects = AreaQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        indexes = [
            models.Index(fields=["code"], opclasses=["varchar_pattern_ops"], name="areas_by_code_prefix"),
            models.Index(fields=["kind", "code"], name="areas_by_kind"),  # every page names the district
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def street_code(self) -> str:
        """The code of the street it lies in, or "" for the district itself."""
        return self.code[:9] if len(self.code) >= 9 else ""


class StationKind(models.Model):
    """A kind of station; `tier` says its place in 1+5+N."""

    class Tier(models.TextChoices):
        PLATFORM = "1", _("Street platform")
        RESIDENT = "5", _("Resident")
        ON_CALL = "N", _("On call")

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    tier = models.CharField(max_length=1, choices=Tier, default=Tier.RESIDENT)
    provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Station(models.Model):
    """A unit stationed in a street: one of a kind per street."""

    unit = models.OneToOneField(Unit, models.PROTECT, related_name="station")
    street = models.ForeignKey(Area, models.PROTECT, related_name="stations")
    kind = models.ForeignKey(StationKind, models.PROTECT, related_name="stations")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["street", "kind"], name="one_station_of_a_kind_per_street")]

    def __str__(self) -> str:
        return str(self.unit)


class Posting(models.Model):
    """A person serves an area in a role, from one moment to another."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="postings")
    area = models.ForeignKey(Area, models.PROTECT, related_name="postings")
    role = models.CharField(max_length=16, choices=Role)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("since")), name="a_posting_ends_after_it_begins"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.area}"
