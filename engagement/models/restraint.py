"""A caller who misuses the hotline: limited for a while, asked for by one office and decided by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cases.models import Case
from engagement.models.report import Report
from engagement.querysets import RestraintQuerySet


class RestraintRule(models.Model):
    """How a caller may be restrained; the newest row counts from its day on."""

    most_days = models.PositiveSmallIntegerField(help_text=_("How far ahead the day of review may lie"))
    again_days = models.PositiveSmallIntegerField(help_text=_("How long before that day it may be asked for again"))
    least_cases = models.PositiveSmallIntegerField(help_text=_("On how many cases of the caller it has to rest"))
    least_words = models.PositiveSmallIntegerField(help_text=_("How many signs a reason has at least"))
    attempts = models.PositiveSmallIntegerField(help_text=_("How often the caller is called back while it lasts"))
    basis = models.CharField(max_length=300)
    since = models.DateField(unique=True)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(most_days__gt=0, least_cases__gt=0, attempts__gt=0), name="a_restraint_is_limited"
            ),
        ]

    def __str__(self) -> str:
        return str(self.since)


class Restraint(models.Model):
    """One restraint of one caller. It ends by itself on its day, and goes on only by another one."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="+", help_text=_("From which it was asked for"))
    caller = models.CharField(max_length=32, help_text=_("A keyed mark of the phone, the same for the same"))
    evidence = models.ManyToManyField(Case, related_name="+")
    reason = models.CharField(max_length=600)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    begins_at = models.DateTimeField(help_text=_("When it begins if it is upheld at once: after an earlier one"))
    ends_at = models.DateTimeField(help_text=_("The end of the day of review"))
    attempts = models.PositiveSmallIntegerField()
    upheld = models.BooleanField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=600, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_why = models.CharField(max_length=600, blank=True)

    objects = RestraintQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["caller"], condition=Q(upheld=None), name="one_restraint_is_asked_for"),
            models.CheckConstraint(condition=~Q(caller=""), name="nobody_unknown_is_restrained"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("begins_at")), name="a_restraint_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(upheld=None, decided_by=None, decided_at=None)
                | Q(upheld__isnull=False, decided_by__isnull=False, decided_at__isnull=False) & ~Q(words=""),
                name="a_restraint_is_decided_with_words",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="two_people_restrain_a_caller"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | Q(upheld=True) & ~Q(lifted_why=""),
                name="a_restraint_ends_early_with_words",
            ),
        ]
        indexes = [models.Index(fields=["caller", "begins_at"], name="restraints_by_caller")]

    def __str__(self) -> str:
        return f"{self.pk}"
