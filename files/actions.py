"""Every change of a photo: received in pieces, stored, attached, checked and re-encoded, swept away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.actions import Actor, note
from audit.models import Event
from files import storing
from files.checking import Examined, examine
from files.models import MOST_BYTES, MOST_PHOTOS, Photo, PhotoState, Refusal
from files.receiving import PieceRefused, keep_piece, plain, seal, unsealed

STORED = (PhotoState.WAITING, PhotoState.READY)
MOST_LOOSE = 5000
BATCH = 200


class PhotoRefused(PieceRefused):
    """Why a photo is not taken."""


@dataclass(frozen=True)
class Chosen:
    """The photos that a form names, and the ticket (its number) that proves they are the sender's."""

    ticket: str
    ids: tuple[UUID, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids)


NONE_CHOSEN = Chosen("")


@transaction.atomic
def begin(*, size: int, name: str, ticket: str, sender: Actor, at: datetime) -> Photo:
    """Make room for one photo of this many bytes; nothing of it has come yet."""
    if size > MOST_BYTES:
        raise PhotoRefused("too_large", str(Refusal.TOO_LARGE.label))
    if size < 1:
        raise PhotoRefused("not_a_photo", str(Refusal.NOT_A_PHOTO.label))
    _one_at_a_time(f"ticket {ticket}")
    if Photo.objects.by_ticket(ticket).exclude(state=PhotoState.REFUSED).count() >= MOST_PHOTOS:
        raise PhotoRefused("too_many", _("At most %(most)s photos. Remove one first.") % {"most": MOST_PHOTOS})
    if Photo.objects.loose().count() >= MOST_LOOSE:
        raise PhotoRefused("busy", _("Too many photos are arriving. Send the form without, and add photos later."))
    known = sender.pk if sender is not None and sender.is_authenticated else None
    return Photo.objects.create(id=uuid4(), sender_id=known, ticket=ticket, name=plain(name), size=size, began_at=at)


