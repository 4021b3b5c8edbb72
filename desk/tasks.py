"""What the worker does for the desk: writes exports, looks after those that wait, and removes old ones."""

from uuid import UUID

from celery import shared_task

from audit import clock
from desk.actions import exports


@shared_task(soft_time_limit=600, time_limit=660)
def write_export(job_id: str) -> None:
    exports.run(UUID(job_id), now=clock.now)


@shared_task
def tend() -> None:
    exports.queue(clock.now(), lambda job_id: write_export.apply_async(args=[job_id], retry=False))


@shared_task
def sweep_away() -> None:
    exports.sweep_away(clock.now())
