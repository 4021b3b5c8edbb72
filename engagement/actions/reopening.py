"""Whoever reported it opens the closed case again by their receipt, saying what is not right."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cases.actions import advance
from cases.models import Case, Origin, State, Verb
from cases.models.case import ENDED
from cases.reopening import AGAIN
from engagement.actions.answering import AnswerRefused, answering
from engagement.models import Reopening, Report
from people.words import said


@transaction.atomic
def reopen(report: Report, *, words: str, at: datetime, origin: str = Origin.LIVE) -> Reopening:
    """The case that answers this person is in hand again; their words stay here. MoveRefused when it is too late."""
    if not report.of_resident:
        raise AnswerRefused(
            _("Staff saw this and no resident reported it: the district desk or an inspector opens it again."),
            code="no_resident",
        )
    if not said(words):
        raise AnswerRefused(_("Say what is not right, so that they know what to do."), code="words_missing")
    case = answering(report)
    _refuse_unless_closed(case)
    made = Reopening.objects.create(report=report, round=case.round, words=said(words)[:500], at=at)
    advance(case, Verb.COME_BACK, by=None, at=at, facts={"report": report.pk}, origin=origin)
    return made


def _refuse_unless_closed(case: Case) -> None:
    """In the words of somebody who has only a receipt."""
    if case.state == State.CLOSED:
        return
    if case.state == State.ARCHIVED:
        raise AnswerRefused(
            _("It is archived. If it is not right, report it anew: it gets its own answer."), "archived"
        )
    if case.state in ENDED:
        raise AnswerRefused(_("It was not closed as done, so it cannot be opened again. Report it anew."), "not_closed")
    if case.steps.filter(verb__in=AGAIN, summons=None).exists():
        raise AnswerRefused(
            _("It has been opened again already and is being put right. You read on this page how it goes."),
            code="open_already",
        )
    raise AnswerRefused(
        _("It is still open. When it is done we ask you, and you can say what is not right."), code="still_open"
    )