def _one_at_a_time(what: str) -> None:
    """Whoever counts before adding holds this name until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"photos of {what}"])


@transaction.atomic
def add_piece(photo_id: UUID, *, ticket: str, offset: int, data: bytes, at: datetime) -> Photo:
    """Keep the next piece; one that came before is only confirmed. The last one finishes the photo."""
    photo = Photo.objects.select_for_update().by_ticket(ticket).get(pk=photo_id)
    if photo.state != PhotoState.RECEIVING:
        return photo
    if keep_piece(photo, offset=offset, data=data):
        return finish(photo, at=at)
    photo.save(update_fields=["received"])
    return photo


def finish(photo: Photo, *, at: datetime) -> Photo:
    """From here on the photo counts as stored."""
    seal(photo, at=at)
    photo.state = PhotoState.WAITING
    photo.save(update_fields=["received", "sha256", "state", "stored_at"])
    return photo


def unfit(chosen: Chosen) -> list[PhotoRefused]:
    """Why some of these photos cannot be attached yet, or ever; empty when all can."""
    if len(chosen.ids) > MOST_PHOTOS:
        return [PhotoRefused("too_many", _("At most %(most)s photos.") % {"most": MOST_PHOTOS})]
    found = {photo.pk: photo for photo in Photo.objects.by_ticket(chosen.ticket).filter(pk__in=chosen.ids)}
    faults = []
    for photo in found.values():
        if photo.state == PhotoState.RECEIVING:
            words = _("The photo %(name)s has not arrived whole. Wait for it, or remove it.") % {"name": photo.name}
            faults.append(PhotoRefused("unfinished", words))
        if photo.state == PhotoState.REFUSED:
            faults.append(PhotoRefused(photo.refusal, f"{photo.name}: {photo.get_refusal_display()}"))
    return faults


@transaction.atomic
def attach(chosen: Chosen, *, kind: str, subject_id: int, step_id: int | None = None, by: Actor = None) -> list[str]:
    """Give the stored photos to their subject (and step); their ids, as words. Doing it twice changes nothing."""
    if not chosen.ids:
        return []
    _one_at_a_time(f"{kind} {subject_id} {step_id}")
    with_ticket = Photo.objects.filter(pk__in=chosen.ids, ticket=chosen.ticket).exclude(ticket="")
    same = with_ticket.filter(subject_kind=kind, subject_id=subject_id)
    loose = with_ticket.loose().filter(state__in=STORED).select_for_update().order_by("pk")
    ids = [photo.pk for photo in loose]
    if Photo.objects.of(kind, subject_id).filter(step_id=step_id).count() + len(ids) > MOST_PHOTOS:
        raise PhotoRefused("too_many", _("At most %(most)s photos.") % {"most": MOST_PHOTOS})
    Photo.objects.filter(pk__in=ids).update(subject_kind=kind, subject_id=subject_id, step_id=step_id)
    if by is not None and by.is_authenticated:
        Photo.objects.filter(pk__in=ids, sender=None).update(sender=by.pk)
    return [str(pk) for pk in same.order_by("began_at", "pk").values_list("pk", flat=True)]


def process(photo_id: UUID, *, at: datetime) -> None:
    """Check a stored photo and make the pictures that may be shown; a photo already done stays as it is."""
    photo = Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING).first()
    if photo is None:
        return
    examined = examine(unsealed(photo))
    waiting = Photo.objects.filter(pk=photo_id, state=PhotoState.WAITING)
    if examined.refusal:
        waiting.update(state=PhotoState.REFUSED, refusal=examined.refusal, ready_at=at)
        return
    _keep_pictures(photo_id, examined)
    if not waiting.update(state=PhotoState.READY, ready_at=at, **examined.columns) and not _is_there(photo_id):
        _drop_files(photo_id)


def _keep_pictures(photo_id: UUID, examined: Examined) -> None:
    storing.put(storing.image_name(photo_id, "large"), examined.large)
    storing.put(storing.image_name(photo_id, "small"), examined.small)


def _is_there(photo_id: UUID) -> bool:
    return Photo.objects.filter(pk=photo_id).exists()


def original(photo: Photo, *, by: Actor, reason: str, address: str | None) -> bytes:
    """The photo as it was sent, for an inspector; written in the security log before it is read."""
    note(Event.ORIGINAL_SEEN, by=by, subject=("photo", photo.pk), reason=reason, address=address)
    return unsealed(photo)


@transaction.atomic
def remove(photo_id: UUID, *, ticket: str) -> None:
    """Its sender takes a photo back before it belongs to anything."""
    for photo in Photo.objects.by_ticket(ticket).filter(pk=photo_id).select_for_update():
        _discard(photo)


def queue(at: datetime, send: Callable[[str], object]) -> int:
    """Hand the stored photos to the queue; one that the queue has lost since is handed over again a minute later."""
    ids = list(Photo.objects.to_queue(at).values_list("pk", flat=True)[:BATCH])
    for photo_id in ids:
        send(str(photo_id))
        Photo.objects.filter(pk=photo_id).update(queued_at=at)
    return len(ids)


@transaction.atomic
def sweep_away(at: datetime) -> int:
    """Remove the photos that nothing has claimed for a day, with their files."""
    forgotten = Photo.objects.forgotten(at).select_for_update(skip_locked=True)[:BATCH]
    for photo in forgotten:
        _discard(photo)
    return len(forgotten)


def _discard(photo: Photo) -> None:
    """Files first: after a crash in between, the row is still there to be found and swept away."""
    _drop_files(photo.pk)
    photo.delete()


def _drop_files(photo_id: UUID) -> None:
    storing.drop_pieces(photo_id)
    for name in (storing.original_name(photo_id), *(storing.image_name(photo_id, size) for size in ("large", "small"))):
        storing.drop(name)
