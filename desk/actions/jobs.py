"""Files that are written by one worker at a time.

A worker that dies leaves a job that says nothing any more; after a minute the next one begins it anew. Whoever lost the
job meanwhile notices when it says how far it is and leaves, so a file is always the work of one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import F
from django.utils.translation import gettext as _

from desk.models import Job, JobState
from desk.querysets import JobQuerySet
from grids.standing import Standing
from people.models import User

MOST_AT_ONCE = 3
KEPT = timedelta(hours=24)
ATTEMPTS = 3
BATCH = 20


class Overtaken(Exception):
    """Another worker has the job now."""


def one_at_a_time(owner: User) -> None:
    """Whoever asks twice in the same moment is counted right."""
    User.objects.select_for_update().get(pk=owner.pk)


def busy(jobs: JobQuerySet, owner: User, at: datetime) -> str:
    """Why nothing more is taken on for this person now; "" where it is."""
    if jobs.of(owner).unfinished().filter(expires_at__gt=at).count() < MOST_AT_ONCE:
        return ""
    return _("%(most)s of your files are still being written. Wait for one of them.") % {"most": MOST_AT_ONCE}


def take(jobs: JobQuerySet, pk: UUID, at: datetime) -> Any:
    """The job for this worker alone; None where another one has it, or it is done."""
    worker = uuid4()
    begun = {"state": JobState.RUNNING, "beat_at": at, "worker": worker, "attempts": F("attempts") + 1, "done": 0}
    jobs.free(at).filter(pk=pk).update(**begun)
    return jobs.select_related("owner").filter(pk=pk, worker=worker).first()


def keep(job: Job, **said: object) -> None:
    """Write down how far it is. Raises Overtaken where another worker has it."""
    if not type(job).objects.unfinished().filter(pk=job.pk, worker=job.worker).update(**said):
        raise Overtaken


def queue(jobs: JobQuerySet, at: datetime, send: Callable[[str], object]) -> int:
    """Hand what is to be written to the queue; what the queue has lost, or its worker left, a minute later again."""
    ids = list(jobs.to_queue(at).values_list("pk", flat=True)[:BATCH])
    for pk in ids:
        send(str(pk))
        jobs.filter(pk=pk).update(queued_at=at)
    return len(ids)


def scope_of(standing: Standing) -> list[str]:
    """The roles that somebody holds, as words to compare later."""
    return sorted(
        [f"{role} {code}" for role, code in standing.posts] + [f"{role} #{pk}" for role, pk in standing.seats]
    )


def still_sees(job: Job, standing: Standing) -> bool:
    """Every role under which the rows were read is still held."""
    return set(job.scope) <= set(scope_of(standing))


def file_name(folder: str, job: Job) -> str:
    return f"{folder}/{job.pk.hex[:2]}/{job.pk}"
