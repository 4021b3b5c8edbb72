"""Showing a person's details to somebody who says why: each time a line in the security log, so many a day."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from audit.actions import note
from audit.models import Event, SecurityLog
from cases.confiding import keeps
from engagement.models import Report
from engagement.public import may_reveal
from grids.standing import Standing
from people.models import User
from people.words import said

A_DAY = 50


class RevealRefused(ValidationError):
    """The details stay hidden: the sentence says why."""


def kept_back() -> RevealRefused:
    """What everybody reads whom a confidential case tells nothing of its reporter."""
    sentence = _(
        "This case is confidential: only the hotline, the district desk and the inspector know who reported it. "
        "That you asked is on record. Ask the hotline to speak to the person for you."
    )
    return RevealRefused(sentence, code="confidential")


def note_try(report: Report, *, by: Standing, address: str | None) -> None:
    """Somebody asked whom a confidential case came from, and was refused."""
    note(Event.REVEAL_REFUSED, by=by.user, subject=("report", report.pk), address=address)


@dataclass(frozen=True)
class Details:
    """What the person left, in plain words; for one page, kept nowhere else."""

    name: str
    phone: str
    address: str
    words: str


@transaction.atomic
def reveal(report: Report, *, by: Standing, at: datetime, reason: str, address: str | None = None) -> Details:
    """Log it, then show it."""
    if not keeps(report.case, by):
        raise kept_back()
    if not may_reveal(report.case, by):
        raise RevealRefused(
            _("Only the hotline, the dispatcher of the street and the district desk may see who reported it. "
              "Ask one of them to speak to the person."),
            code="wrong_person",
        )  # fmt: skip
    if not said(reason):
        raise RevealRefused(_("Say why you need to see it."), code="reason_missing")
    _refuse_too_many(by, at)
    note(Event.REVEALED, by=by.user, subject=("report", report.pk), reason=reason.strip(), address=address)
    return Details(report.name, report.phone, report.address, report.words)


def _refuse_too_many(by: Standing, at: datetime) -> None:
    """Counted with the person's own row locked, so that two at once do not both pass."""
    User.objects.select_for_update().get(pk=by.user_id)
    today = localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    seen = SecurityLog.objects.filter(
        event=Event.REVEALED, actor=by.user_id, recorded_at__gte=today, recorded_at__lt=today + timedelta(days=1)
    )
    if seen.count() >= A_DAY:
        raise RevealRefused(
            _("You have looked at %(count)s people today, which is the most for one day. Ask a colleague."),
            code="too_many",
            params={"count": A_DAY},
        )
