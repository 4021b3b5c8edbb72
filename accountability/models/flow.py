"""The flow of an item (流程图), step by step, where somebody has written one; elsewhere it is made from the item."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.models.duties import Item
from audit.labels import Labelled


class Line(models.TextChoices):
    """Who goes on with it: what stands side by side runs in parallel."""

    STREET = "street", _("Street and grid")
    DEPARTMENT = "department", _("Departments and district")


class Stage(models.TextChoices):
    """Where a case stands while this step is taken, so that the present step can be lit."""

    REPORTED = "reported", _("Reported")
    ACCEPTED = "accepted", _("Accepted")
    AT_DESK = "at_desk", _("At the district desk")
    CALLED = "called", _("Called")
    OWN = "own", _("In the street's own hands")
    INSPECTING = "inspecting", _("Inspected")
    CALLING_BACK = "calling_back", _("Called back")
    CLOSING = "closing", _("To be closed")
    CLOSED = "closed", _("Closed")
    TURNED_DOWN = "turned_down", _("Turned down")


class FlowStep(Labelled, models.Model):
    """One step of the flow that holds for an item from a day on; all steps of that day together are the flow."""

    item = models.ForeignKey(Item, models.PROTECT, related_name="flow_steps")
    since = models.DateField()
    key = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(help_text=_("The first step has the smallest"))
    name = models.CharField(max_length=60)
    who = models.CharField(max_length=80)
    line = models.CharField(max_length=12, choices=Line)
    stage = models.CharField(max_length=12, choices=Stage)
    limit = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=80, blank=True)
    onward = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text=_("Keys of the steps after it, “when>key”")
    )
    basis = models.CharField(max_length=200)

    class Meta:
        ordering = ["item", "since", "order"]
        constraints = [
            models.UniqueConstraint(fields=["item", "since", "key"], name="a_step_stands_once_in_a_flow"),
            models.UniqueConstraint(fields=["item", "since", "order"], name="one_step_of_a_flow_after_another"),
        ]

    def __str__(self) -> str:
        return self.name
