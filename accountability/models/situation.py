"""Situations (颗粒化): what a grid worker sees, photographs and does first, in everyday words under an item."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.models.duties import Item
from accountability.models.limits import Urgency


class SituationGroup(models.Model):
    """What looks alike: a picture and two or three words under which somebody looks for a situation."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=20)
    name_en = models.CharField(max_length=40)
    icon = models.CharField(max_length=40, help_text=_("A name from the set of icons"))
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "code"]

    def __str__(self) -> str:
        return self.name


class Situation(models.Model):
    """A situation in everyday words under an item: what a grid worker sees, photographs and does first."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="situations")
    group = models.ForeignKey(SituationGroup, models.PROTECT, null=True, blank=True, related_name="situations")
    code = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=80)
    words = models.CharField(max_length=200, blank=True, help_text=_("What people say for it, “、” between"))
    looks_like = models.CharField(max_length=200)
    photograph = models.CharField(max_length=200)
    first_action = models.CharField(max_length=200)
    call = models.CharField(max_length=80, blank=True, help_text=_("Whom to call: a kind of unit or post"))
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.NORMAL)
    at_once = models.CharField(
        max_length=200, blank=True, help_text=_("Which words open a report at this urgency at once, “、” between")
    )
    provisional = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SituationTerms(models.Model):
    """What a situation is found by, as pairs of signs (accountability.bigrams): name, words, what it looks like."""

    situation = models.OneToOneField(Situation, models.PROTECT, primary_key=True, related_name="terms")
    terms = SearchVectorField()

    class Meta:
        verbose_name_plural = "situation terms"
        indexes = [GinIndex(fields=["terms"], name="situations_by_terms")]

    def __str__(self) -> str:
        return f"{self.situation_id}"
