"""A task: one thing that a department hands to one street under a permit."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from admission.models.kind import MatterKind
from admission.models.permit import Permit
from admission.querysets import TaskQuerySet
from audit.labels import Labelled
from grids.models import Area
from people.models import Unit


class TaskState(models.TextChoices):
    HANDED = "handed", _("Handed down, to be taken")
    ACCEPTED = "accepted", _("Taken by the street")
    DONE = "done", _("Task done")
    REFUSED = "refused", _("Not taken by the street")
    FLAGGED = "flagged", _("Flagged, its clocks stand still")
    VOID = "void", _("Void")


LIVE = (TaskState.HANDED, TaskState.ACCEPTED, TaskState.FLAGGED)


class Ruling(models.TextChoices):
    SHIFTED = "shifted", _("The department shifts its own duty")
    RIGHTFUL = "rightful", _("The permit covers it")


class Task(Labelled, models.Model):
    """What, for whom and by when. It quotes a permit that was valid for it on the day on which it was handed down."""

    permit = models.ForeignKey(Permit, models.PROTECT, related_name="tasks")
    department = models.ForeignKey(Unit, models.PROTECT, related_name="tasks_handed")
    street = models.ForeignKey(Area, models.PROTECT, related_name="tasks")
    kind = models.ForeignKey(MatterKind, models.PROTECT, related_name="tasks")
    body = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=120)
    words = models.CharField(max_length=1000)
    due_on = models.DateField(help_text=_("The last day on which it is done in time"))
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.HANDED)
    stood_at = models.CharField(max_length=10, choices=TaskState, blank=True, help_text=_("Before it was flagged"))
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    demo = models.BooleanField(default=False)
    terms = SearchVectorField()

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(words=""), name="a_task_says_what_is_to_be_done"),
            models.CheckConstraint(
                condition=Q(state="flagged") & ~Q(stood_at="") | ~Q(state="flagged"), name="a_flag_knows_where_it_stood"
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="tasks_by_state"),
            models.Index(fields=["street", "-id"], name="tasks_by_street"),
            models.Index(fields=["department", "-id"], name="tasks_by_department"),
            GinIndex(fields=["terms"], name="tasks_by_terms"),
        ]

    def __str__(self) -> str:
        return self.title
