"""A background process says that it finished a round; readiness asks how long ago."""

from datetime import datetime, timedelta

from liixia.models import Heartbeat

SWEEP = "sweep"
FRESH = timedelta(seconds=30)


def beat(name: str, at: datetime) -> None:
    Heartbeat.objects.update_or_create(name=name, defaults={"beat_at": at})


def is_fresh(name: str, at: datetime) -> bool:
    return Heartbeat.objects.filter(name=name, beat_at__gte=at - FRESH).exists()


def forget() -> None:
    """At a start: what beat before us tells nothing."""
    Heartbeat.objects.all().delete()
