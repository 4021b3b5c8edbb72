"""One matter at one place."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Collate, Reverse
from django.utils.translation import gettext_lazy as _

from accountability.models import Category, Function, Item, ListVersion, Situation, Urgency
from audit.labels import Labelled
from cases.models.retention import Retention
from cases.querysets import CaseQuerySet
from grids.models import Area
from people.models import Unit


class State(models.TextChoices):
    REPORTED = "reported", _("To be accepted")
    TURNED_DOWN = "turned_down", _("Turned down")
    ACCEPTED = "accepted", _("Accepted, to be decided")
    AT_DESK = "at_desk", _("At the district desk")
    IN_HAND = "in_hand", _("In hand")
    INSPECTING = "inspecting", _("To be inspected")
    CALLING_BACK = "calling_back", _("To be called back")
    CLOSING = "closing", _("To be closed")
    CLOSED = "closed", _("Closed")
    ARCHIVED = "archived", _("Archived")
    MERGED = "merged", _("Joined to another case")
    TRANSFERRED = "transferred", _("Transferred out")
    WITHHELD = "withheld", _("Kept by the district desk")


ENDED = (State.TURNED_DOWN, State.CLOSED, State.ARCHIVED, State.MERGED, State.TRANSFERRED, State.WITHHELD)
OPEN = ~Q(state__in=["closed", "turned_down", "merged", "archived", "transferred", "withheld"])


class Rest(models.TextChoices):
    """Whether clocks stand still: asked for, or with another unit's word."""

    NONE = "", _("Runs")
    ASKED = "asked", _("Pause asked for")
    ON = "on", _("Paused")


class Approval(models.TextChoices):
    """What a whistle still needs of the street's leader; the value of a case says what happens when it is given."""

    NONE = "", _("Nothing to approve")
    BEFORE = "before", _("Before it goes out to the units")
    DESK = "desk", _("Before it goes to the district desk")
    AFTER = "after", _("Afterwards: it could not wait")


class Channel(models.TextChoices):
    """How the matter came in; the value stands in the case number."""

    CITIZEN = "01", _("Resident online")
    HOTLINE = "02", _("Hotline")
    GRID = "03", _("Grid worker")
    IMPORT = "04", _("Import")


class Profile(models.Model):
    """Which stages of the one workflow a kind of case passes through."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    stages = ArrayField(models.CharField(max_length=12))
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Case(Labelled, models.Model):
    """One matter at one place. Its state is the fold of its steps; only `cases.actions` sets it."""

    number = models.CharField(max_length=32)
    profile = models.ForeignKey(Profile, models.PROTECT, related_name="cases", db_index=False)
    channel = models.CharField(max_length=2, choices=Channel)
    state = models.CharField(max_length=12, choices=State, default=State.REPORTED)
    version = models.PositiveIntegerField(default=1, help_text=_("Counts the changes, for refusing stale ones"))
    round = models.PositiveSmallIntegerField(default=1)
    summary = models.CharField(max_length=200)
    category = models.ForeignKey(Category, models.PROTECT, related_name="cases", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False)
    function = models.ForeignKey(
        Function, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False,
        help_text=_("Beyond the list: what a department does anyway, as said in the version of that day"),
    )  # fmt: skip
    situation = models.ForeignKey(
        Situation, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    list_version = models.ForeignKey(
        ListVersion, models.PROTECT, null=True, blank=True, related_name="cases", db_index=False
    )
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    area = models.ForeignKey(Area, models.PROTECT, related_name="cases", db_index=False)
    place_code = models.CharField(max_length=15, help_text=_("The area's code as it was, for scoping by prefix"))
    place = models.CharField(
        max_length=120, blank=True, help_text=_("Where, in words; never the resident's own address")
    )
    lon = models.FloatField(null=True, help_text=_("WGS-84 degrees"))
    lat = models.FloatField(null=True)
    office = models.ForeignKey(Unit, models.PROTECT, related_name="offices_cases")
    has_citizen = models.BooleanField(default=False, help_text=_("Somebody waits for an answer"))
    confidential = models.BooleanField(
        default=False, help_text=_("Who handles it does not learn who reported it, nor their own words")
    )
    rest = models.CharField(max_length=5, choices=Rest, blank=True, default=Rest.NONE)
    approval = models.CharField(max_length=6, choices=Approval, blank=True, default=Approval.NONE)
    origin = models.CharField(max_length=8, default="live")
    external_number = models.CharField(max_length=60, blank=True)
    due_at = models.DateTimeField(null=True, help_text=_("The soonest due moment of what runs, the promise apart"))
    opened_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    retention = models.ForeignKey(Retention, models.PROTECT, null=True, related_name="cases", db_index=False)
    archive_at = models.DateTimeField(null=True, help_text=_("When it is locked, known from its closing on"))
    kept_until = models.DateField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            # Not `unique=True`: that keeps a second index, for numbers that begin alike, which nobody looks for.
            models.UniqueConstraint(fields=["number"], name="a_case_number_is_given_once"),
            models.CheckConstraint(
                condition=Q(item=None) | Q(function=None), name="a_case_goes_by_an_item_or_a_function"
            ),
            models.UniqueConstraint(
                fields=["external_number"], condition=~Q(external_number=""), name="an_external_number_comes_in_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["place_code", "-id"], opclasses=["varchar_pattern_ops", "int8_ops"], name="cases_by_place"
            ),
            models.Index(fields=["state", "-id"], condition=OPEN, name="cases_open"),
            models.Index(fields=["-id"], condition=OPEN, name="cases_open_newest"),
            models.Index(
                fields=["due_at", "id"],
                include=["state", "place_code"],  # so that counting reads the index alone
                condition=OPEN,
                name="cases_open_by_due",
            ),
            models.Index(fields=["lon", "lat"], condition=OPEN, name="cases_open_by_point"),
            models.Index(
                fields=["place_code"],
                opclasses=["varchar_pattern_ops"],
                condition=~Q(approval=""),
                name="cases_to_approve",
            ),
            models.Index(fields=["category", "-id"], name="cases_by_category"),
            models.Index(fields=["opened_at"], name="cases_by_opening"),
            models.Index(fields=["closed_at"], condition=Q(closed_at__isnull=False), name="cases_by_closing"),
            models.Index(fields=["archive_at"], condition=Q(state="closed"), name="cases_to_archive"),
            models.Index(fields=["item", "-id"], name="cases_by_item"),
            models.Index(fields=["function", "-id"], condition=Q(function__isnull=False), name="cases_by_function"),
            models.Index(
                fields=["place_code", "item", "accepted_at"],
                condition=Q(item__isnull=False, accepted_at__isnull=False),
                name="cases_repeated",
            ),
            models.Index(fields=["id"], condition=Q(confidential=True), name="cases_confidential"),
            # A number is found by its last figures, too.
            models.Index(Collate(Reverse("number"), "C"), name="cases_by_end_of_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.summary}"
