"""How often a situation came up at a place in a week, counted beside the cases: appended, and summed by the sweep."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Situation


class SituationWeek(models.Model):
    """So many cases of a situation in one week at a grid, and again at the community and the street that it lies in.

    A correction (another situation, another place, a case that goes out of sight) is a row with the opposite sign. The
    sum over rows is exact at every moment; the sweep folds them into one row a key.
    """

    week = models.DateField(help_text=_("The Monday of the local week"))
    place_code = models.CharField(max_length=15)
    situation = models.ForeignKey(Situation, models.PROTECT, related_name="+", db_index=False)
    number = models.IntegerField()
    folded = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place_code", "week", "situation"],
                condition=Q(folded=True),
                name="one_folded_row_a_week_of_a_situation",
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(folded=False), name="situation_weeks_to_fold"),
            models.Index(fields=["place_code", "week"], name="situation_weeks_by_place"),
        ]

    def __str__(self) -> str:
        return f"{self.place_code} {self.week} {self.number}"
