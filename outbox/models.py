"""What must leave a transaction, and which consumer has had it."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class Fate(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    DEAD = "dead", _("Given up")


class Message(models.Model):
    """One thing to tell, written in the transaction of the change that it tells of."""

    topic = models.CharField(max_length=40)
    dedupe_key = models.CharField(max_length=80)
    partition_key = models.CharField(max_length=60)
    payload = models.JSONField()
    fate = models.CharField(max_length=8, choices=Fate, default=Fate.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dedupe_key"], name="a_message_is_put_once")]
        indexes = [
            models.Index(fields=["id"], condition=Q(fate="waiting"), name="messages_waiting"),
            models.Index(fields=["partition_key", "id"], condition=Q(fate="waiting"), name="messages_waiting_by_part"),
            models.Index(fields=["id"], condition=Q(fate="dead"), name="messages_given_up"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.dedupe_key}"


class Handled(models.Model):
    """This consumer has had this message: its effect happens once."""

    consumer = models.CharField(max_length=60)
    dedupe_key = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consumer", "dedupe_key"], name="a_consumer_handles_a_message_once")
        ]

    def __str__(self) -> str:
        return f"{self.consumer} {self.dedupe_key}"
