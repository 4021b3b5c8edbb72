"""Deadlines as rows: one clock is one phase of one holder in one round."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accountability.models.limits import Limit, Phase
from accountability.models.worktime import Calendar
from accountability.querysets import ClockQuerySet
from audit.labels import Labelled
from people.models import Unit


class Clock(Labelled, models.Model):
    """One phase of one holder in one round, against a due moment that is stored and never recomputed."""

    subject_kind = models.CharField(max_length=12)
    subject_id = models.BigIntegerField()
    holder = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="clocks")
    phase = models.CharField(max_length=10, choices=Phase)
    milestone = models.CharField(max_length=40, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    limit = models.ForeignKey(Limit, models.PROTECT, related_name="clocks", db_index=False)
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="clocks", db_index=False)
    started_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, help_text=_("Empty while the calendar of a year is awaited"))
    paused_at = models.DateTimeField(null=True)
    altered = models.BooleanField(default=False, help_text=_("It has segments: another holder, a pause, an extension"))
    rung = models.PositiveSmallIntegerField(default=0, help_text=_("How high it stands on the ladder"))
    rung_at = models.DateTimeField(
        null=True, help_text=_("When it comes to the next rung, or is to be looked at again")
    )
    stopped_at = models.DateTimeField(null=True)
    lapsed_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)

    objects = ClockQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "holder", "phase", "milestone", "round"],
                condition=Q(stopped_at=None),
                nulls_distinct=False,
                name="one_running_clock_per_phase_and_round",
            ),
            models.CheckConstraint(
                condition=Q(stopped_at=None) | Q(stopped_at__gte=F("started_at")), name="a_clock_stops_after_it_starts"
            ),
            models.CheckConstraint(
                condition=Q(paused_at=None) | Q(due_at=None, lapsed_at=None), name="a_paused_clock_is_not_due"
            ),
            models.CheckConstraint(
                condition=Q(lapsed_at=None) | Q(lapsed_at=F("due_at")), name="a_clock_lapses_at_its_due_moment"
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], condition=Q(stopped_at=None, lapsed_at=None), name="clocks_still_to_lapse"),
            models.Index(fields=["holder", "due_at"], condition=Q(stopped_at=None), name="clocks_running_by_holder"),
            models.Index(fields=["subject_kind", "subject_id"], name="clocks_by_subject"),
            models.Index(
                fields=["id"],
                condition=Q(stopped_at=None, due_at=None, paused_at=None),
                name="clocks_awaiting_a_calendar",
            ),
            models.Index(
                fields=["rung_at", "id"], condition=Q(stopped_at=None, rung_at__isnull=False), name="clocks_to_climb"
            ),
            models.Index(
                fields=["rung", "due_at", "id"], condition=Q(stopped_at=None, rung__gt=0), name="clocks_on_the_ladder"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.subject_id} {self.phase}"

    def get_phase_display(self) -> str:
        """What is owed: the milestone's own name, or the phase's."""
        return self.milestone or str(Phase(self.phase).label)
