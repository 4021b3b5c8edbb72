"""The working calendar as rows: hours of a day, holidays, make-up workdays, and which years are known."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from changes.models import Change


class Calendar(models.Model):
    """One version of the working calendar. The highest version in use counts for new clocks."""

    version = models.PositiveIntegerField(unique=True)
    name = models.CharField(max_length=60)
    basis = models.CharField(max_length=300)
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="calendars")
    carry_from = models.DateTimeField(null=True, blank=True, help_text=_("From when running clocks are counted by it"))
    carried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.CheckConstraint(
                condition=Q(carry_from=None) | Q(change__isnull=False), name="clocks_are_moved_by_a_reviewed_change"
            )
        ]

    def __str__(self) -> str:
        return self.name


class WorkHours(models.Model):
    """One stretch of working time of every workday."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="hours")
    begins = models.TimeField()
    ends = models.TimeField()

    class Meta:
        ordering = ["begins"]
        constraints = [models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="work_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}-{self.ends:%H:%M}"


class CoveredYear(models.Model):
    """A year whose holidays are known. What would reach into another year waits for it."""

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="years")
    year = models.PositiveSmallIntegerField()
    basis = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "year"], name="a_year_is_covered_once")]

    def __str__(self) -> str:
        return str(self.year)


class DayException(models.Model):
    """A holiday on a weekday, or a make-up workday on a weekend."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        MAKEUP = "makeup", _("Make-up workday")

    calendar = models.ForeignKey(Calendar, models.CASCADE, related_name="exceptions")
    day = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind)
    name = models.CharField(max_length=40)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["calendar", "day"], name="a_day_is_excepted_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"
