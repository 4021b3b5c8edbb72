"""一事一考: one mark for each responsible unit of a closed case; and 问责: which duty of the list a unit breached."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Duty
from assessment.querysets import MarkDayQuerySet, MarkQuerySet, ReckoningQuerySet
from cases.models import Case, Step, Summons
from people.models import Unit


class Part(models.TextChoices):
    LEAD = "lead", _("Lead")
    SUPPORT = "support", _("Support")
    STREET = "street", _("Street office")


class Mark(models.Model):
    """What a closed case says of one unit. Null means it does not count; made from rows and never edited."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="marks")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="marks")
    summons = models.ForeignKey(Summons, models.PROTECT, null=True, related_name="marks")
    step = models.ForeignKey(Step, models.PROTECT, related_name="marks", help_text=_("The closing step"))
    part = models.CharField(max_length=8, choices=Part)
    responded = models.BooleanField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.BooleanField(null=True)
    evidence = models.JSONField(help_text=_("For each figure: the sentence's key and the rows behind it"))
    closed_on = models.DateField(help_text=_("The local day of the closing"))
    made_at = models.DateTimeField()

    objects = MarkQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["step", "unit", "part"], name="a_unit_is_marked_once_a_closing")]
        indexes = [
            models.Index(fields=["unit", "-id"], name="marks_by_unit"),
            models.Index(fields=["closed_on"], name="marks_by_closing"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class Reckoning(models.Model):
    """A breach of one duty of the list in one case, with what shows it and what should come of it. Written once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="reckonings")
    duty = models.ForeignKey(
        Duty, models.PROTECT, related_name="+", help_text=_("Of the item and the version that the case keeps")
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=1000)
    opinion = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = ReckoningQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "duty"], name="a_duty_is_reckoned_once_a_case"),
            models.CheckConstraint(condition=~Q(evidence="") & ~Q(opinion=""), name="a_reckoning_has_its_reasons"),
        ]
        indexes = [models.Index(fields=["unit", "-id"], name="reckonings_by_unit")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id}"


class Reply(models.Model):
    """What the unit says to a reckoning: once, in its own words, beside it and never in its place. Written once."""

    reckoning = models.OneToOneField(Reckoning, models.PROTECT, related_name="reply")
    words = models.CharField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="a_reply_says_something")]

    def __str__(self) -> str:
        return f"{self.reckoning_id}"


class MarkDay(models.Model):
    """How the marks of one unit for one street came out on one day; the sum over rows is exact at every moment."""

    day = models.DateField(help_text=_("The local day of the closing"))
    street_code = models.CharField(max_length=9)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    number = models.IntegerField()
    responded_yes = models.IntegerField(default=0)
    responded_no = models.IntegerField(default=0)
    solved_yes = models.IntegerField(default=0)
    solved_no = models.IntegerField(default=0)
    satisfied_yes = models.IntegerField(default=0)
    satisfied_no = models.IntegerField(default=0)
    folded = models.BooleanField(default=False)

    objects = MarkDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["day", "street_code", "unit"], condition=Q(folded=True), name="one_folded_row_a_day_of_marks"
            )
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(folded=False), name="mark_days_to_fold"),
            models.Index(fields=["unit", "day"], name="mark_days_by_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.unit_id} {self.number}"
