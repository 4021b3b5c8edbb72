"""One step of an application, a task or a pledge. Sealed: written once, never changed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from admission.models.application import Application
from admission.models.pledge import Pledge
from admission.models.task import Task
from admission.querysets import StepQuerySet
from audit.labels import Labelled
from people.models import Unit


class Verb(models.TextChoices):
    APPLY = "apply", _("Apply for a permit")
    FORWARD = "forward", _("Pass it on to the streets")
    SEND_BACK = "send_back", _("Send it back for more")
    RESEND = "resend", _("Send it in again")
    REJECT = "reject", _("Do not admit it")
    OPINE = "opine", _("Give the street's opinion")
    GATHER = "gather", _("All streets were heard")
    CLEAR = "clear", _("Find it lawful")
    BAR = "bar", _("Find it unlawful")
    GRANT = "grant", _("Grant the permit")
    DENY = "deny", _("Refuse the permit")
    REVOKE = "revoke", _("Revoke the permit")
    WITHDRAW = "withdraw", _("Take the application back")
    GO_ON = "go_on", _("Goes on without a review")
    RUN_OUT = "run_out", _("Ended by silence")
    WARN = "warn", _("Its end is near")
    HAND = "hand", _("Hand a task down")
    TAKE = "take", _("Take the task")
    FINISH = "finish", _("Report it done")
    DECLINE = "decline", _("Do not take the task")
    FLAG = "flag", _("Flag it as shifted duty")
    UPHOLD = "uphold", _("Rule: it shifts a duty")
    DISMISS = "dismiss", _("Rule: the permit covers it")
    CALL_OFF = "call_off", _("Call the task off")
    STOP = "stop", _("Stopped: its permit was revoked")
    LAPSE = "lapse", _("Its time is over")
    ENTER = "enter", _("Enter a pledge")
    KEEP = "keep", _("Keep the pledge")
    CANCEL = "cancel", _("Cancel the pledge")


class Origin(models.TextChoices):
    LIVE = "live", _("Live")
    DEMO = "demo", _("Demo")


class Step(Labelled, models.Model):
    """Names the unit of that moment, so that whoever moves on later does not rewrite the past."""

    application = models.ForeignKey(Application, models.PROTECT, null=True, related_name="steps")
    task = models.ForeignKey(Task, models.PROTECT, null=True, related_name="steps")
    pledge = models.ForeignKey(Pledge, models.PROTECT, null=True, related_name="steps")
    number = models.PositiveIntegerField(help_text=_("Its place among the steps of its subject"))
    verb = models.CharField(max_length=12, choices=Verb)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, blank=True)
    target = models.CharField(max_length=10)
    note = models.CharField(max_length=1000, blank=True)
    facts = models.JSONField(default=dict)
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.LIVE)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=Now())

    objects = StepQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="steps_of_an_application_are_numbered"),
            models.UniqueConstraint(fields=["task", "number"], name="steps_of_a_task_are_numbered"),
            models.UniqueConstraint(fields=["pledge", "number"], name="steps_of_a_pledge_are_numbered"),
            models.CheckConstraint(
                condition=Q(application__isnull=False, task=None, pledge=None)
                | Q(application=None, task__isnull=False, pledge=None)
                | Q(application=None, task=None, pledge__isnull=False),
                name="a_step_is_of_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.verb}"

    @property
    def subject(self) -> Application | Task | Pledge:
        found = self.application or self.task or self.pledge
        assert found is not None  # the database sees to it
        return found
