"""Exports: lists asked for by a person, written off the request, gone after a day."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, override

from accountability.models import FunctionList, ListVersion
from admission.registers import Asked
from audit.actions import note
from audit.keys import box
from audit.models import Event
from desk import functionbook
from desk.actions import jobs
from desk.actions.jobs import ATTEMPTS, BATCH, KEPT, Overtaken, keep
from desk.asking import Question, read
from desk.lines import lines_of
from desk.listbook.asking import LIST, query_of, version_of
from desk.listbook.writing import written
from desk.listing import Listing
from desk.models import ExportJob, ExportRefusal, JobState
from desk.registers import COLUMNS, asked_of, rows_of
from desk.workbook import Workbook
from files import storing
from grids.standing import Standing, standing_of
from people.models import User

FUNCTIONS = "functions"  # beside the registers of admission and the list
MOST_ROWS = 50_000
AT_A_TIME = 500


class ExportRefused(ValidationError):
    """Why a list cannot be exported, and what to do."""


@transaction.atomic
def ask(owner: User, question: Question, *, at: datetime) -> ExportJob:
    """Put a list down to be written; nothing is read yet."""
    jobs.one_at_a_time(owner)
    if question.faults:
        raise ExportRefused(str(ExportRefusal.NOT_UNDERSTOOD.label), code="not_understood")
    if Listing(question, question.by).at_most(MOST_ROWS) > MOST_ROWS:
        raise ExportRefused(str(ExportRefusal.TOO_MANY.label), code="too_many")
    if words := jobs.busy(ExportJob.objects.all(), owner, at):
        raise ExportRefused(words, code="busy")
    language = get_language() or "zh-hans"
    return ExportJob.objects.create(
        owner=owner, query=question.query, language=language, asked_at=at, expires_at=at + KEPT
    )


@transaction.atomic
def ask_register(owner: User, asked: Asked, *, at: datetime) -> ExportJob:
    """The same for a register of admission."""
    jobs.one_at_a_time(owner)
    if not asked.sound:
        raise ExportRefused(str(ExportRefusal.NOT_UNDERSTOOD.label), code="not_understood")
    if asked.rows().order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        raise ExportRefused(str(ExportRefusal.TOO_MANY.label), code="too_many")
    if words := jobs.busy(ExportJob.objects.all(), owner, at):
        raise ExportRefused(words, code="busy")
    return ExportJob.objects.create(
        owner=owner, register=asked.register.code, query=asked.query, language=get_language() or "zh-hans",
        asked_at=at, expires_at=at + KEPT,
    )  # fmt: skip


def ask_version(owner: User, version: ListVersion, *, at: datetime) -> ExportJob:
    """The same for a whole version of the responsibility list, or a draft of one, that the owner reads."""
    return _ask_whole(owner, LIST, query_of(version), at)


def ask_functions(owner: User, version: FunctionList, *, at: datetime) -> ExportJob:
    """The same for a version of the functions of departments."""
    return _ask_whole(owner, FUNCTIONS, str(version.number), at)


@transaction.atomic
def _ask_whole(owner: User, what: str, query: str, at: datetime) -> ExportJob:
    jobs.one_at_a_time(owner)
    if words := jobs.busy(ExportJob.objects.all(), owner, at):
        raise ExportRefused(words, code="busy")
    return ExportJob.objects.create(
        owner=owner, register=what, query=query, language=get_language() or "zh-hans", asked_at=at,
        expires_at=at + KEPT,
    )  # fmt: skip


def run(job_id: UUID, *, now: Callable[[], datetime]) -> None:
    """Write the file, unless somebody else does or it is there; doing it twice makes one file."""
    job = jobs.take(ExportJob.objects.all(), job_id, now())
    if job is None:
        return
    if job.attempts > ATTEMPTS:
        keep(job, state=JobState.REFUSED, refusal=ExportRefusal.FAILED)
        return
    try:
        with override(job.language):
            WRITERS.get(job.register, _write_register)(job, now)
    except Overtaken:
        return


def _write(job: ExportJob, now: Callable[[], datetime]) -> None:
    """The rows that the owner sees now, judged at the moment they asked; the ids come from one statement."""
    standing = standing_of(job.owner, now())
    question = Question(read(job.query), at=job.asked_at, by=standing)
    listing = Listing(question, standing)
    refusal = _refusal(question, standing)
    ids = [] if refusal else listing.page("", MOST_ROWS + 1)[0]
    if refusal or len(ids) > MOST_ROWS:
        keep(job, state=JobState.REFUSED, refusal=refusal or ExportRefusal.TOO_MANY)
        return
    with Workbook(job.asked_at) as book:
        for start in range(0, len(ids), AT_A_TIME):
            keep(job, done=start, total=len(ids), beat_at=now())
            book.add(lines_of(ids[start : start + AT_A_TIME], job.asked_at))
    storing.put(file_name(job), box().encrypt(book.data))
    keep(job, state=JobState.READY, done=len(ids), total=len(ids), scope=jobs.scope_of(standing))


def _write_register(job: ExportJob, now: Callable[[], datetime]) -> None:
    """The rows that the owner sees now, as the page of the register has them."""
    standing = standing_of(job.owner, now())
    asked = asked_of(job.register, job.query, standing, job.asked_at)
    if not standing.roles or not asked.sound:
        refusal = ExportRefusal.NOT_UNDERSTOOD if standing.roles else ExportRefusal.NO_ROLE
        keep(job, state=JobState.REFUSED, refusal=refusal)
        return
    done = 0
    heads = [str(head) for head in COLUMNS[job.register].heads]
    with Workbook(job.asked_at, str(asked.register.title), heads) as book:
        for rows in rows_of(asked, MOST_ROWS, AT_A_TIME):
            keep(job, done=done, beat_at=now())
            book.write(rows)
            done += len(rows)
    storing.put(file_name(job), box().encrypt(book.data))
    keep(job, state=JobState.READY, done=done, total=done, scope=jobs.scope_of(standing))


def _write_version(job: ExportJob, now: Callable[[], datetime]) -> None:
    """The version as its owner reads it now."""
    standing = standing_of(job.owner, now())
    version = version_of(job, standing)
    if version is None:
        keep(job, state=JobState.REFUSED, refusal=ExportRefusal.NO_VERSION)
        return
    data, items = written(version, job.asked_at)
    storing.put(file_name(job), box().encrypt(data))
    keep(job, state=JobState.READY, done=items, total=items, scope=jobs.scope_of(standing))


def _write_functions(job: ExportJob, now: Callable[[], datetime]) -> None:
    """What anybody reads, whatever their role."""
    data, functions = functionbook.written(FunctionList.objects.get(number=job.query), job.asked_at)
    storing.put(file_name(job), box().encrypt(data))
    keep(job, state=JobState.READY, done=functions, total=functions)


WRITERS = {"": _write, LIST: _write_version, FUNCTIONS: _write_functions}


def _refusal(question: Question, standing: Standing) -> ExportRefusal | None:
    if not standing.roles:
        return ExportRefusal.NO_ROLE
    return ExportRefusal.NOT_UNDERSTOOD if question.faults else None


def hand_out(job: ExportJob, *, by: User, address: str | None) -> bytes:
    """The file, with a line in the security log; words that were searched for stay out of it."""
    said = "&".join(pair for pair in job.query.split("&") if not pair.startswith("q="))
    note(Event.EXPORTED, by=by, subject=("export", job.pk), reason=f"{job.total} {said}", address=address)
    return box().decrypt(storing.get(file_name(job)))


def file_name(job: ExportJob) -> str:
    return jobs.file_name("exports", job)


@transaction.atomic
def sweep_away(at: datetime) -> int:
    """Files first: after a crash in between, the row is still there to be found."""
    expired = list(ExportJob.objects.expired(at).select_for_update(skip_locked=True)[:BATCH])
    for job in expired:
        storing.drop(file_name(job))
        job.delete()
    return len(expired)
