"""Tickets: a form hands one out, and whoever holds it may send photos and attach them to what the form makes."""

from django.core import signing
from django.utils.crypto import get_random_string

SALT = "files.ticket"
GOOD_FOR = 24 * 3600


def new_ticket() -> str:
    """A fresh ticket, signed so that nobody makes their own."""
    return signing.dumps(get_random_string(32), salt=SALT)


def number_of(ticket: str) -> str | None:
    """The random number inside a ticket of ours that is not too old; None for any other."""
    try:
        number = signing.loads(ticket, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        return None
    return number if isinstance(number, str) else None
