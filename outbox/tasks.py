"""What the queue may ask of the outbox; the sweep delivers without it too."""

from celery import shared_task

from audit import clock
from outbox.actions import drain_all


@shared_task
def drain() -> int:
    return drain_all(clock.now())
