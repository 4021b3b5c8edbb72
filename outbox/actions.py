"""What must leave is put down beside the change that it tells of, and handed on afterwards: `drain` delivers it.

A consumer is a function `(payloads: list[dict], at: datetime) -> None`, named in settings.OUTBOX_CONSUMERS under its
topic. It gets many payloads at once, oldest first, inside one savepoint, together with the rows that say it has had
them: its effect in our database happens exactly once. It raises to refuse; it is then asked again, one at a time.
`at` is the moment of the delivery; the moment of what is told of stands in the payload.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from audit.rows import insert
from outbox import delivery
from outbox.models import Message

BATCH = 500


@dataclass(frozen=True)
class Letter:
    """One thing to tell. Those of one partition are delivered in the order in which they were put."""

    topic: str
    dedupe_key: str
    partition_key: str
    payload: dict[str, Any]


def put(topic: str, *, dedupe_key: str, partition_key: str, payload: dict[str, Any]) -> None:
    """Tell this once: a second letter with the same key is dropped."""
    put_all([Letter(topic, dedupe_key, partition_key, payload)])


def put_all(letters: Iterable[Letter]) -> None:
    """Tell all of these, in one statement."""
    insert([Message(**vars(letter)) for letter in letters], again=True)


def drain(at: datetime, limit: int = BATCH) -> int:
    """Deliver up to so many waiting messages; returns how many went out."""
    with transaction.atomic():
        return delivery.deliver(delivery.take(at, limit), at)


def drain_all(at: datetime, limit: int = BATCH) -> int:
    """Deliver until nothing more goes out at this moment."""
    total = 0
    while sent := drain(at, limit):
        total += sent
    return total
