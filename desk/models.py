"""What the desk itself keeps: lists saved under a name, and lists and whole cases on their way into a file."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.models import FunctionList, ListVersion
from assessment.models import Reckoning
from cases.models import Case
from desk.querysets import BundleQuerySet, JobQuerySet, ListImportQuerySet, SavedViewQuerySet
from files.models import InPieces
from gateway.models import MOST_BYTES
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
    NO_VERSION = "no_version", _("This version or draft is not there any more. Open the list again.")
    FAILED = "failed", _("The file could not be written. Ask for it again; if it fails again, tell your administrator.")


class ExportJob(Job):
    """A list of cases, a register of admission or a version of the list on its way into an Excel file."""

    register = models.CharField(max_length=20, blank=True, help_text=_("Of admission, or “list”; empty for the cases"))
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


class ListImportState(models.TextChoices):
    """How far a workbook of the list has come; a job is waiting, running, ready or refused as any other."""

    RECEIVING = "receiving", _("Being received")
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Being read")
    READY = "ready", _("Compared, not saved")
    REFUSED = "refused", _("Not readable")
    SAVED = "saved", _("Saved in the draft")
    GIVEN_UP = "given_up", _("Given up")


class ListImport(InPieces, Job):
    """A workbook on its way into a draft of the list: received in pieces, compared with the draft, saved in it.

    `seen` holds the stamp of every item of the draft when it was compared; `counts` how many items are new, changed,
    gone and the same, and how many faults the file has. One of the functions names the version that it was compared
    with, `seen` holds its rows, and it is saved as a change of all functions.
    """

    sender = None
    draft = models.ForeignKey(ListVersion, models.SET_NULL, null=True, related_name="+")
    functions = models.ForeignKey(FunctionList, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=ListImportState, default=ListImportState.RECEIVING)
    refusal = models.CharField(max_length=300, blank=True, help_text=_("Why the file as a whole is not read"))
    seen = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    objects = ListImportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size__gt=0, size__lte=MOST_BYTES, received__lte=models.F("size")),
                name="a_workbook_fits_its_size",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["receiving", "given_up"])
                | (models.Q(received=models.F("size")) & ~models.Q(sha256="")),
                name="a_workbook_is_read_when_all_of_it_is_stored",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=models.Q(state__in=["waiting", "running"]), name="workbooks_to_be_read"
            ),
            models.Index(fields=["expires_at"], name="workbooks_by_expiry"),
        ]


class ListImportItem(models.Model):
    """An item that the workbook says otherwise than the draft, as plain values; nothing of one that is to go."""

    class What(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        GONE = "gone", _("taken out")

    of = models.ForeignKey(ListImport, models.CASCADE, related_name="items")
    code = models.CharField(max_length=12)
    what = models.CharField(max_length=8, choices=What)
    said = models.JSONField(default=dict)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["of", "code"], name="an_item_differs_once_in_a_workbook")]

    def __str__(self) -> str:
        return self.code


class ListImportFault(models.Model):
    """A cell of a workbook that cannot stand on the list: where, and what to do."""

    of = models.ForeignKey(ListImport, models.CASCADE, related_name="faults")
    number = models.PositiveIntegerField(help_text=_("In the order of the file"))
    sheet = models.CharField(max_length=40)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=60, blank=True)
    why = models.CharField(max_length=300)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["of", "number"], name="faults_of_a_workbook_are_numbered")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row} {self.column}"
