"""What somebody at work wishes the responsibility list said, with the cases that speak for it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accountability.models import Item
from audit.labels import Labelled
from cases.models.case import Case
from cases.querysets import ProposalQuerySet
from people.models import Unit


class Upshot(models.TextChoices):
    TAKEN = "taken", _("Taken up")
    REFUSED = "refused", _("Not taken up")


class Proposal(Labelled, models.Model):
    """A wish for the list, until the establishment office has said what becomes of it.

    Disputes and precedents hang on the cases that it names; which item is disputed most often is counted when it is
    read. The list itself changes by reviewed change alone.
    """

    item = models.ForeignKey(
        Item,
        models.PROTECT,
        null=True,
        related_name="proposals",
        help_text=_("Empty: something the list does not have"),
    )
    wish = models.CharField(max_length=1000, help_text=_("What the list shall say"))
    reason = models.CharField(max_length=1000)
    cases = models.ManyToManyField(Case, related_name="proposals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+", help_text=_("The unit of that moment"))
    made_at = models.DateTimeField()
    upshot = models.CharField(max_length=8, choices=Upshot, blank=True)
    answer = models.CharField(max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["by", "item"], condition=Q(upshot=""), name="nobody_wishes_the_same_twice"),
            models.CheckConstraint(condition=~Q(decided_by=F("by")), name="nobody_decides_their_own_proposal"),
            models.CheckConstraint(
                condition=Q(upshot="", answer="", decided_by=None, decided_at=None)
                | ~Q(upshot="") & ~Q(answer="") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_proposal_is_decided_with_reasons",
            ),
        ]
        indexes = [models.Index(fields=["-id"], condition=Q(upshot=""), name="proposals_open")]

    def __str__(self) -> str:
        return f"{self.item_id} {self.wish[:40]}"
