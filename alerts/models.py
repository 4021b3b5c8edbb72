"""The inbox: one row per person and thing they should know, and the hours in which what can wait is held back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from admission.models import Step as AdmissionStep
from alerts.querysets import AlertQuerySet
from cases.models import Case, Proposal, Step
from changes.models import Change, ChangeStep

THINGS = ("step", "change_step", "admission_step", "proposal", "matter_id")


def _is_of_one_thing() -> Q:
    """Exactly one of them; a case stands there with its step and not without."""
    where = Q()
    for name in THINGS:
        others = {f"{other}__isnull": other != name for other in THINGS}
        where |= Q(case__isnull=name != "step", **others)
    return where


class Matter(models.TextChoices):
    """What a message is of that no app below knows: what happened; its key and its words come with it."""

    WRITTEN = "written", _("A breach of a duty was written down")
    REPLIED = "replied", _("The unit has replied")


class Alert(models.Model):
    """One person is told of one step, of a case, of a change of the rules or of what is handed down; or of a proposal,
    or of a reckoning.

    The words come from it when it is shown. What is told in quiet hours and can wait is shown at their end, together,
    as one digest.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="alerts")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="alerts")
    step = models.ForeignKey(Step, models.PROTECT, null=True, related_name="alerts")
    change_step = models.ForeignKey(ChangeStep, models.PROTECT, null=True, related_name="alerts")
    admission_step = models.ForeignKey(AdmissionStep, models.PROTECT, null=True, related_name="alerts")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, related_name="alerts", db_index=False)
    matter = models.CharField(max_length=10, choices=Matter, blank=True)
    matter_id = models.BigIntegerField(null=True, help_text=_("The key of the reckoning"))
    about = models.CharField(max_length=120, blank=True, help_text=_("The matter in a few words, as it was then"))
    told_at = models.DateTimeField()
    shown_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["recipient", "step"], name="nobody_is_told_twice_of_a_step"),
            models.UniqueConstraint(
                fields=["recipient", "change_step"], name="nobody_is_told_twice_of_a_step_of_a_change"
            ),
            models.UniqueConstraint(
                fields=["recipient", "admission_step"], name="nobody_is_told_twice_of_a_step_of_admission"
            ),
            models.CheckConstraint(condition=_is_of_one_thing(), name="an_alert_is_of_one_thing"),
            models.CheckConstraint(
                condition=Q(matter="", matter_id=None, about="") | ~Q(matter="") & Q(matter_id__isnull=False),
                name="a_matter_has_its_key",
            ),
            models.UniqueConstraint(fields=["recipient", "proposal"], name="nobody_is_told_twice_of_a_proposal"),
            models.UniqueConstraint(
                fields=["recipient", "matter", "matter_id"], name="nobody_is_told_twice_of_a_reckoning"
            ),
            models.CheckConstraint(condition=Q(shown_at__gte=F("told_at")), name="nothing_is_shown_before_it_is_told"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="alerts_by_recipient"),
            models.Index(fields=["recipient", "shown_at"], condition=Q(read_at=None), name="alerts_unread"),
        ]

    def __str__(self) -> str:
        told = self.step_id or self.change_step_id or self.admission_step_id or self.proposal_id or self.matter_id
        return f"{self.recipient_id} {told}"

    @property
    def is_held(self) -> bool:
        """Was told in quiet hours, and shown after them."""
        return self.shown_at > self.told_at


class QuietHours(models.Model):
    """From when to when nobody is told of what can wait, every day. The newest row whose day has come counts."""

    begins = models.TimeField()
    ends = models.TimeField(help_text=_("Not after the beginning: on the next day"))
    loud = models.CharField(max_length=80, blank=True, help_text=_("Urgencies that are told all the same"))
    basis = models.CharField(max_length=300)
    since = models.DateField(unique=True)
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.CheckConstraint(condition=~Q(basis=""), name="quiet_hours_have_a_basis"),
            models.CheckConstraint(condition=~Q(begins=F("ends")), name="quiet_hours_end"),
        ]

    def __str__(self) -> str:
        return f"{self.begins:%H:%M}–{self.ends:%H:%M}"

    def is_loud(self, urgency: str) -> bool:
        return urgency in self.loud.split()
