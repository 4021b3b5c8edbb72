"""The ladder of reminding and supervising, as rows: what happens when the time goes by, and on what ground."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.models.clock import Clock
from accountability.models.limits import Phase, Urgency
from audit.labels import Labelled
from changes.models import Change


class Trigger(models.TextChoices):
    """What brings somebody to a rung, and what its threshold counts."""

    USED = "used", _("Percent of the time used")
    BEFORE = "before", _("Days before it is due")
    OVERDUE = "overdue", _("Days overdue")
    REWORK = "rework", _("Times sent back for rework")
    DISSATISFIED = "dissatisfied", _("Times sent back, and the resident is still dissatisfied")
    REPEATS = "repeats", _("Cases of the same kind at the same place")


# A day is a working day where the limit counts working time, and 24 hours where it runs day and night.
OF_TIME = (Trigger.USED, Trigger.BEFORE, Trigger.OVERDUE)


class Action(models.TextChoices):
    REMIND = "remind", _("Reminder")
    YELLOW = "yellow", _("Yellow card")
    RED = "red", _("Red card")
    ORDER = "order", _("Order of supervision")
    LEADER = "leader", _("District leader")


class Rung(Labelled, models.Model):
    """One rung: from `threshold` of its trigger on, its action is taken. A later row of the same code replaces it.

    The ladder is climbed by `order`; a rung is left out where a higher one comes no later. Overdue by 0 days is the
    first working moment after the due one.
    """

    code = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=12, choices=Trigger)
    threshold = models.PositiveSmallIntegerField()
    within = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("Repeats count within so many days"))
    phase = models.CharField(max_length=10, choices=Phase, blank=True)
    urgency = models.CharField(max_length=8, choices=Urgency, blank=True, help_text=_("Empty: every urgency"))
    action = models.CharField(max_length=8, choices=Action)
    basis = models.CharField(max_length=300)
    since = models.DateField()
    ended = models.BooleanField(default=False, help_text=_("From this day on there is no such rung"))
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="rungs", db_index=False)

    class Meta:
        ordering = ["order", "code", "urgency", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["code", "urgency", "since"], name="one_rung_a_day_and_code"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_rung_names_its_basis"),
            models.CheckConstraint(condition=Q(order__gt=0), name="the_ladder_stands_on_the_ground"),
            models.CheckConstraint(
                condition=Q(trigger__in=OF_TIME) & ~Q(phase="") | ~Q(trigger__in=OF_TIME) & Q(phase=""),
                name="a_rung_of_time_names_its_phase",
            ),
            models.CheckConstraint(
                condition=Q(trigger="repeats", within__gt=0) | ~Q(trigger="repeats") & Q(within=None),
                name="only_repeats_count_within_days",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.trigger} {self.threshold}"


class Rise(Labelled, models.Model):
    """A clock has reached a rung: once for each clock, and with it once a round. Its moment is the one it was due."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="rises")
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="rises")
    due_at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    class Meta:
        ordering = ["clock", "due_at"]
        constraints = [
            models.UniqueConstraint(fields=["clock", "rung"], name="a_clock_reaches_a_rung_once"),
            models.CheckConstraint(condition=Q(noticed_at__gt=models.F("due_at")), name="no_rung_is_reached_early"),
        ]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.rung_id}"
