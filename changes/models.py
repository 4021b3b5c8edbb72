"""A change of rules as it goes from hand to hand, and every step of it."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from changes.querysets import ChangeQuerySet, ChangeStepQuerySet


class State(models.TextChoices):
    DRAFT = "draft", _("Draft of a change")
    SUBMITTED = "submitted", _("Waits for a second person")
    APPROVED = "approved", _("Approved, in force on its day")
    APPLIED = "applied", _("In force since its day")
    REJECTED = "rejected", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn by its author")
    ROLLED_BACK = "rolled_back", _("Rolled back")


class Verb(models.TextChoices):
    DRAFT = "draft", _("Draft a change")
    EDIT = "edit", _("Change the draft")
    SUBMIT = "submit", _("Send to a second person")
    APPROVE = "approve", _("Approve the change")
    REJECT = "reject", _("Do not approve it")
    WITHDRAW = "withdraw", _("Withdraw the change")
    APPLY = "apply", _("Put in force")
    RETURN = "return", _("Given back: it no longer fits")
    ROLL_BACK = "roll_back", _("Roll it back")
    UNDO = "undo", _("Undone by another change")


class Change(Labelled, models.Model):
    """What shall be said in place of what is said, from a day on, by one person and never without another."""

    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    basis = models.CharField(max_length=300)
    reason = models.CharField(max_length=500, blank=True)
    before = models.JSONField(encoder=DjangoJSONEncoder)
    after = models.JSONField(encoder=DjangoJSONEncoder)
    chosen = models.JSONField(default=dict, help_text=_("What the second person decided beside yes or no"))
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    in_force_from = models.DateField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    undoes = models.ForeignKey("self", models.PROTECT, null=True, related_name="undoings")
    undone_by = models.OneToOneField("self", models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1, help_text=_("Counts every step; who acts on an older one is told"))
    demo = models.BooleanField(default=False)

    objects = ChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("drafted_by")), name="nobody_decides_their_own_change"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("approved", "applied", "rejected", "rolled_back"))
                | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="a_second_person_decides_a_change",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("applied", "rolled_back"), applied_at__isnull=False)
                | ~Q(state__in=("applied", "rolled_back")) & Q(applied_at=None),
                name="what_is_in_force_says_since_when",
            ),
            models.CheckConstraint(
                condition=Q(state="rolled_back", undone_by__isnull=False) | ~Q(state="rolled_back") & Q(undone_by=None),
                name="what_is_rolled_back_says_by_what",
            ),
            models.CheckConstraint(condition=~Q(basis=""), name="a_change_names_its_basis"),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(state__in=("submitted", "approved")),
                name="one_change_of_a_subject_at_a_time",
            ),
        ]
        indexes = [
            models.Index(fields=["in_force_from"], condition=Q(state="approved"), name="changes_to_apply"),
            models.Index(fields=["kind", "-id"], name="changes_of_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.state}"


class ChangeStep(Labelled, models.Model):
    """One step of a change. Written once, never changed."""

    change = models.ForeignKey(Change, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=12, choices=Verb)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=12, choices=State, blank=True)
    target = models.CharField(max_length=12, choices=State)
    note = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = ChangeStepQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["change", "number"], name="steps_of_a_change_are_numbered")]

    def __str__(self) -> str:
        return f"{self.change_id} {self.number} {self.verb}"
