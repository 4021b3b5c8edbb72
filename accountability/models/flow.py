"""What somebody has written for an item in a version beside its duties: its flow (流程图) and its manual (说明书).

Where nobody has written one, it is made from the item. Both belong to the version: they are carried over, approved and
sealed with it.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accountability.models.duties import ItemVersion
from audit.labels import Labelled


class Line(models.TextChoices):
    """Who goes on with it: what stands side by side runs in parallel."""

    STREET = "street", _("Street and grid")
    DEPARTMENT = "department", _("Departments and district")


class Stage(models.TextChoices):
    """Where a case stands while this step is taken, so that the present step can be lit."""

    REPORTED = "reported", _("To be accepted")
    ACCEPTED = "accepted", _("Accepted, to be decided")
    AT_DESK = "at_desk", _("At the district desk")
    CALLED = "called", _("With the units called")
    OWN = "own", _("In the street's own hands")
    INSPECTING = "inspecting", _("To be inspected")
    CALLING_BACK = "calling_back", _("To be called back")
    CLOSING = "closing", _("To be closed")
    CLOSED = "closed", _("Closed")
    TURNED_DOWN = "turned_down", _("Turned down")


class FlowParty(models.Model):
    """Whom a flow may name beside the units of the register and the parties of the item itself."""

    name = models.CharField(max_length=40, unique=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class WrittenFlow(models.Model):
    """The flow that somebody has written for an item in a version."""

    item_version = models.OneToOneField(ItemVersion, models.PROTECT, related_name="flow")
    basis = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of its basis and steps"))

    def __str__(self) -> str:
        return str(self.item_version)


class FlowStep(Labelled, models.Model):
    """One step of a written flow."""

    flow = models.ForeignKey(WrittenFlow, models.PROTECT, related_name="steps")
    key = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(help_text=_("The first step has the smallest"))
    name = models.CharField(max_length=60)
    who = models.CharField(max_length=300, help_text=_("Parties, parted by “、”"))
    line = models.CharField(max_length=12, choices=Line)
    stage = models.CharField(max_length=12, choices=Stage)
    limit = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=80, blank=True)
    onward = ArrayField(
        models.CharField(max_length=60), default=list, blank=True, help_text=_("Keys of the steps after it, “when>key”")
    )

    class Meta:
        ordering = ["flow", "order"]
        constraints = [
            models.UniqueConstraint(fields=["flow", "key"], name="a_step_stands_once_in_a_flow"),
            models.UniqueConstraint(fields=["flow", "order"], name="one_step_of_a_flow_after_another"),
        ]

    def __str__(self) -> str:
        return self.name


class WrittenManual(models.Model):
    """The manual that somebody has written for an item in a version; a part left empty is made from the list."""

    PARTS = ("when", "who", "how", "evidence", "forms", "contacts", "mistakes")

    item_version = models.OneToOneField(ItemVersion, models.PROTECT, related_name="manual")
    when = models.TextField(max_length=1000, blank=True)
    who = models.TextField(max_length=1000, blank=True)
    how = models.TextField(max_length=1000, blank=True)
    evidence = models.TextField(max_length=1000, blank=True)
    forms = models.TextField(max_length=1000, blank=True)
    contacts = models.TextField(max_length=1000, blank=True)
    mistakes = models.TextField(max_length=1000, blank=True)
    digest = models.CharField(max_length=64, help_text=_("SHA-256 of its parts"))

    def __str__(self) -> str:
        return str(self.item_version)
