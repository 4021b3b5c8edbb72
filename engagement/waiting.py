"""Who waits for the answer of a case: everybody who reported it, or one that is merged into it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from cases.hearing import asked_again
from cases.linking import mains_of
from cases.models import Case, Step, Verb
from engagement.calling import FRUITLESS, given_up, rule_at
from engagement.models import Callback, CallRule, Rating, Report
from engagement.restraining import DANGER, limited, most_calls
from grids.standing import Standing


@dataclass(frozen=True)
class Caller:
    """One report, the fruitless calls of this asking, whether this person has been asked or given up, the step by
    which they are asked a second time, and how often they are called at most where they are restrained."""

    report: Report
    calls: list[Callback]
    done: bool
    again: Step | None = None
    heard_by: frozenset[int] = frozenset()
    most: int | None = None

    def is_for_another(self, by: Standing) -> bool:
        """Whether this person asked them the first time, so that somebody else has to ask again."""
        return by.user_id in self.heard_by

    @property
    def missed(self) -> int:
        return len(self.calls)


def callers_of(case: Case, at: datetime) -> list[Caller]:
    """Those who want an answer, first come first; where nobody does, whoever reported it first."""
    return callers_of_all([case], at)[case.pk]


def callers_of_all(cases: Collection[Case], at: datetime) -> dict[int, list[Caller]]:
    """The same of each of these cases: six queries, however many."""
    main_of = {case.pk: case.pk for case in cases}
    main_of |= mains_of(main_of)
    wanted: dict[int, list[Report]] = {case.pk: [] for case in cases}
    rows = Report.objects.filter(case__in=main_of).select_related("case").annotate(most_calls=most_calls())
    for report in rows.order_by("received_at", "pk"):
        wanted[main_of[report.case_id]].append(report)
    wanted = {pk: [one for one in found if one.wants_answer] or found[:1] for pk, found in wanted.items()}
    told = _told([report.pk for found in wanted.values() for report in found], cases)
    rule = rule_at(at)
    return {case.pk: [_caller(report, case, told, rule) for report in wanted[case.pk]] for case in cases}


@dataclass(frozen=True)
class Told:
    """The calls to each report, oldest first, which report is rated in which asking, and whom somebody else asks."""

    calls: dict[int, list[Callback]]
    rated: set[tuple[int, int, int]]
    again: dict[int, Step]


def _told(reports: list[int], cases: Collection[Case]) -> Told:
    calls: dict[int, list[Callback]] = defaultdict(list)
    for call in Callback.objects.filter(report__in=reports).order_by("at", "pk"):
        calls[call.report_id].append(call)
    rated = Rating.objects.filter(report__in=reports).values_list("report", "round", "asking")
    steps = Step.objects.filter(case__in=[case.pk for case in cases], verb=Verb.ASK_AGAIN).order_by("seq")
    return Told(calls, set(rated), {step.case_id: step for step in steps})


def _caller(report: Report, case: Case, told: Told, rule: CallRule) -> Caller:
    asking = _asking(report, case, told.again.get(case.pk))
    most = None if case.urgency in DANGER else report.most_calls
    rule = limited(rule, most)
    made = [
        call for call in told.calls[report.pk]
        if (call.round, call.asking) == (case.round, asking) and call.at >= case.opened_at
    ]  # fmt: skip
    fruitless = [call for call in made if call.outcome in FRUITLESS]
    spoken = len(fruitless) < len(made)
    done = (report.pk, case.round, asking) in told.rated or spoken or given_up(rule, fruitless)
    if asking == 1:
        return Caller(report, fruitless, done, most=most)
    first = [call.by_id for call in told.calls[report.pk] if (call.round, call.asking) == (case.round, 1)]
    return Caller(report, fruitless, done, told.again[case.pk], frozenset(first), most)


def _asking(report: Report, case: Case, again: Step | None) -> int:
    """2 where people, this person among them, are asked again in this round."""
    if again is None or again.facts.get("round") != case.round:
        return 1
    return 2 if again.facts.get("report") in (None, report.pk) else 1


def asking_of(report: Report, case: Case) -> int:
    """Whether this person is asked for the first or the second time in this round of the case that answers them."""
    return _asking(report, case, asked_again(case))


def next_of(callers: list[Caller], wanted: str = "") -> Caller | None:
    """The one named by the number of the report, else the first who has not been asked yet."""
    named = next((one for one in callers if str(one.report.pk) == wanted), None)
    return named or next((one for one in callers if not one.done), next(iter(callers), None))


def others_wait(case: Case, report: Report, at: datetime) -> bool:
    """Whether somebody else has still to be asked or given up."""
    return any(not one.done for one in callers_of(case, at) if one.report.pk != report.pk)


def calls_in(report: Report, case: Case, asking: int) -> list[Callback]:
    """The calls of an asking in this round, oldest first."""
    return list(Callback.objects.filter(report=report, round=case.round, asking=asking).order_by("at", "pk"))


def fruitless_calls(report: Report, case: Case) -> list[Callback]:
    """The calls of this asking by which this person was not asked, oldest first."""
    made = calls_in(report, case, asking_of(report, case))
    return [call for call in made if call.outcome in FRUITLESS]


def rating_of(report: Report, case: Case) -> Rating | None:
    """What this person has answered to this asking."""
    return _rating(report, case, asking_of(report, case))


def rating_beside(steps: Iterable[Step], report: Report, case: Case) -> Rating | None:
    """The same, where the steps of the case are at hand."""
    again = [step for step in steps if step.verb == Verb.ASK_AGAIN and step.facts.get("round") == case.round]
    return _rating(report, case, _asking(report, case, again[-1] if again else None))


def _rating(report: Report, case: Case, asking: int) -> Rating | None:
    return Rating.objects.filter(report=report, round=case.round, asking=asking).first()
