"""How long each phase may take, and on what ground."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.labels import Labelled
from changes.models import Change


class Urgency(models.TextChoices):
    EXTREME = "extreme", _("Extreme")
    URGENT = "urgent", _("Urgent")
    NORMAL = "normal", _("Normal")
    COMPLEX = "complex", _("Complex")
    CONSULT = "consult", _("Consultation")


class Phase(models.TextChoices):
    ACCEPT = "accept", _("Accept")
    DISPATCH = "dispatch", _("Dispatch")
    APPROVE = "approve", _("The street's leader approves a whistle")
    SIGN = "sign", _("Sign")
    RESPOND = "respond", _("First contact")
    ARRIVE = "arrive", _("Arrive")
    RESULT = "result", _("Reply")
    INSPECT = "inspect", _("Inspect")
    CALLBACK = "callback", _("Call back")
    CLOSE = "close", _("Close")
    PROMISE = "promise", _("Promise to the resident")
    DESK = "desk", _("The district desk decides a dispute")
    CONFERRAL = "conferral", _("The conferral decides a dispute")
    LEADER = "leader", _("The district leader decides a dispute")
    ANSWER = "answer", _("Answer an order")
    JOINT = "joint", _("Result of a joint action")
    MINUTES = "minutes", _("Minutes of a joint action, and release")
    # Of what is asked to be handed down to streets.
    REVIEW = "review", _("The establishment office reviews an application")
    AMEND = "amend", _("The department completes its application")
    OPINION = "opinion", _("A street's opinion of an application")
    LEGALITY = "legality", _("The legal office judges an application")
    DECISION = "decision", _("The district leader decides an application")
    TAKE = "take", _("The street takes a task")
    TASK = "task", _("A task is done; no task gives less time")
    RULING = "ruling", _("The establishment office rules on a flag")
    # No clock of their own: how much may be asked for.
    EXTEND = "extend", _("All extensions together")
    PAUSE = "pause", _("All pauses together")
    SHELVE = "shelve", _("Until a shelved case is reviewed")
    DECLINE = "decline", _("Declining a call")
    REOPEN = "reopen", _("Opening a closed case again, by the resident")


class TimeUnit(models.TextChoices):
    WORKING_MINUTE = "working_minute", _("working minutes")
    WORKING_HOUR = "working_hour", _("working hours")
    CLOCK_SECOND = "clock_second", _("seconds")
    CLOCK_MINUTE = "clock_minute", _("minutes")
    CLOCK_HOUR = "clock_hour", _("clock hours")
    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("days")


class Limit(Labelled, models.Model):
    """How long a phase may take at an urgency, since a day, with the ground it stands on.

    In some situations parts of the reply are due by themselves, each a milestone: fence it off, repair it, restore it.
    """

    urgency = models.CharField(max_length=8, choices=Urgency)
    phase = models.CharField(max_length=10, choices=Phase)
    situation = models.ForeignKey(
        "accountability.Situation", models.PROTECT, null=True, blank=True, related_name="limits"
    )
    milestone = models.CharField(max_length=40, blank=True)
    amount = models.PositiveIntegerField()
    unit = models.CharField(max_length=16, choices=TimeUnit)
    basis = models.CharField(max_length=300)
    since = models.DateField()
    change = models.ForeignKey(Change, models.PROTECT, null=True, blank=True, related_name="limits", db_index=False)

    class Meta:
        ordering = ["urgency", "phase", "-since"]
        constraints = [
            models.UniqueConstraint(
                fields=["urgency", "phase", "situation", "milestone", "since"],
                nulls_distinct=False,
                name="one_limit_a_day_and_phase",
            ),
            models.CheckConstraint(
                condition=Q(situation=None, milestone="") | Q(situation__isnull=False) & ~Q(milestone=""),
                name="a_milestone_is_one_of_a_situation",
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="a_limit_is_longer_than_nothing"),
            models.CheckConstraint(condition=~Q(basis=""), name="a_limit_names_its_basis"),
        ]

    def __str__(self) -> str:
        return f"{self.urgency} {self.phase} {self.amount} {self.unit}"
