"""Whose matter it is: a called unit declines it and names another, and somebody decides."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Duty, Item
from audit.labels import Labelled
from cases.benches import DisputeQuerySet
from cases.models.case import Case
from cases.models.summons import Summons
from cases.querysets import PrecedentQuerySet
from grids.models import AreaKind
from people.models import Unit


class Bench(models.TextChoices):
    """Before whom a dispute lies, from the first to the last."""

    DESK = "desk", _("The district desk")
    CONFERRAL = "conferral", _("The conferral")
    LEADER = "leader", _("The district leader")


class Ruling(models.TextChoices):
    """How a dispute ended. A unit that replies after all, or a street that takes its whistle back, leaves nothing."""

    UPHELD = "upheld", _("Upheld: another unit is called")
    DENIED = "denied", _("Denied: the unit goes on")
    WITHDRAWN = "withdrawn", _("Withdrawn: nothing is left to decide")


class Dispute(Labelled, models.Model):
    """One unit's refusal of one summons, with its ground, the unit that it believes right, and how it was decided.

    The summons keeps its state while the dispute lies open. A state of its own would forget how far the unit had come,
    and with that which clocks it owes; so nothing stands still: every clock runs on, the case waits for the unit as
    for any other that has not replied, lists and marks read the summons as before, and the unit stays the temporary
    owner (首接) until somebody has decided. That it is open is said by this row, as “退单待定”.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="disputes")
    summons = models.ForeignKey(Summons, models.PROTECT, related_name="disputes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="disputes", help_text=_("The unit that declines"))
    ground = models.CharField(max_length=1000)
    duty = models.ForeignKey(
        Duty, models.PROTECT, null=True, related_name="+",
        help_text=_("What it cites of the list, in the version of the case; none where the case has no item"),
    )  # fmt: skip
    believed = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text=_("The unit believed right"))
    bench = models.CharField(max_length=10, choices=Bench, default=Bench.DESK)
    raised_at = models.DateTimeField()
    conferred_at = models.DateTimeField(null=True, help_text=_("Since when the conferral may read the case"))
    ruling = models.CharField(max_length=10, choices=Ruling, blank=True)
    words = models.CharField(max_length=1000, blank=True)
    called = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", help_text=_("Called in its place"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = DisputeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "unit"], condition=~Q(ruling="withdrawn"), name="a_unit_declines_a_case_once"
            ),
            models.CheckConstraint(
                condition=Q(decided_at=None, ruling="") | Q(decided_at__isnull=False) & ~Q(ruling=""),
                name="a_decided_dispute_has_a_ruling",
            ),
            models.CheckConstraint(
                condition=Q(ruling="upheld", called__isnull=False) | ~Q(ruling="upheld") & Q(called=None),
                name="an_upheld_dispute_calls_another_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["bench", "raised_at"], condition=Q(decided_at=None), name="disputes_open_by_bench")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.unit_id} {self.bench} {self.ruling}"

    @property
    def is_open(self) -> bool:
        return self.decided_at is None


class Precedent(Labelled, models.Model):
    """A ruling of the conferral or the leader, for when the same item comes up again at the same kind of place.

    It binds nobody: whoever blows a whistle or decides a dispute reads it beside the list. What it says of a case it
    says in the words of the ruling, which everybody at work may read.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="precedents")
    place_kind = models.CharField(max_length=10, choices=AreaKind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", help_text=_("Whose matter it was found to be"))
    words = models.CharField(max_length=1000)
    bench = models.CharField(max_length=10, choices=Bench)
    case = models.ForeignKey(Case, models.PROTECT, related_name="precedents")
    dispute = models.OneToOneField(Dispute, models.PROTECT, related_name="precedent")
    ruled_at = models.DateTimeField()

    objects = PrecedentQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["item", "place_kind", "-id"], name="precedents_by_item_and_place")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.place_kind} {self.unit_id}"
