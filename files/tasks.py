"""What the worker does with photos: checks one by its id, and tends to all that wait or are forgotten."""

from uuid import UUID

from celery import shared_task

from audit import clock
from files import actions


@shared_task
def process(photo_id: str) -> None:
    actions.process(UUID(photo_id), at=clock.now())


@shared_task
def tend() -> None:
    actions.queue(clock.now(), lambda photo_id: process.apply_async(args=[photo_id], retry=False))


@shared_task
def sweep_away() -> None:
    actions.sweep_away(clock.now())
