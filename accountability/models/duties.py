"""The responsibility list: items, who leads and who supports, in versions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.querysets import ListVersionQuerySet
from audit.labels import Labelled
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


class ListVersion(models.Model):
    """The whole list as in force from a day on, until the day on which the next one begins."""

    number = models.PositiveIntegerField(unique=True)
    label = models.CharField(max_length=120)
    in_force_from = models.DateField(unique=True)
    reference = models.BooleanField(default=False, help_text=_("Composed for reference, not issued by the district"))
    basis = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)

    objects = ListVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]

    def __str__(self) -> str:
        return self.label


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
