"""What people said when they were asked: each attempt to call them, and what they think of the result."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagement.models.report import Report


class Outcome(models.TextChoices):
    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    BUSY = "busy", _("Busy")
    LATER = "later", _("Asks to be called later")
    WRONG_NUMBER = "wrong_number", _("Wrong number")
    DECLINED = "declined", _("Would not talk")


class Callback(models.Model):
    """One attempt to ask the person whether it was solved and whether they are satisfied."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="callbacks")
    round = models.PositiveSmallIntegerField()
    asking = models.PositiveSmallIntegerField(default=1, help_text=_("2 where somebody else asks again"))
    outcome = models.CharField(max_length=12, choices=Outcome)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    again_at = models.DateTimeField(null=True, help_text=_("When the person asked to be called"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="later", again_at__isnull=False) | ~Q(outcome="later") & Q(again_at=None),
                name="a_call_put_off_says_until_when",
            )
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.outcome}"


class Grade(models.TextChoices):
    SATISFIED = "satisfied", _("Satisfied")
    FAIRLY = "fairly", _("Fairly satisfied")
    DISSATISFIED = "dissatisfied", _("Dissatisfied")


class Rating(models.Model):
    """What the person says of the result: solved or not, satisfied or not, and why not."""

    class Cause(models.TextChoices):
        UNSOLVED = "unsolved", _("Not solved")
        MANNER = "manner", _("Manner")
        LATE = "late", _("Too late")
        UNREASONABLE = "unreasonable", _("The demand cannot be met")
        POLICY = "policy", _("Policy does not allow it")

    report = models.ForeignKey(Report, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    asking = models.PositiveSmallIntegerField(default=1, help_text=_("2 where somebody else asked again"))
    solved = models.BooleanField()
    grade = models.CharField(max_length=12, choices=Grade)
    cause = models.CharField(max_length=14, choices=Cause, blank=True)
    words = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "round", "asking"], name="a_report_is_rated_once_an_asking"),
            models.CheckConstraint(
                condition=~Q(grade="dissatisfied") | ~Q(cause=""), name="dissatisfied_names_a_cause"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.grade}"


class Reopening(models.Model):
    """Somebody who reported it opens the closed case again, and says what is not right."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="reopenings")
    round = models.PositiveSmallIntegerField(help_text=_("The round that was closed too early"))
    words = models.CharField(max_length=500)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "round"], name="a_report_comes_back_once_a_round"),
            models.CheckConstraint(condition=~Q(words=""), name="who_comes_back_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} {self.round}"
