"""The responsibility list: items, who leads and who supports, in versions."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from accountability.querysets import ItemVersionQuerySet, ListVersionQuerySet
from audit.labels import Labelled
from changes.models import Change
from changes.models import State as ChangeState
from people.models import Unit


class Category(models.Model):
    """What a case is about, coarsely. On every case, filter and chart."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class ListKind(models.Model):
    """A kind of list: that of 2019, or one that came later. Each has versions of its own."""

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=60)
    name_en = models.CharField(max_length=80)
    calls = models.BooleanField(default=False, help_text=_("Cases are accepted under it, and units called by it"))
    basis = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["calls"], condition=Q(calls=True), name="cases_go_by_one_kind_of_list")
        ]

    def __str__(self) -> str:
        return self.name


class Stand(models.TextChoices):
    """How far a version has come."""

    DRAFT = "draft", _("Draft of a version")
    SUBMITTED = "submitted", _("Waits for a second person")
    APPROVED = "approved", _("Approved, to come")
    COMING = "coming", _("To come")
    IN_FORCE = "in_force", _("In force today")
    SUPERSEDED = "superseded", _("Superseded")


class ListVersion(models.Model):
    """A whole list: a draft that several people write, or as in force from a day on, until the next one begins.

    One that is or was in force has a number, and is changed by nobody; `verify` reads its digest and chain again.
    """

    kind = models.ForeignKey(ListKind, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(null=True, help_text=_("None while it is a draft"))
    label = models.CharField(max_length=120)
    in_force_from = models.DateField(null=True)
    in_force_until = models.DateField(null=True, help_text=_("The day on which the next one begins"))
    reference = models.BooleanField(default=False, help_text=_("Composed for reference, not issued by the district"))
    basis = models.CharField(max_length=300, blank=True)
    base = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", help_text=_("What it started from"))
    change = models.OneToOneField(Change, models.PROTECT, null=True, related_name="list_version")
    editors = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", help_text=_("Who had a hand in it"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of what all its items say"))
    chain = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of the digest and the chain before"))

    objects = ListVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "number"], name="versions_of_a_list_are_numbered"),
            models.CheckConstraint(
                condition=Q(number=None, in_force_from=None, in_force_until=None)
                | Q(number__isnull=False, in_force_from__isnull=False),
                name="a_numbered_version_says_from_when",
            ),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gt=F("in_force_from")),
                name="a_version_ends_after_it_begins",
            ),
            ExclusionConstraint(
                name="versions_of_a_list_do_not_overlap",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (
                        Func("in_force_from", "in_force_until", function="DATERANGE", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(in_force_from__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def open(self) -> bool:
        """A draft that nobody has been asked to decide."""
        sent = (ChangeState.SUBMITTED, ChangeState.APPROVED)
        return self.number is None and not (self.change and self.change.state in sent)

    def stand(self, day: Any) -> Stand:
        """How far it has come on this local day."""
        if self.number is None:
            return Stand.DRAFT if self.open or not self.change else Stand(self.change.state)
        if self.in_force_from > day:
            return Stand.COMING
        return Stand.SUPERSEDED if self.in_force_until and self.in_force_until <= day else Stand.IN_FORCE


class Item(models.Model):
    """One item of the list by its lasting code; what it says is in its versions."""

    code = models.CharField(max_length=12, unique=True)
    category = models.ForeignKey(Category, models.PROTECT, related_name="items")

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.code


class ItemVersion(models.Model):
    """What an item says in one version of the list."""

    version = models.ForeignKey(ListVersion, models.PROTECT, related_name="items")
    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    area = models.CharField(max_length=40, help_text=_("The part of the list it stands in"))
    title = models.CharField(max_length=120)
    street_led = models.BooleanField(default=False)
    legal_basis = models.CharField(max_length=300, blank=True)
    basis_from = models.DateField(null=True, blank=True, help_text=_("The legal basis holds from this day"))
    basis_until = models.DateField(null=True, blank=True, help_text=_("The legal basis holds until this day"))
    evidence = models.CharField(max_length=300, blank=True, help_text=_("What proves that it is done"))
    limit = models.CharField(max_length=200, blank=True, help_text=_("In the words of the list; clocks go by limits"))
    closing_test = models.CharField(max_length=300, blank=True, help_text=_("When it counts as solved"))
    digest = models.CharField(max_length=64, blank=True, help_text=_("SHA-256 of what it says, with its duties"))
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    edited_at = models.DateTimeField(null=True)

    objects = ItemVersionQuerySet.as_manager()

    class Meta:
        ordering = ["item__code"]
        constraints = [models.UniqueConstraint(fields=["version", "item"], name="an_item_stands_once_in_a_version")]

    def __str__(self) -> str:
        return self.title


class DutyKind(models.TextChoices):
    LEAD = "lead", _("Lead duty")
    SUPPORT = "support", _("Support duty")


class Duty(Labelled, models.Model):
    """One party's duty under an item in a version: a unit by name, or a generic party such as the street office."""

    class Party(models.TextChoices):
        UNIT = "unit", _("A named unit")
        STREET = "street", _("The street office of the place")
        OTHER = "other", _("A party outside the register")

    item_version = models.ForeignKey(ItemVersion, models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=8, choices=DutyKind)
    party = models.CharField(max_length=8, choices=Party)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="duties")
    party_name = models.CharField(max_length=60)
    text = models.CharField(max_length=400)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["kind", "order"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(party="unit", unit__isnull=False) | (~models.Q(party="unit") & models.Q(unit=None)),
                name="a_named_party_is_a_unit",
            )
        ]

    def __str__(self) -> str:
        return f"{self.party_name}: {self.text}"
