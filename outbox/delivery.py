"""Which messages may go now, and how one batch of them is handed to its consumers."""

import logging
import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.module_loading import import_string

from outbox.models import Fate, Message

log = logging.getLogger(__name__)

Consumer = Callable[[list[dict[str, Any]], datetime], None]
FIRST_PAUSE = 5.0
LONGEST_PAUSE = 3600.0
TRIES = 33

# A message may go when nothing before it in its partition waits for another try.
READY = """
m.fate = 'waiting' AND (m.attempts = 0 OR m.next_try_at <= %(at)s)
AND NOT EXISTS (SELECT 1 FROM outbox_message e WHERE e.partition_key = m.partition_key AND e.fate = 'waiting'
                 AND e.id < m.id AND e.attempts > 0 AND e.next_try_at > %(at)s)"""
CANDIDATES = f"SELECT m.id, m.partition_key FROM outbox_message m WHERE {READY} ORDER BY m.id LIMIT %(limit)s"
FREE = "SELECT key FROM unnest(%(keys)s::text[]) key WHERE pg_try_advisory_xact_lock(hashtextextended(key, 0))"
TAKEN = f"""
SELECT m.* FROM outbox_message m
 WHERE m.id = ANY(%(ids)s) AND m.partition_key = ANY(%(keys)s) AND {READY}
 ORDER BY m.id FOR UPDATE OF m SKIP LOCKED"""

NOTE = """
INSERT INTO outbox_handled (consumer, dedupe_key) SELECT %(consumer)s, key FROM unnest(%(keys)s::text[]) key
ON CONFLICT DO NOTHING RETURNING dedupe_key"""


def take(at: datetime, limit: int) -> list[Message]:
    """Lock the next messages. Each partition is in one hand only, until the end of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(CANDIDATES, {"at": at, "limit": limit})
        found = cursor.fetchall()
        cursor.execute(FREE, {"keys": sorted({key for _, key in found})})
        keys = [key for (key,) in cursor.fetchall()]
    if not keys:
        return []
    return list(Message.objects.raw(TAKEN, {"ids": [pk for pk, _ in found], "keys": keys, "at": at}))


def deliver(messages: list[Message], at: datetime) -> int:
    """Hand the messages to every consumer of their topics, all at once if it can be; returns how many went out."""
    try:
        with transaction.atomic():
            for topic, batch in _by_topic(messages).items():
                for name in _consumers(topic):
                    _hand_over(name, batch, at)
    except Exception:
        log.warning("a batch of %d messages is handed over one by one", len(messages), exc_info=True)
        messages = _one_by_one(messages, at)
    Message.objects.filter(pk__in=[message.pk for message in messages]).update(fate=Fate.SENT, sent_at=at)
    return len(messages)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failed tries: 5 s doubled each time up to an hour, a fifth more or less."""
    longest = min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE)
    return timedelta(seconds=longest * random.uniform(0.8, 1.2))


def _by_topic(messages: list[Message]) -> dict[str, list[Message]]:
    found: dict[str, list[Message]] = {}
    for message in messages:
        found.setdefault(message.topic, []).append(message)
    return found


def _consumers(topic: str) -> list[str]:
    names: list[str] = settings.OUTBOX_CONSUMERS.get(topic, [])
    return names


def _hand_over(name: str, batch: list[Message], at: datetime) -> None:
    """Give a consumer what it has not had yet."""
    consumer: Consumer = import_string(name)
    keys = [message.dedupe_key for message in batch]
    with connection.cursor() as cursor:
        cursor.execute(NOTE, {"consumer": name, "keys": keys})
        fresh = {key for (key,) in cursor.fetchall()}
    payloads = [message.payload for message in batch if message.dedupe_key in fresh]
    if payloads:
        consumer(payloads, at)


def _one_by_one(messages: list[Message], at: datetime) -> list[Message]:
    """Hand over singly; what is refused is put off, and what stands behind it in its partition waits."""
    sent, stuck = [], set()
    for message in messages:
        if message.partition_key in stuck:
            continue
        faults = [fault for name in _consumers(message.topic) if (fault := _fault_in(name, message, at))]
        if faults:
            stuck.add(message.partition_key)
            _put_off(message, "; ".join(faults), at)
        else:
            sent.append(message)
    return sent


def _fault_in(name: str, message: Message, at: datetime) -> str:
    """Try one message on one consumer; returns what went wrong, or nothing."""
    try:
        with transaction.atomic():
            _hand_over(name, [message], at)
    except Exception as fault:
        log.exception("%s refuses message %s", name, message.dedupe_key)
        return f"{name}: {fault!r}"[:1000]
    return ""


def _put_off(message: Message, fault: str, at: datetime) -> None:
    message.attempts += 1
    message.last_error = fault
    message.next_try_at = at + pause_after(message.attempts)
    if message.attempts >= TRIES:
        message.fate = Fate.DEAD
    message.save(update_fields=["attempts", "last_error", "next_try_at", "fate"])
