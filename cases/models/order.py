"""What the inspectors ask of a unit that lets a matter lie (督办单), and what came up again at one place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Item, Rung, Situation
from audit.labels import Labelled
from cases.models.case import Case
from cases.models.summons import Summons
from cases.querysets import OfCaseQuerySet, OrderQuerySet
from people.models import Unit


class Cause(models.TextChoices):
    """What an order is issued for: three by the ladder, one by an inspector's own word."""

    OVERDUE = "overdue", _("The reply is overdue")
    REWORK = "rework", _("Sent back for rework again and again")
    DISSATISFIED = "dissatisfied", _("Dissatisfied after rework")
    BY_HAND = "by_hand", _("Issued by the inspector")


# What an order of the ladder asks of the unit, in the reader's language.
ASKS: dict[str, Promise] = {
    Cause.OVERDUE: _("Say why the reply is overdue, what has been done, and by when it will be settled."),
    Cause.REWORK: _("Say why the work was not enough, again, and what is done differently now."),
    Cause.DISSATISFIED: _("Say what the resident still lacks, and what is done about it."),
}


class Verdict(models.TextChoices):
    REMEDIED = "remedied", _("Put right")
    NOT_REMEDIED = "not_remedied", _("Not put right; the unit is named for it")


class Order(Labelled, models.Model):
    """One order to one unit of a case: answered by the unit, closed by an inspector and by nobody else.

    It moves no deadline of the case: it has a clock of its own, for the answer. What was asked, answered and returned
    is told in full by the steps; the row says how it stands.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="orders")
    summons = models.ForeignKey(Summons, models.PROTECT, related_name="orders")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="orders")
    cause = models.CharField(max_length=12, choices=Cause)
    rung = models.ForeignKey(Rung, models.PROTECT, null=True, related_name="+", help_text=_("What led to it"))
    round = models.PositiveSmallIntegerField()
    demand = models.CharField(max_length=1000, blank=True, help_text=_("An inspector's words; the ladder's are ASKS"))
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField()
    answer = models.CharField(max_length=1000, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True, help_text=_("Empty while the unit's answer is awaited"))
    returned = models.PositiveSmallIntegerField(default=0, help_text=_("How often the answer was not enough"))
    verdict = models.CharField(max_length=12, choices=Verdict, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = OrderQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit", "cause"], condition=Q(closed_at=None), name="one_open_order_per_unit_and_cause"
            ),
            models.UniqueConstraint(
                fields=["summons", "cause", "round"],
                condition=~Q(cause="by_hand"),
                name="the_ladder_orders_once_a_round",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, verdict="", closed_by=None)
                | Q(closed_at__isnull=False, answered_at__isnull=False, closed_by__isnull=False) & ~Q(verdict=""),
                name="a_closed_order_was_answered_and_has_a_verdict",
            ),
            models.CheckConstraint(
                condition=Q(cause="by_hand", issued_by__isnull=False) | ~Q(cause="by_hand"),
                name="an_order_by_hand_has_a_hand",
            ),
        ]
        indexes = [
            models.Index(fields=["issued_at", "id"], condition=Q(closed_at=None), name="orders_open"),
            models.Index(
                fields=["answered_at", "id"],
                condition=Q(closed_at=None, answered_at__isnull=False),
                name="orders_to_judge",
            ),
            models.Index(fields=["unit"], condition=Q(closed_at=None, answered_at=None), name="orders_to_answer"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.cause}"

    @property
    def asks(self) -> str:
        """What the unit has to say."""
        return self.demand or str(ASKS.get(self.cause, ""))

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def is_awaited(self) -> bool:
        """The unit has to answer."""
        return self.is_open and self.answered_at is None


class Repeat(Labelled, models.Model):
    """The same came up at one place so often that the district leader was told, by this case."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="repeat")
    rung = models.ForeignKey(Rung, models.PROTECT, related_name="+")
    place_code = models.CharField(max_length=15)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+")
    situation = models.ForeignKey(Situation, models.PROTECT, null=True, related_name="+")
    count = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()

    objects = OfCaseQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.place_code} {self.item_id} {self.count}"
