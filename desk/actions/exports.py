"""Exports: asked for by a person, written by one worker at a time, gone after a day.

A worker that dies leaves a job that says nothing any more; after a minute the next one begins it anew. Whoever lost the
job meanwhile notices at the next rows and leaves, so a file is always the work of one.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from audit.actions import note
from audit.keys import box
from audit.models import Event
from desk.asking import Question, read
from desk.lines import lines_of
from desk.listing import Listing
from desk.models import ExportJob, ExportRefusal, ExportState
from desk.workbook import Workbook
from files import storing
from grids.standing import Standing, standing_of
from people.models import User

MOST_ROWS = 50_000
MOST_AT_ONCE = 3
KEPT = timedelta(hours=24)
AT_A_TIME = 500
ATTEMPTS = 3
BATCH = 20


class ExportRefused(ValidationError):
    """Why a list cannot be exported, and what to do."""


class Overtaken(Exception):
    """Another worker has the job now."""


@transaction.atomic
def ask(owner: User, question: Question, *, at: datetime) -> ExportJob:
    """Put a list down to be written; nothing is read yet."""
    User.objects.select_for_update().get(pk=owner.pk)
    if question.faults:
        raise ExportRefused(str(ExportRefusal.NOT_UNDERSTOOD.label), code="not_understood")
    if Listing(question, question.by).at_most(MOST_ROWS) > MOST_ROWS:
        raise ExportRefused(str(ExportRefusal.TOO_MANY.label), code="too_many")
    if ExportJob.objects.of(owner).unfinished().filter(expires_at__gt=at).count() >= MOST_AT_ONCE:
        words = _("%(most)s of your exports are still being written. Wait for one of them.") % {"most": MOST_AT_ONCE}
        raise ExportRefused(words, code="busy")
    language = get_language() or "zh-hans"
    return ExportJob.objects.create(
        owner=owner, query=question.query, language=language, asked_at=at, expires_at=at + KEPT
    )


def run(job_id: UUID, *, now: Callable[[], datetime]) -> None:
    """Write the file, unless somebody else does or it is there; doing it twice makes one file."""
    job = _take(job_id, now())
    if job is None:
        return
    if job.attempts > ATTEMPTS:
        _keep(job, state=ExportState.REFUSED, refusal=ExportRefusal.FAILED)
        return
    try:
        with override(job.language):
            _write(job, now)
    except Overtaken:
        return


def _take(job_id: UUID, at: datetime) -> ExportJob | None:
    worker = uuid4()
    begun = {"state": ExportState.RUNNING, "beat_at": at, "worker": worker, "attempts": F("attempts") + 1, "done": 0}
    ExportJob.objects.free(at).filter(pk=job_id).update(**begun)
    return ExportJob.objects.select_related("owner").filter(pk=job_id, worker=worker).first()


def _write(job: ExportJob, now: Callable[[], datetime]) -> None:
    """The rows that the owner sees now, judged at the moment they asked; the ids come from one statement."""
    standing = standing_of(job.owner, now())
    question = Question(read(job.query), at=job.asked_at, by=standing)
    listing = Listing(question, standing)
    refusal = _refusal(question, standing)
    ids = [] if refusal else listing.page("", MOST_ROWS + 1)[0]
    if refusal or len(ids) > MOST_ROWS:
        _keep(job, state=ExportState.REFUSED, refusal=refusal or ExportRefusal.TOO_MANY)
        return
    with Workbook(job.asked_at) as book:
        for start in range(0, len(ids), AT_A_TIME):
            _keep(job, done=start, total=len(ids), beat_at=now())
            book.add(lines_of(ids[start : start + AT_A_TIME], job.asked_at))
    storing.put(file_name(job), box().encrypt(book.data))
    _keep(job, state=ExportState.READY, done=len(ids), total=len(ids), scope=scope_of(standing))


def _refusal(question: Question, standing: Standing) -> ExportRefusal | None:
    if not standing.roles:
        return ExportRefusal.NO_ROLE
    return ExportRefusal.NOT_UNDERSTOOD if question.faults else None


def _keep(job: ExportJob, **said: object) -> None:
    if not ExportJob.objects.unfinished().filter(pk=job.pk, worker=job.worker).update(**said):
        raise Overtaken


def scope_of(standing: Standing) -> list[str]:
    """The roles that somebody holds, as words to compare later."""
    return sorted(
        [f"{role} {code}" for role, code in standing.posts] + [f"{role} #{pk}" for role, pk in standing.seats]
    )


def still_sees(job: ExportJob, standing: Standing) -> bool:
    """Every role under which the rows were read is still held."""
    return set(job.scope) <= set(scope_of(standing))


def hand_out(job: ExportJob, *, by: User, address: str | None) -> bytes:
    """The file, with a line in the security log; words that were searched for stay out of it."""
    said = "&".join(pair for pair in job.query.split("&") if not pair.startswith("q="))
    note(Event.EXPORTED, by=by, subject=("export", job.pk), reason=f"{job.total} {said}", address=address)
    return box().decrypt(storing.get(file_name(job)))


def file_name(job: ExportJob) -> str:
    return f"exports/{job.pk.hex[:2]}/{job.pk}"


def queue(at: datetime, send: Callable[[str], object]) -> int:
    """Hand what is to be written to the queue; what the queue has lost, or its worker left, a minute later again."""
    ids = list(ExportJob.objects.to_queue(at).values_list("pk", flat=True)[:BATCH])
    for job_id in ids:
        send(str(job_id))
        ExportJob.objects.filter(pk=job_id).update(queued_at=at)
    return len(ids)


@transaction.atomic
def sweep_away(at: datetime) -> int:
    """Files first: after a crash in between, the row is still there to be found."""
    expired = list(ExportJob.objects.expired(at).select_for_update(skip_locked=True)[:BATCH])
    for job in expired:
        storing.drop(file_name(job))
        job.delete()
    return len(expired)
