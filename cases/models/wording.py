"""Words that say nothing: phrases known for it, and what one unit has written in case after case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.models.case import Case
from people.models import Unit


class StockPhrase(models.Model):
    """A phrase that tells nobody anything; written almost by itself, the step is flagged."""

    words = models.CharField(max_length=60, unique=True)
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.words


class Wording(models.Model):
    """The same words of one unit, and in how many cases: one row however often they are written."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64, help_text=_("sha256 of the words without blanks, figures and punctuation"))
    cases = models.PositiveIntegerField(default=1)
    last_case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "digest"], name="wordings_are_counted_once")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.cases}"
