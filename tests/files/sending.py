"""Sends a photo as a page would, all its pieces in order."""

from datetime import datetime

from files import actions
from files.models import PIECE_BYTES, Photo


def sent(data: bytes, *, ticket: str, at: datetime, name: str = "a.jpg", sender=None) -> Photo:
    photo = actions.begin(size=len(data), name=name, ticket=ticket, sender=sender, at=at)
    for offset in range(0, len(data), PIECE_BYTES):
        piece = data[offset : offset + PIECE_BYTES]
        photo = actions.add_piece(photo.pk, ticket=ticket, offset=offset, data=piece, at=at)
    return photo


def ready(data: bytes, *, ticket: str, at: datetime, **how: object) -> Photo:
    photo = sent(data, ticket=ticket, at=at, **how)
    actions.process(photo.pk, at=at)
    return Photo.objects.get(pk=photo.pk)
