"""What the worker does for the desk: writes exports and bundles, reads workbooks, and removes what is old."""

from uuid import UUID

from celery import shared_task

from audit import clock
from desk.actions import bundles, exports, jobs, listimports
from desk.models import Bundle, ExportJob, ListImport


@shared_task(soft_time_limit=600, time_limit=660)
def write_export(job_id: str) -> None:
    exports.run(UUID(job_id), now=clock.now)


@shared_task
def print_bundle(bundle_id: str) -> None:
    bundles.run(UUID(bundle_id), now=clock.now)


@shared_task
def read_workbook(import_id: str) -> None:
    listimports.run(UUID(import_id), now=clock.now)


@shared_task
def tend() -> None:
    at = clock.now()
    jobs.queue(ExportJob.objects.all(), at, lambda pk: write_export.apply_async(args=[pk], retry=False))
    jobs.queue(Bundle.objects.all(), at, lambda pk: print_bundle.apply_async(args=[pk], retry=False))
    jobs.queue(ListImport.objects.all(), at, lambda pk: read_workbook.apply_async(args=[pk], retry=False))


@shared_task
def sweep_away() -> None:
    at = clock.now()
    exports.sweep_away(at)
    bundles.sweep_away(at)
    listimports.sweep_away(at)
