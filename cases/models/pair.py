"""What an inspection shows: a photo from before and one taken after at the same spot; and what is far apart."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from cases.models.case import Case
from cases.querysets import OfCaseQuerySet
from files.models import Photo


class PairRule(models.Model):
    """From how far apart two photos no longer pass as taken at one spot; the newest row counts from its day on."""

    metres = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)
    since = models.DateField(unique=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=Q(metres__gt=0) & ~Q(basis=""), name="a_pair_rule_says_how_far_and_why")
        ]

    def __str__(self) -> str:
        return f"{self.metres} m"


class PhotoPair(Labelled, models.Model):
    """One pair, chosen by whoever passed the inspection of this round. Sealed: rows are only ever added."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="photo_pairs")
    round = models.PositiveSmallIntegerField()
    before = models.ForeignKey(Photo, models.PROTECT, related_name="+")
    after = models.ForeignKey(Photo, models.PROTECT, related_name="+")
    own = models.BooleanField(help_text=_("Whether whoever inspected took the second photo; else the unit did"))
    metres = models.PositiveIntegerField(null=True, help_text=_("Between both, where both say where they were taken"))
    far = models.BooleanField(default=False, help_text=_("Whether that was more than the rule of the day allows"))
    why = models.CharField(max_length=300, blank=True, help_text=_("Asked for where it is far or not their own"))
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "round"], name="a_round_is_passed_with_one_pair"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="a_pair_is_of_two_photos"),
            models.CheckConstraint(condition=Q(own=True, far=False) | ~Q(why=""), name="a_doubtful_pair_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.round}"
