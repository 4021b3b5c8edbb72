"""Photos: what is being received, and what may be shown."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class PhotoState(models.TextChoices):
    RECEIVING = "receiving", _("Being received")
    WAITING = "waiting", _("Waiting to be checked")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class Photo(models.Model):
    """One photo of a subject: received in pieces, then re-encoded; the original's time and place kept as columns."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ticket = models.CharField(max_length=64, help_text=_("Proof of the sender while no subject is known"))
    subject_kind = models.CharField(max_length=12, blank=True)
    subject_id = models.BigIntegerField(null=True)
    step_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=255, blank=True)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=PhotoState, default=PhotoState.RECEIVING)
    refusal = models.CharField(max_length=40, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    taken_at = models.CharField(max_length=40, blank=True, help_text=_("As the camera wrote it"))
    taken_lon = models.FloatField(null=True)
    taken_lat = models.FloatField(null=True)
    began_at = models.DateTimeField(db_default=Now())
    ready_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="photos_by_subject"),
            models.Index(fields=["began_at"], condition=Q(state__in=["receiving", "waiting"]), name="photos_unfinished"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
