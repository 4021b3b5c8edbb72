"""Callers who misuse the hotline: who asks that one is restrained, who decides, and what that changes.

It is a small thing on purpose. Every report is taken, shown and settled as anybody's, in the same time. Of reports that
came in while a restraint counts, the caller is called back fewer times, and their answer counts neither for nor
against a unit and leads to no order. What is extreme or urgent is left as it is. Streets and departments, who would
like to see complaints fall silent, neither ask for it nor read of it. Source: domain §2.11 (explain, record, second
person, limited, review date).
"""

from copy import copy
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.models import Urgency
from accountability.worktime import LOCAL
from cases.handling import handled_by
from cases.models import Case
from engagement.calling import Plan
from engagement.models import CallRule, Report, Restraint, RestraintRule
from engagement.public import may_restrain
from engagement.querysets import DISTRICT_CODE
from grids.standing import Standing
from people.models import Role
from people.words import said

DECIDING = (Role.INSPECTOR,)
# Whoever tells of danger is called back as anybody, restrained or not.
DANGER = (Urgency.EXTREME, Urgency.URGENT)
# Until a district's rows are loaded.
UNWRITTEN = RestraintRule(most_days=90, again_days=14, least_cases=3, least_words=10, attempts=1)


class RestraintRefused(ValidationError):
    """This caller cannot be restrained, or not like this: the sentence says why and what to do."""


def rule_at(at: datetime) -> RestraintRule:
    return RestraintRule.objects.filter(since__lte=localdate(at, LOCAL)).first() or UNWRITTEN


def may_ask(case: Case, by: Standing) -> bool:
    """The hotline and the desk of the whole district, of no unit that handles the case."""
    return may_restrain(case, by) and not handled_by(case, by)


def may_decide(case: Case, by: Standing) -> bool:
    """An inspector of the whole district, of no unit that handles the case."""
    return any(by.over(role, case.place_code[:DISTRICT_CODE]) for role in DECIDING) and not handled_by(case, by)


def evidence_for(report: Report, by: Standing) -> QuerySet[Case]:
    """The cases of the same caller that this person sees, the newest first."""
    theirs = Report.objects.filter(caller=report.caller).exclude(caller="").values("case")
    return Case.objects.visible_to(by).filter(pk__in=theirs).order_by("-pk")


def check_asker(report: Report, by: Standing, at: datetime) -> None:
    """Raise RestraintRefused unless this person may ask for it now, for this caller."""
    if not may_ask(report.case, by):
        raise RestraintRefused(
            _("Only the hotline and the district desk, of the whole district, ask for it; an inspector decides."),
            code="wrong_person",
        )
    if not report.caller:
        raise RestraintRefused(
            _("Nobody left a phone number with this report, so there is no caller to restrain."), code="caller_unknown"
        )
    if Restraint.objects.asked().filter(caller=report.caller).exists():
        raise RestraintRefused(
            _("It has been asked for already. An inspector has to decide that first."), code="asked_already"
        )
    before = last_of(report.caller, at)
    if before and before.ends_at - timedelta(days=rule_at(at).again_days) > at:
        raise RestraintRefused(
            _("This caller is restrained until %(day)s. It may be asked for again shortly before that day."),
            code="restrained_already", params={"day": localdate(before.ends_at - timedelta(seconds=1), LOCAL)},
        )  # fmt: skip


def last_of(caller: str, at: datetime) -> Restraint | None:
    """The one that counts the longest from now on."""
    return Restraint.objects.in_force(at).filter(caller=caller).order_by("-ends_at").first()


def check_words(words: str, at: datetime) -> None:
    least = rule_at(at).least_words
    if len(said(words)) < least:
        raise RestraintRefused(
            _("Write the reason in at least %(count)s signs: what was done, how often, and what was said to them."),
            code="reason_short", params={"count": least},
        )  # fmt: skip


def span(caller: str, until: date, at: datetime) -> tuple[datetime, datetime]:
    """From when to when it would count; it follows the one that counts now."""
    before = last_of(caller, at)
    begins = before.ends_at if before else at
    ends = datetime.combine(until + timedelta(days=1), time(), LOCAL)
    most = rule_at(at).most_days
    if ends <= begins:
        raise RestraintRefused(_("The day of review has to lie ahead."), code="review_over")
    if (until - localdate(begins, LOCAL)).days > most:
        raise RestraintRefused(
            _("The day of review may lie at most %(days)s days ahead. Choose an earlier one."),
            code="review_far", params={"days": most},
        )  # fmt: skip
    return begins, ends


def check_decider(restraint: Restraint, by: Standing, at: datetime) -> None:
    if restraint.upheld is not None:
        raise RestraintRefused(_("It has been decided already."), code="decided_already")
    if restraint.asked_by_id == by.user_id:
        raise RestraintRefused(
            _("You asked for it yourself. A second person decides: an inspector."), code="same_person"
        )
    if not may_decide(restraint.report.case, by):
        raise RestraintRefused(_("An inspector of the district decides it."), code="wrong_person")
    if by.user.unit_id and by.user.unit_id == restraint.asked_by.unit_id:
        raise RestraintRefused(_("Your own unit asked for it. An inspector of another unit decides."), code="same_unit")


# ---- What it changes


def most_calls() -> Subquery:
    """Beside each report, how often its caller is called back at most; NULL for nearly all."""
    found = Restraint.objects.holding().filter(
        caller=OuterRef("caller"), begins_at__lte=OuterRef("received_at"), ends_at__gt=OuterRef("received_at")
    )
    return Subquery(found.values("attempts")[:1])


def most_of(report: Report, case: Case) -> int | None:
    """How often this caller is called back at most, where a restraint counts for this report."""
    if case.urgency in DANGER or not report.caller:
        return None
    found = Restraint.objects.holding().filter(
        caller=report.caller, begins_at__lte=report.received_at, ends_at__gt=report.received_at
    )
    return found.values_list("attempts", flat=True).first()


def limited(rule: CallRule, most: int | None) -> CallRule:
    """The rule of calling for this caller."""
    if most is None or most >= rule.attempts:
        return rule
    mine = copy(rule)
    mine.attempts, mine.parts = most, min(rule.parts, most)
    return mine


def plan_for(plan: Plan, most: int | None) -> Plan:
    return replace(plan, rule=limited(plan.rule, most))
