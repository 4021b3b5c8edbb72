"""Who waits for the answer of a case: everybody who reported it, or one that is merged into it."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from cases.linking import mains_of
from cases.models import Case
from engagement.calling import FRUITLESS, given_up, rule_at
from engagement.models import Callback, CallRule, Rating, Report


@dataclass(frozen=True)
class Caller:
    """One report, the fruitless calls of this round, and whether this person has been asked or given up."""

    report: Report
    calls: list[Callback]
    done: bool

    @property
    def missed(self) -> int:
        return len(self.calls)


def callers_of(case: Case, at: datetime) -> list[Caller]:
    """Those who want an answer, first come first; where nobody does, whoever reported it first."""
    return callers_of_all([case], at)[case.pk]


def callers_of_all(cases: Collection[Case], at: datetime) -> dict[int, list[Caller]]:
    """The same of each of these cases: five queries, however many."""
    main_of = {case.pk: case.pk for case in cases}
    main_of |= mains_of(main_of)
    wanted: dict[int, list[Report]] = {case.pk: [] for case in cases}
    for report in Report.objects.filter(case__in=main_of).select_related("case").order_by("received_at", "pk"):
        wanted[main_of[report.case_id]].append(report)
    wanted = {pk: [one for one in found if one.wants_answer] or found[:1] for pk, found in wanted.items()}
    told = _told([report.pk for found in wanted.values() for report in found])
    rule = rule_at(at)
    return {case.pk: [_caller(report, case, told, rule) for report in wanted[case.pk]] for case in cases}


@dataclass(frozen=True)
class Told:
    """The calls to each report, oldest first, and which report is rated in which round."""

    calls: dict[int, list[Callback]]
    rated: set[tuple[int, int]]


def _told(reports: list[int]) -> Told:
    calls: dict[int, list[Callback]] = defaultdict(list)
    for call in Callback.objects.filter(report__in=reports).order_by("at", "pk"):
        calls[call.report_id].append(call)
    return Told(calls, set(Rating.objects.filter(report__in=reports).values_list("report", "round")))


def _caller(report: Report, case: Case, told: Told, rule: CallRule) -> Caller:
    made = [call for call in told.calls[report.pk] if call.round == case.round and call.at >= case.opened_at]
    fruitless = [call for call in made if call.outcome in FRUITLESS]
    spoken = len(fruitless) < len(made)
    done = (report.pk, case.round) in told.rated or spoken or given_up(rule, fruitless)
    return Caller(report, fruitless, done)


def next_of(callers: list[Caller], wanted: str = "") -> Caller | None:
    """The one named by the number of the report, else the first who has not been asked yet."""
    named = next((one for one in callers if str(one.report.pk) == wanted), None)
    return named or next((one for one in callers if not one.done), next(iter(callers), None))


def others_wait(case: Case, report: Report, at: datetime) -> bool:
    """Whether somebody else has still to be asked or given up."""
    return any(not one.done for one in callers_of(case, at) if one.report.pk != report.pk)


def fruitless_calls(report: Report, case: Case) -> list[Callback]:
    """The calls of this round by which this person was not asked, oldest first."""
    rows = Callback.objects.filter(report=report, round=case.round, outcome__in=FRUITLESS)
    return list(rows.order_by("at", "pk"))
