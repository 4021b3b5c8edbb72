"""How long closed cases are kept, by their kind, and when they are locked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Retention(models.Model):
    """One class of keeping (保管期限): the first one, by its order, that fits a case when it is closed holds for it.

    A class names confidential cases, categories or urgencies; one that names nothing fits every case.
    """

    code = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=40)
    order = models.PositiveSmallIntegerField(unique=True)
    confidential = models.BooleanField(default=False, help_text=_("Only confidential cases"))
    categories = ArrayField(models.CharField(max_length=20), blank=True, default=list)
    urgencies = ArrayField(models.CharField(max_length=8), blank=True, default=list)
    archive_days = models.PositiveSmallIntegerField(help_text=_("Days from the closing until it is locked"))
    keep_years = models.PositiveSmallIntegerField(help_text=_("Years from the closing during which it is kept"))
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="a_retention_names_its_basis"),
            models.CheckConstraint(condition=Q(archive_days__gt=0, keep_years__gt=0), name="a_retention_lasts"),
        ]

    def __str__(self) -> str:
        return self.name
