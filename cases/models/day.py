"""What happened on a local day, counted beside the rows: appended where it happens, summed by the sweep."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Category
from people.models import Unit


class Happening(models.TextChoices):
    OPENED = "opened", _("Reported")
    CALLED = "called", _("Called")
    CLOSED = "closed", _("Closed")
    TURNED_DOWN = "turned_down", _("Turned down")
    REOPENED = "reopened", _("Opened again")


class CaseDay(models.Model):
    """So many cases of one place and category on one day; with a unit, so many that this unit is called to.

    A correction (another street, another category, a unit released, a case opened again) is a row with the opposite
    sign, so nobody waits for anybody. The sum over rows is exact at every moment; the sweep folds them into one row a
    key.
    """

    day = models.DateField(help_text=_("The local day"))
    what = models.CharField(max_length=12, choices=Happening)
    street_code = models.CharField(max_length=9, help_text=_("Of the street, or the district's where none is known"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    number = models.IntegerField()
    folded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "what", "street_code", "category", "unit"],
                condition=Q(folded=True),
                nulls_distinct=False,
                name="one_folded_row_a_day_of_cases",
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(folded=False), name="case_days_to_fold"),
            models.Index(fields=["unit", "day"], name="case_days_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.what} {self.number}"
