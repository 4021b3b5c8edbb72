"""What the desk itself keeps: lists saved under a name, and lists and whole cases on their way into a file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessment.models import Reckoning
from cases.models import Case
from desk.querysets import BundleQuerySet, JobQuerySet, SavedViewQuerySet
from people.models import Unit


class SavedView(models.Model):
    """A question to the list of cases under a name; whoever opens it sees what they may see themselves."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="saved_views")
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1200, help_text=_("The filters, in the one way to write them"))
    shared_with = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    is_default = models.BooleanField(default=False, help_text=_("What its owner finds under “Cases”"))

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], name="a_name_stands_for_one_view"),
            models.UniqueConstraint(fields=["owner"], condition=models.Q(is_default=True), name="one_view_comes_first"),
        ]
        indexes = [models.Index(fields=["shared_with"], name="views_by_unit")]

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being written")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class Job(models.Model):
    """A file that somebody asked for. One worker at a time writes it; one that dies is followed by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    scope = models.JSONField(default=list, help_text=_("The roles under which its rows were read"))
    asked_at = models.DateTimeField(help_text=_("The moment that the rows are judged at"))
    expires_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True, help_text=_("When its worker was last heard of"))
    worker = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = JobQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.pk)


class ExportRefusal(models.TextChoices):
    """Why there is no file, and what to do."""

    NO_ROLE = "no_role", _("You no longer hold a role in which you see cases. Ask your administrator.")
    TOO_MANY = "too_many", _("There are more than 50,000 rows. Narrow the filters, for example to one street or month.")
    NOT_UNDERSTOOD = "not_understood", _("A filter of this list is no longer understood. Open the list again.")
    FAILED = "failed", _("The file could not be written. Ask for it again; if it fails again, tell your administrator.")


class ExportJob(Job):
    """A list of cases, or a register of admission, on its way into an Excel file."""

    register = models.CharField(max_length=20, blank=True, help_text=_("Of admission; empty for the list of cases"))
    query = models.CharField(max_length=1200)
    refusal = models.CharField(max_length=20, choices=ExportRefusal, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state__in=["waiting", "running"]), name="exports_to_be_written"
            ),
            models.Index(fields=["expires_at"], name="exports_by_expiry"),
        ]


class BundleRefusal(models.TextChoices):
    """Why there is no bundle, and what to do."""

    NOT_SEEN = "not_seen", _("You no longer see this case. Ask whoever has it in hand.")
    FAILED = "failed", _("The file could not be written. Ask for it again; if it fails again, tell your administrator.")


class Bundle(Job):
    """The evidence of one case, or one reckoning in it, as a PDF. The file goes after a day; what it said and its hash
    stay, to check copies."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles")
    reckoning = models.ForeignKey(
        Reckoning, models.PROTECT, null=True, related_name="+", help_text=_("It holds this record of the case alone")
    )
    refusal = models.CharField(max_length=20, choices=BundleRefusal, blank=True)
    asked_at = models.DateTimeField()
    as_of = models.DateTimeField(null=True, help_text=_("The moment at which the case was read"))
    steps = models.PositiveIntegerField(default=0, help_text=_("How many steps the case had then"))
    chain = models.CharField(max_length=64, blank=True, help_text=_("The hash of the last of these steps"))
    whole = models.BooleanField(default=True, help_text=_("Nothing of a confidential case was kept back"))
    digest = models.CharField(max_length=64, blank=True, help_text=_("sha256 of the file"))
    dropped_at = models.DateTimeField(null=True, help_text=_("When the file was removed"))

    objects = BundleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(digest="") & ~models.Q(chain="") & models.Q(steps__gt=0),
                name="a_finished_bundle_has_its_hashes",
            )
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state__in=["waiting", "running"]), name="bundles_to_be_written"
            ),
            models.Index(fields=["expires_at"], condition=models.Q(dropped_at=None), name="bundles_by_expiry"),
            models.Index(fields=["digest"], condition=~models.Q(digest=""), name="bundles_by_digest"),
        ]
