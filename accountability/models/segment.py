"""What happened to a clock between its start and its stop: who held it, when it was paused, how far it was extended."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from accountability.models.clock import Clock
from accountability.models.worktime import Calendar
from accountability.querysets import SegmentQuerySet
from audit.labels import Labelled
from people.models import Unit


class Segment(Labelled, models.Model):
    """A stretch of one clock's life. A clock that nothing happened to has none: it is one stretch of its holder's.

    Stretches of one clock never overlap; an extension and a change of calendar are moments and take no room among them.
    """

    class Kind(models.TextChoices):
        RUN = "run", _("Runs")
        PAUSE = "pause", _("Paused")
        EXTEND = "extend", _("Extended")
        CALENDAR = "calendar", _("Counted by another calendar")

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="segments")
    kind = models.CharField(max_length=8, choices=Kind)
    holder = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    approver = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True, help_text=_("Of an extension: the new due moment"))
    calendar = models.ForeignKey(Calendar, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = SegmentQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        constraints = [
            ExclusionConstraint(
                name="stretches_of_a_clock_do_not_overlap",
                expressions=[
                    (
                        Func(F("clock"), F("clock"), Value("[]"), function="int8range",
                             output_field=BigIntegerRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("since"), F("until"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="a_stretch_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(kind="pause") | Q(approver__isnull=False) & ~Q(approver=F("holder")),
                name="a_pause_is_approved_by_another_unit",
            ),
            models.CheckConstraint(
                condition=Q(kind="extend", due_at__gt=F("since"), until=F("since"))
                | ~Q(kind="extend") & Q(due_at=None),
                name="only_an_extension_names_a_due_moment",
            ),
            models.CheckConstraint(
                condition=Q(kind="calendar", calendar__isnull=False, until=F("since"))
                | ~Q(kind="calendar") & Q(calendar=None),
                name="only_a_calendar_change_names_a_calendar",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.clock_id} {self.kind} {self.since}"
