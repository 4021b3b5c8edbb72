"""Waiting for what another process writes in its own time."""

from time import monotonic, sleep

from django.db.models import QuerySet


def waits_for(rows: QuerySet, within: float = 150) -> None:
    """What the sweep of this house writes, in its own time."""
    last = monotonic() + within
    while not rows.exists():
        assert monotonic() < last, rows.query
        sleep(0.5)
