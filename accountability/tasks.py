"""What the queue asks of accountability: a round of the sweep, harmless beside any other."""

from celery import shared_task

from accountability.sweep import run_once
from audit import clock


@shared_task
def sweep() -> int:
    return run_once(clock.now())
