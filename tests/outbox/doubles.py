"""Consumers for the tests: they note what they are told, and refuse what a test asks them to."""

from datetime import datetime

from django.db import connection

from outbox.models import Handled

told: list[tuple[str, object]] = []
calls: list[int] = []
poison: set[object] = set()


def forget() -> None:
    told.clear()
    calls.clear()
    poison.clear()


def first(payloads: list[dict], at: datetime) -> None:
    calls.append(len(payloads))
    told.extend(("first", payload["n"]) for payload in payloads)


def second(payloads: list[dict], at: datetime) -> None:
    if bad := poison & {payload["n"] for payload in payloads}:
        raise ValueError(f"poison: {bad}")
    told.extend(("second", payload["n"]) for payload in payloads)


def rows(payloads: list[dict], at: datetime) -> None:
    """An effect in the database: one row a payload, twice the same is an error."""
    Handled.objects.bulk_create([Handled(consumer="effect", dedupe_key=str(payload["n"])) for payload in payloads])
    if poison & {payload["n"] for payload in payloads}:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
