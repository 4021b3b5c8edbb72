"""What somebody reported, with the receipt by which they follow it. Personal details live only here, encrypted."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case, Channel
from engagement.querysets import ReportQuerySet
from engagement.receipts import shown
from engagement.secrets import SecretField


class Datum(models.TextChoices):
    WGS84 = "wgs84", _("WGS-84")
    GCJ02 = "gcj02", _("GCJ-02")
    BD09 = "bd09", _("BD-09")


class Report(models.Model):
    """One person's words about one matter, with the receipt by which they follow it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reports")
    receipt = models.CharField(max_length=20, unique=True)
    words = models.TextField()
    name = SecretField(blank=True)
    phone = SecretField(blank=True)
    caller = models.CharField(
        max_length=32, blank=True, help_text=_("A keyed mark of the phone, the same for the same")
    )
    address = SecretField(blank=True)
    wants_answer = models.BooleanField(default=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    datum = models.CharField(max_length=6, choices=Datum, blank=True)
    given_lon = models.FloatField(null=True, help_text=_("As received, in the datum named"))
    given_lat = models.FloatField(null=True)
    accuracy_m = models.FloatField(null=True)
    captured_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["caller"], condition=~Q(caller=""), name="reports_by_caller")]

    def __str__(self) -> str:
        return self.receipt

    @property
    def of_resident(self) -> bool:
        """Not what a grid worker saw: whoever is on duty does not answer as a resident."""
        return self.case.channel != Channel.GRID

    @property
    def receipt_shown(self) -> str:
        """The code in groups, as it is read out."""
        return shown(self.receipt)


class ReportTerms(models.Model):
    """The words of a report as pairs of signs, as whoever sees the case may read them: personal details left out."""

    report = models.OneToOneField(Report, models.PROTECT, primary_key=True, related_name="terms")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    terms = SearchVectorField()

    class Meta:
        verbose_name_plural = "report terms"
        indexes = [GinIndex(fields=["terms"], name="reports_by_terms", gin_pending_list_limit=256)]

    def __str__(self) -> str:
        return f"{self.report_id}"


class Guess(models.Model):
    """How many wrong receipt codes came from one place within ten minutes. The address itself is not kept."""

    origin = models.CharField(max_length=64)
    since = models.DateTimeField()
    times = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "guesses"
        constraints = [models.UniqueConstraint(fields=["origin", "since"], name="guesses_counted_by_place_and_time")]

    def __str__(self) -> str:
        return f"{self.since} {self.times}"
