"""What the worker does with imports: goes on with one by its id, and tends to all that wait or are forgotten."""

from uuid import UUID

from celery import shared_task

from audit import clock
from gateway import actions


@shared_task
def work(import_id: str) -> None:
    actions.work(UUID(import_id))


@shared_task
def tend() -> None:
    actions.queue(clock.now(), lambda import_id: work.apply_async(args=[import_id], retry=False))


@shared_task
def sweep_away() -> None:
    actions.sweep_away(clock.now())
