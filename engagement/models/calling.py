"""When people may be called, how often, and what is said to them: rows, the newest of which count from their day on."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Urgency
from changes.models import Change


class CallHours(models.Model):
    """One stretch of a kind of day in which people may be called; those of an urgency of its own go before."""

    class Day(models.TextChoices):
        WORKDAY = "workday", _("Workday")
        OFF = "off", _("Day off")

    class Part(models.TextChoices):
        MORNING = "morning", _("Morning")
        NOON = "noon", _("Noon")
        AFTERNOON = "afternoon", _("Afternoon")
        EVENING = "evening", _("Evening")

    day = models.CharField(max_length=8, choices=Day)
    part = models.CharField(max_length=10, choices=Part)
    begins = models.TimeField()
    ends = models.TimeField()
    urgency = models.CharField(max_length=8, choices=Urgency, blank=True)
    basis = models.CharField(max_length=300)
    since = models.DateField()
    ended = models.BooleanField(default=False, help_text=_("From this day on the urgency has no hours of its own"))
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        verbose_name_plural = "call hours"
        ordering = ["-since", "day", "begins"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("begins")), name="call_hours_end_after_they_begin"),
            models.UniqueConstraint(
                fields=["since", "urgency", "day", "begins"], name="call_hours_begin_once_at_a_moment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"


class CallRule(models.Model):
    """How often somebody is called before they are given up, and how far apart the calls lie."""

    attempts = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])
    apart_minutes = models.PositiveSmallIntegerField(help_text=_("From one fruitless call to the next"))
    parts = models.PositiveSmallIntegerField(help_text=_("On how many parts of the day they must be tried"))
    later_days = models.PositiveSmallIntegerField(help_text=_("How far ahead somebody may put a call off"))
    grace_minutes = models.PositiveSmallIntegerField(help_text=_("For writing a call down after the hours ended"))
    link_hours = models.PositiveSmallIntegerField(help_text=_("How long a link to answer by is good for"))
    basis = models.CharField(max_length=300)
    since = models.DateField(unique=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=Q(attempts__gte=1), name="somebody_is_called_at_least_once"),
            models.CheckConstraint(condition=Q(parts__lte=F("attempts")), name="each_part_of_the_day_takes_a_call"),
        ]

    def __str__(self) -> str:
        return str(self.since)


class CallLine(models.Model):
    """One sentence of what is said on the telephone, with named gaps that are filled from the case."""

    order = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300, help_text=_("With gaps like {summary}, filled from the case"))
    basis = models.CharField(max_length=300)
    since = models.DateField()
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["-since", "order"]
        constraints = [models.UniqueConstraint(fields=["since", "order"], name="one_sentence_at_a_time")]

    def __str__(self) -> str:
        return self.text
