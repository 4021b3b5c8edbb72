"""Slows down whoever guesses receipt codes: wrong ones are counted per address."""

import hashlib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from engagement.models import Guess

WINDOW = timedelta(minutes=10)
MOST = 20
KEPT = timedelta(days=1)


class TooManyGuesses(ValidationError):
    """From this address so many wrong codes came that it must wait."""

    def __init__(self) -> None:
        super().__init__(
            _("Too many codes that are not ours came from your network. Try again in ten minutes."), code="too_many"
        )


def refuse_guesser(address: str, *, at: datetime) -> None:
    """Raises TooManyGuesses when this address has used up its tries."""
    found = Guess.objects.filter(origin=_origin(address), since=_window(at)).values_list("times", flat=True).first()
    if found is not None and found >= MOST:
        raise TooManyGuesses


def count_guess(address: str, *, at: datetime) -> None:
    """One more wrong code from this address; what is older than a day is forgotten."""
    guess, first = Guess.objects.get_or_create(origin=_origin(address), since=_window(at), defaults={"times": 1})
    if first:
        Guess.objects.filter(since__lt=at - KEPT).delete()
    else:
        Guess.objects.filter(pk=guess.pk).update(times=F("times") + 1)


def _origin(address: str) -> str:
    """The address is not kept, only what it hashes to with our key."""
    return hashlib.sha256(f"{settings.SECRET_KEY}guess{address}".encode()).hexdigest()


def _window(at: datetime) -> datetime:
    return at - timedelta(seconds=at.timestamp() % WINDOW.total_seconds())
