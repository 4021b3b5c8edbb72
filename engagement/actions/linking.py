"""Links by which somebody answers once: made by those who call back, used by whoever holds them, kept as a digest."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.linking import answered_by
from cases.models import Case, State, Verb
from cases.moves import check_person
from cases.workflow import MOVES
from engagement.actions.answering import rate
from engagement.calling import rule_at
from engagement.models import AnswerLink, Rating, Report
from engagement.waiting import rating_of
from grids.standing import Standing

BYTES = 24  # 192 bits: nobody guesses one
ASKING = (State.CALLING_BACK, State.CLOSING)


class LinkRefused(ValidationError):
    """There is no link here, or it answers nothing any more: the sentence says why and what to do."""


@dataclass(frozen=True)
class Made:
    """A link as it is shown once: its token, kept nowhere, and until when it answers."""

    token: str
    expires_at: datetime


@transaction.atomic
def make_link(report: Report, *, by: Standing, at: datetime) -> Made:
    """A new link for this person; an earlier one that was not used answers nothing from now on."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=answered_by(report.case).pk)
    check_person(MOVES[Verb.CALL_BACK], case, by)
    _refuse_who_is_not_asked(report, case)
    AnswerLink.objects.filter(report=report, used_at=None, replaced_at=None).update(replaced_at=at)
    token = secrets.token_urlsafe(BYTES)
    expires_at = at + timedelta(hours=rule_at(at).link_hours)
    AnswerLink.objects.create(
        report=report, round=case.round, digest=digest_of(token), by=by.user, made_at=at, expires_at=expires_at
    )
    return Made(token, expires_at)


def _refuse_who_is_not_asked(report: Report, case: Case) -> None:
    if not report.of_resident:
        raise LinkRefused(_("No resident reported this, so nobody rates it."), code="no_resident")
    if case.state not in ASKING:
        sentence = _("Nobody is asked about this case now. A link is made while it waits to be called back or closed.")
        raise LinkRefused(sentence, code="wrong_state")
    if rating_of(report, case):
        raise LinkRefused(_("They have answered already."), code="rated_already")


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def link_of(token: str) -> AnswerLink | None:
    """The link with this token, whether it still answers or not. None if there is none."""
    rows = AnswerLink.objects.select_related("report__case__office", "report__case__area")
    return rows.filter(digest=digest_of(token)).first()


def check_link(link: AnswerLink, case: Case, at: datetime) -> None:
    """Raise LinkRefused unless somebody can answer by this link now."""
    if link.used_at:
        raise LinkRefused(
            _("This link was used already: an answer was given by it. If that was not you, tell the hotline."),
            code="link_used",
        )
    if link.replaced_at:
        raise LinkRefused(_("You have been given a newer link. Use that one, or your receipt."), code="link_replaced")
    if at > link.expires_at or link.round != case.round:
        raise LinkRefused(
            _("This link is too old. You can still answer by the code on your receipt, or ask the hotline for a new "
              "link."),
            code="link_expired",
        )  # fmt: skip
    if case.state not in ASKING:
        raise LinkRefused(_("Nobody is asked about it now. Your receipt says where it stands."), code="wrong_state")


@transaction.atomic
def rate_by_link(
    link: AnswerLink, *, solved: bool, grade: str, at: datetime, cause: str = "", words: str = ""
) -> Rating:
    """The person's own answer, by the same rule as by receipt; the link is used up by it and by nothing else."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=answered_by(link.report.case).pk)
    mine = AnswerLink.objects.select_for_update().get(pk=link.pk)
    check_link(mine, case, at)
    rating = rate(link.report, solved=solved, grade=grade, at=at, cause=cause, words=words)
    mine.used_at = at
    mine.save(update_fields=["used_at"])
    return rating
