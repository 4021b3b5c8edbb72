"""Photos: what is being received, and what may be shown."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from files.querysets import PhotoQuerySet

MOST_BYTES = 10 * 1024 * 1024
PIECE_BYTES = 256 * 1024
MOST_PHOTOS = 9


class PhotoState(models.TextChoices):
    RECEIVING = "receiving", _("Being received")
    WAITING = "waiting", _("Waiting to be checked")
    READY = "ready", _("Ready")
    REFUSED = "refused", _("Refused")


class Refusal(models.TextChoices):
    """Why a photo is not taken, in words for its sender."""

    NOT_A_PHOTO = "not_a_photo", _("This is not a photo in JPEG, PNG, WebP or HEIC. Choose the photo itself.")
    TOO_LARGE = "too_large", _("The photo is larger than 10 MB. Choose a smaller one.")
    TOO_MANY_PIXELS = "too_many_pixels", _("The photo has more than 50 million pixels. Choose a smaller one.")
    CARRIES_CODE = "carries_code", _("The file holds more than a photo. Take the photo again.")
    DAMAGED = "damaged", _("The photo is damaged or not whole. Choose it again or take another.")


class InPieces(models.Model):
    """A file that comes in pieces and is kept sealed once all of it is there; files.receiving takes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=255, blank=True)
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    began_at = models.DateTimeField(db_default=Now())
    stored_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Photo(InPieces):
    """One photo of a subject: received in pieces, then re-encoded; the original's time and place kept as columns."""

    ticket = models.CharField(max_length=64, help_text=_("Proof of the sender while no subject is known"))
    subject_kind = models.CharField(max_length=12, blank=True)
    subject_id = models.BigIntegerField(null=True)
    step_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=PhotoState, default=PhotoState.RECEIVING)
    refusal = models.CharField(max_length=40, choices=Refusal, blank=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    taken_at = models.CharField(max_length=40, blank=True, help_text=_("As the camera wrote it"))
    taken_lon = models.FloatField(null=True)
    taken_lat = models.FloatField(null=True)
    queued_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(size__gt=0, size__lte=MOST_BYTES, received__lte=F("size")), name="a_photo_fits_its_size"
            ),
            models.CheckConstraint(
                condition=Q(state="receiving") | (Q(received=F("size")) & ~Q(sha256="")),
                name="a_photo_counts_when_all_of_it_is_stored",
            ),
        ]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id"], name="photos_by_subject"),
            models.Index(fields=["ticket"], condition=Q(subject_kind=""), name="photos_by_ticket"),
            models.Index(fields=["began_at"], condition=Q(subject_kind=""), name="photos_without_subject"),
            models.Index(fields=["stored_at"], condition=Q(state="waiting"), name="photos_waiting"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
