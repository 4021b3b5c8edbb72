"""What the desk itself keeps: lists that somebody saved under a name, and lists on their way into a file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from desk.querysets import ExportJobQuerySet, SavedViewQuerySet
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


class ExportState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being written")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class ExportRefusal(models.TextChoices):
    """Why there is no file, and what to do."""

    NO_ROLE = "no_role", _("You no longer hold a role in which you see cases. Ask your administrator.")
    TOO_MANY = "too_many", _("There are more than 50,000 rows. Narrow the filters, for example to one street or month.")
    NOT_UNDERSTOOD = "not_understood", _("A filter of this list is no longer understood. Open the list again.")
    FAILED = "failed", _("The file could not be written. Ask for it again; if it fails again, tell your administrator.")


class ExportJob(models.Model):
    """A list on its way into an Excel file. One worker at a time writes it; one that dies is followed by another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    query = models.CharField(max_length=1200)
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=ExportState, default=ExportState.WAITING)
    refusal = models.CharField(max_length=20, choices=ExportRefusal, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    scope = models.JSONField(default=list, help_text=_("The roles under which its rows were read"))
    asked_at = models.DateTimeField(help_text=_("The moment that the rows are judged at"))
    expires_at = models.DateTimeField()
    queued_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True, help_text=_("When its worker was last heard of"))
    worker = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state__in=["waiting", "running"]), name="exports_to_be_written"
            ),
            models.Index(fields=["expires_at"], name="exports_by_expiry"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
