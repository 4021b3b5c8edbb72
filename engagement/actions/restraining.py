"""Restraining a caller who misuses the hotline: asked for, decided by a second person, lifted; each is noted."""

from collections.abc import Collection
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from audit.actions import note
from audit.models import Event
from cases.models import Case
from engagement.models import Report, Restraint
from engagement.restraining import (
    RestraintRefused,
    check_asker,
    check_decider,
    check_words,
    evidence_for,
    may_decide,
    rule_at,
    span,
)
from grids.standing import Standing


def _one_at_a_time(caller: str) -> None:
    """Whoever looks before writing holds this caller until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"restraint of {caller}"])


@transaction.atomic
def ask_to_restrain(
    report: Report, *, by: Standing, at: datetime, reason: str, cases: Collection[Case], until: date
) -> Restraint:
    """Raises RestraintRefused: wrong_person, caller_unknown, asked_already, restrained_already, reason_short,
    too_little_evidence, review_over, review_far."""
    _one_at_a_time(report.caller)
    check_asker(report, by, at)
    check_words(reason, at)
    rule = rule_at(at)
    shown = list(evidence_for(report, by).filter(pk__in=[case.pk for case in cases]))
    if len(shown) < rule.least_cases:
        raise RestraintRefused(
            _("Name at least %(count)s cases of this caller that show it."),
            code="too_little_evidence", params={"count": rule.least_cases},
        )  # fmt: skip
    begins, ends = span(report.caller, until, at)
    made = Restraint.objects.create(
        report=report, caller=report.caller, reason=reason.strip()[:600], asked_by=by.user, asked_at=at,
        begins_at=begins, ends_at=ends, attempts=rule.attempts,
    )  # fmt: skip
    made.evidence.set(shown)
    note(Event.RESTRAINT_ASKED, by=by.user, subject=("restraint", made.pk), reason=made.reason)
    return made


@transaction.atomic
def decide_restraint(restraint: Restraint, *, by: Standing, at: datetime, upheld: bool, words: str) -> Restraint:
    """Upheld, it counts from now on, or after the one that counts now. Raises RestraintRefused: decided_already,
    same_person, wrong_person, same_unit, reason_short, review_over."""
    _one_at_a_time(restraint.caller)
    mine = _locked(restraint)
    check_decider(mine, by, at)
    check_words(words, at)
    if upheld and mine.ends_at <= at:
        raise RestraintRefused(
            _("Its day of review is over. Do not uphold it; it may be asked for anew."), code="review_over"
        )
    mine.begins_at = max(mine.begins_at, at) if upheld else mine.begins_at
    mine.upheld, mine.decided_by, mine.decided_at, mine.words = upheld, by.user, at, words.strip()[:600]
    mine.save(update_fields=["begins_at", "upheld", "decided_by", "decided_at", "words"])
    note(Event.RESTRAINT_DECIDED, by=by.user, subject=("restraint", mine.pk), reason=mine.words)
    return mine


@transaction.atomic
def lift_restraint(restraint: Restraint, *, by: Standing, at: datetime, words: str) -> Restraint:
    """Before its day; what was answered meanwhile stays as it was taken down."""
    mine = _locked(restraint)
    if not may_decide(mine.report.case, by):
        raise RestraintRefused(_("An inspector of the district lifts it."), code="wrong_person")
    if mine.upheld is not True or mine.lifted_at or mine.ends_at <= at:
        raise RestraintRefused(_("It does not count now, so there is nothing to lift."), code="not_in_force")
    check_words(words, at)
    mine.lifted_by, mine.lifted_at, mine.lifted_why = by.user, at, words.strip()[:600]
    mine.save(update_fields=["lifted_by", "lifted_at", "lifted_why"])
    note(Event.RESTRAINT_LIFTED, by=by.user, subject=("restraint", mine.pk), reason=mine.lifted_why)
    return mine


def _locked(restraint: Restraint) -> Restraint:
    rows = Restraint.objects.select_for_update(of=("self",)).select_related("report__case", "asked_by")
    return rows.get(pk=restraint.pk)
