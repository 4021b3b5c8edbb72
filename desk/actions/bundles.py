"""Evidence bundles: asked for by a person, printed off the request as that person may read the case.

The file is kept for a day, for whoever asked; its hash and the end of the case's chain stay, to check copies by.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404
from django.utils.translation import get_language, override

from assessment.models import Reckoning
from audit.actions import note
from audit.keys import box
from audit.models import Event
from cases.actions.moving import lock
from cases.confiding import keeps
from cases.models import Case
from desk.actions import jobs
from desk.actions.jobs import ATTEMPTS, BATCH, KEPT, Overtaken, keep
from desk.bundle import record
from desk.bundle.paper import Paper
from desk.bundle.printing import printed
from desk.bundle.reading import Evidence, read
from desk.bundle.telling import told
from desk.models import Bundle, BundleRefusal, JobState
from files import storing
from grids.standing import Standing, standing_of
from people.models import User

PARTS = 3  # read, set in type, kept


class BundleRefused(ValidationError):
    """Why no bundle is made, and what to do."""


@transaction.atomic
def ask(
    owner: User, case: Case, *, reckoning: Reckoning | None = None, at: datetime, address: str | None = None
) -> Bundle:
    """Put a case, or one reckoning in it, that the owner sees down to be printed, with a line in the security log;
    nothing is read yet."""
    jobs.one_at_a_time(owner)
    if words := jobs.busy(Bundle.objects.all(), owner, at):
        raise BundleRefused(words, code="busy")
    language = get_language() or "zh-hans"
    bundle = Bundle.objects.create(
        owner=owner, case=case, reckoning=reckoning, language=language, asked_at=at, expires_at=at + KEPT, total=PARTS
    )
    note(Event.BUNDLE_ASKED, by=owner, subject=("bundle", bundle.pk), reason=case.number, address=address)
    return bundle


def run(pk: UUID, *, now: Callable[[], datetime]) -> None:
    """Print it, unless somebody else does or it is there; doing it twice makes one file."""
    bundle = jobs.take(Bundle.objects.select_related("case"), pk, now())
    if bundle is None:
        return
    if bundle.attempts > ATTEMPTS:
        keep(bundle, state=JobState.REFUSED, refusal=BundleRefusal.FAILED)
        return
    try:
        with override(bundle.language):
            _print(bundle, now)
    except Overtaken:
        return


def _print(bundle: Bundle, now: Callable[[], datetime]) -> None:
    try:
        paper = _read(bundle, now)
    except Http404:
        keep(bundle, state=JobState.REFUSED, refusal=BundleRefusal.NOT_SEEN)
        return
    keep(bundle, done=1, beat_at=now())
    data = paper.print()
    keep(bundle, done=2, beat_at=now())
    storing.put(file_name(bundle), box().encrypt(data))
    _finish(bundle, paper, hashlib.sha256(data).hexdigest())


@transaction.atomic
def _read(bundle: Bundle, now: Callable[[], datetime]) -> Paper:
    """Nobody moves the case while it is read, so that all of it is of one moment."""
    lock(bundle.case)
    at = now()
    standing = standing_of(bundle.owner, at)
    if bundle.reckoning_id:
        return record.read(bundle, standing, at)
    evidence = read(bundle.case.number, standing, at)
    values = told(bundle, evidence)
    return Paper(
        standing, at, evidence.head, keeps(evidence.case, standing),
        lambda: printed(values, _pictures(evidence, values), at),
    )  # fmt: skip


def _pictures(evidence: Evidence, values: dict) -> dict[str, bytes]:
    """The small pictures, without anything that the camera wrote, by the names that the values give them."""
    names = [one["file"] for one in values["photos"]]
    found = zip(names, evidence.photos, strict=True)
    return {name: storing.get(storing.image_name(one.photo.pk, "small")) for name, (_step, one) in found if name}


@transaction.atomic
def _finish(bundle: Bundle, paper: Paper, digest: str) -> None:
    keep(
        bundle, state=JobState.READY, done=PARTS, scope=jobs.scope_of(paper.standing), as_of=paper.at,
        steps=paper.head.seq, chain=paper.head.chain, whole=paper.whole, digest=digest,
    )  # fmt: skip
    reason = f"{bundle.case.number} {digest}"
    note(Event.BUNDLE_MADE, by=bundle.owner, subject=("bundle", bundle.pk), reason=reason)


def may_take(bundle: Bundle, standing: Standing) -> bool:
    """Who asked for it takes it as long as they see the case and hold what they held, and it holds nothing that has
    been made confidential to them since."""
    if bundle.reckoning_id:
        mine = Reckoning.objects.visible_to(standing).filter(pk=bundle.reckoning_id)
        return mine.exists() and jobs.still_sees(bundle, standing)
    seen = Case.objects.visible_to(standing).filter(pk=bundle.case_id).first()
    if seen is None or not jobs.still_sees(bundle, standing):
        return False
    return not bundle.whole or keeps(seen, standing)


def hand_out(bundle: Bundle, *, by: User, address: str | None) -> bytes:
    """The file, with a line in the security log."""
    note(Event.BUNDLE_TAKEN, by=by, subject=("bundle", bundle.pk), reason=bundle.digest, address=address)
    return box().decrypt(storing.get(file_name(bundle)))


def name_of(bundle: Bundle) -> str:
    """What the file is called where it is taken to."""
    return f"{bundle.case.number}-{bundle.reckoning_id}.pdf" if bundle.reckoning_id else f"{bundle.case.number}.pdf"


def file_name(bundle: Bundle) -> str:
    return jobs.file_name("bundles", bundle)


@transaction.atomic
def sweep_away(at: datetime) -> int:
    """Files first. What was made leaves its row, by which copies are checked; what was never made leaves none."""
    expired = list(Bundle.objects.expired(at).select_for_update(skip_locked=True)[:BATCH])
    for bundle in expired:
        storing.drop(file_name(bundle))
        if bundle.state == JobState.READY:
            Bundle.objects.filter(pk=bundle.pk).update(dropped_at=at)
        else:
            bundle.delete()
    return len(expired)
