"""Asking the person whether it was solved: attempts to call back, and ratings given by receipt."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.actions import advance
from cases.linking import answered_by
from cases.models import Case, Origin, State, Verb
from cases.moves import check_person, check_state
from cases.workflow import MOVES
from engagement.calling import FRUITLESS, check_call, check_later, given_up, plan_of
from engagement.masking import without_details
from engagement.models import Callback, Grade, Outcome, Rating, Report
from engagement.restraining import most_of, plan_for
from engagement.waiting import asking_of, calls_in, fruitless_calls, others_wait, rating_of
from grids.standing import Standing

UNREACHABLE = "unreachable"
FOR_ANOTHER = _("You called them the first time. Somebody else of the hotline or the district desk asks them again.")


class AnswerRefused(ValidationError):
    """This answer cannot be taken down: the sentence says why."""


@transaction.atomic
def call_back(
    report: Report, *, outcome: str, by: Standing, at: datetime, solved: bool | None = None, grade: str = "",
    cause: str = "", words: str = "", again_at: datetime | None = None, origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Callback:  # fmt: skip
    """One attempt, at an hour when people are called. Reached, it takes the two answers; `again_at` goes with "later".

    Raises CallRefused where the rules of calling refuse it, AnswerRefused where an answer is missing.
    """
    case = answering(report)
    _refuse_who_never_calls(case, by)
    asking = _asking_by(report, case, by)
    most, calls = most_of(report, case), fruitless_calls(report, case)
    plan = plan_for(plan_of(case.urgency, at), most)
    check_call(plan, calls, at)
    if outcome == Outcome.LATER:
        check_later(plan, calls, again_at, at)
    solved, grade, cause = _said(outcome, solved, grade, cause)
    attempt = Callback.objects.create(
        report=report, round=case.round, asking=asking, outcome=outcome, words=words.strip(), by=by.user, at=at,
        again_at=again_at if outcome == Outcome.LATER else None,
    )  # fmt: skip
    if outcome == Outcome.REACHED:
        _write_rating(report, case, solved=bool(solved), grade=grade, cause=cause, words=words, by=by, at=at)
    verb, told = _move_after(attempt, case, given_up(plan.rule, [*calls, attempt]))
    facts = {"report": report.pk, "callback": attempt.pk, "outcome": told, "solved": solved, "grade": grade or None}
    advance(case, verb, by=by, at=at, facts=facts | _until(attempt) | _left_out(most), origin=origin, seen=seen)
    return attempt


def _said(outcome: str, solved: bool | None, grade: str, cause: str) -> tuple[bool | None, str, str]:
    """Both answers of whoever was reached, and none of anybody else."""
    if outcome != Outcome.REACHED:
        return None, "", ""
    if solved is None or not grade:
        raise AnswerRefused(_("Ask both: is it solved, and how satisfied are they?"), code="answers_missing")
    return solved, grade, cause


def _asking_by(report: Report, case: Case, by: Standing) -> int:
    """The how manieth asking this is; a second one is somebody else's."""
    asking = asking_of(report, case)
    if asking > 1:
        _refuse_the_first_caller(report, case, by)
    return asking


def _refuse_who_never_calls(case: Case, by: Standing) -> None:
    """Before any rule of calling is told: it is no business of others when this person may be called."""
    check_state(MOVES[Verb.CALL_BACK], case)
    check_person(MOVES[Verb.CALL_BACK], case, by)


def _refuse_the_first_caller(report: Report, case: Case, by: Standing) -> None:
    """A second answer is worth something only if somebody else hears it."""
    if any(call.by_id == by.user_id for call in calls_in(report, case, 1)):
        raise AnswerRefused(FOR_ANOTHER, code="same_caller")


def _left_out(most: int | None) -> dict[str, bool]:
    """The answer of a restrained caller is written down, and counts neither for nor against anybody."""
    return {} if most is None else {"counts": False}


def _until(attempt: Callback) -> dict[str, str]:
    return {"again_at": attempt.again_at.isoformat()} if attempt.again_at else {}


def _move_after(attempt: Callback, case: Case, is_given_up: bool) -> tuple[Verb, str]:
    """What an attempt does to the case: a fruitless one leaves it waiting, and the last one gives this person up.

    It goes on when everybody who reported it, or what is merged into it, has been asked or given up.
    """
    fruitless = attempt.outcome in FRUITLESS
    if fruitless and not is_given_up:
        return Verb.MISS, attempt.outcome
    verb = Verb.HEAR if others_wait(case, attempt.report, attempt.at) else Verb.CALL_BACK
    return verb, UNREACHABLE if fruitless else attempt.outcome


def answering(report: Report) -> Case:
    """The case that answers this person, locked: the one that theirs is merged into, or theirs."""
    case = answered_by(report.case)
    return Case.objects.select_for_update(of=("self",)).get(pk=case.pk)


@transaction.atomic
def rate(
    report: Report,
    *,
    solved: bool,
    grade: str,
    at: datetime,
    cause: str = "",
    words: str = "",
    origin: str = Origin.LIVE,
) -> Rating:
    """The person's own answer by their receipt, once in a round."""
    if not report.of_resident:
        raise AnswerRefused(_("No resident reported this, so nobody rates it."), code="no_resident")
    case = answering(report)
    rating = _write_rating(report, case, solved=solved, grade=grade, cause=cause, words=words, by=None, at=at)
    facts: dict[str, Any] = {
        "report": report.pk, "rating": rating.pk, "outcome": "rated", "solved": solved, "grade": grade,
    }  # fmt: skip
    facts |= _left_out(most_of(report, case))
    still = case.state == State.CALLING_BACK and others_wait(case, report, at)
    advance(case, Verb.HEAR if still else Verb.RATE, by=None, at=at, facts=facts, origin=origin)
    return rating


def _write_rating(
    report: Report, case: Case, *, solved: bool, grade: str, cause: str, words: str, by: Standing | None,
    at: datetime,
) -> Rating:  # fmt: skip
    if grade == Grade.DISSATISFIED and not cause:
        raise AnswerRefused(_("Say what the person is mainly dissatisfied with."), code="cause_missing")
    if rating_of(report, case):
        raise AnswerRefused(_("This round has been rated already. Thank you."), code="rated_already")
    return Rating.objects.create(
        report=report, round=case.round, asking=asking_of(report, case), solved=solved, grade=grade,
        words=words.strip(), by=by.user if by else None, cause=cause if grade == Grade.DISSATISFIED else "", at=at,
    )  # fmt: skip


@transaction.atomic
def doubt(report: Report, *, words: str, at: datetime) -> Case:
    """The person says that what was written down for them is wrong: somebody else asks them, once in a round."""
    case = answering(report)
    written = rating_of(report, case)
    if written is None or written.by is None:
        raise AnswerRefused(
            _("Nobody has written an answer down for you, so there is none to put right."), code="not_written"
        )
    note = gettext("The reporter says that it is wrong.")
    if not case.confidential:
        note = without_details(words, report.name, report.phone, report.address)
    return advance(case, Verb.ASK_AGAIN, by=None, at=at, note=note, facts={"report": report.pk})
