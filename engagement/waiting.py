"""Who waits for the answer of a case: everybody who reported it, or one that is merged into it."""

from dataclasses import dataclass

from cases.linking import group_of
from cases.models import Case
from engagement.models import Callback, Outcome, Rating, Report

MISSES_ALLOWED = 3
MISSED = (Outcome.NO_ANSWER, Outcome.WRONG_NUMBER)


@dataclass(frozen=True)
class Caller:
    """One report, how often this person was missed in this round, and whether they have been asked or given up."""

    report: Report
    missed: int
    done: bool


def callers_of(case: Case) -> list[Caller]:
    """Those who want an answer, first come first; where nobody does, whoever reported it first."""
    found = list(Report.objects.filter(case__in=group_of(case)).select_related("case").order_by("received_at", "pk"))
    wanted = [report for report in found if report.wants_answer] or found[:1]
    calls = list(Callback.objects.filter(report__in=wanted, at__gte=case.opened_at, round=case.round))
    rated = set(Rating.objects.filter(report__in=wanted, round=case.round).values_list("report", flat=True))
    return [_caller(report, [one for one in calls if one.report_id == report.pk], rated) for report in wanted]


def _caller(report: Report, calls: list[Callback], rated: set[int]) -> Caller:
    missed = sum(call.outcome in MISSED for call in calls)
    spoken = any(call.outcome not in MISSED for call in calls)
    return Caller(report, missed, report.pk in rated or spoken or missed >= MISSES_ALLOWED)


def next_of(callers: list[Caller], wanted: str = "") -> Caller | None:
    """The one named by the number of the report, else the first who has not been asked yet."""
    named = next((one for one in callers if str(one.report.pk) == wanted), None)
    return named or next((one for one in callers if not one.done), next(iter(callers), None))


def others_wait(case: Case, report: Report) -> bool:
    """Whether somebody else has still to be asked or given up."""
    return any(not one.done for one in callers_of(case) if one.report.pk != report.pk)
