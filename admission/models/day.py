"""How much was handed down on a local day, counted beside the rows: appended where it happens, summed by the sweep."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from grids.models import Area
from people.models import Unit


class Load(models.TextChoices):
    HANDED = "handed", _("Handed down")
    TAKEN = "taken", _("Taken")
    NOT_TAKEN = "not_taken", _("Not taken")
    DONE = "done", _("Done")
    FLAGGED = "flagged", _("Flagged")
    SHIFTED = "shifted", _("Ruled a shifted duty")
    LATE = "late", _("Run out of time")


class LoadDay(models.Model):
    """So many tasks of one department for one street to which this happened on one day. Summed over rows it is exact;
    the sweep folds them into one row a key."""

    day = models.DateField(help_text=_("The local day"))
    what = models.CharField(max_length=10, choices=Load)
    street = models.ForeignKey(Area, models.PROTECT, related_name="+")
    department = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.IntegerField()
    folded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "what", "street", "department"],
                condition=Q(folded=True),
                name="one_folded_row_a_day_of_load",
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(folded=False), name="load_days_to_fold"),
            models.Index(fields=["street", "day"], name="load_days_by_street"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.what} {self.number}"
