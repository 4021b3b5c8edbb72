"""Matters of the demo that were reported twice, and one that holds two: merged, taken out again, a repeat, split."""

from datetime import datetime

from django.db.models import QuerySet

from cases import actions
from cases.linking import TAKING_IN
from cases.models import Case, Origin, State
from engagement.models import Report
from grids.standing import Standing

# Scenes (of those that tell another's matter once more) that turn out to be another place, and an answered repeat.
TAKEN_OUT, REPEATED = 13, 39
SPLIT = 15
# Scenes that the hotline takes down as confidential, with its own words for the matter.
CONFIDENTIAL = {19: "健身房停业，已办的年卡不退"}
SAME = "同一处、同一件事，前一件已在办，并入一起答复。"
OTHER = "到现场看是另一段路，不是同一处，单独办理。"
ANSWERED = "同一人反映同一事，无新情况，按前一件的答复回复。"
TWO_THINGS = "诉求里说了两件事，另一件单独办理。"


def once_more(case: Case, number: int, *, street: Standing, leader: Standing) -> Case:
    """Goes into the first of the same matter; where that has not been played yet, it stays as it came in."""
    if number == REPEATED:
        return _repeat(case, leader)
    main = _same_matter(case).filter(state__in=TAKING_IN).first()
    if main is None:
        return case
    case = actions.merge(case, by=street, at=_latest(case, main), main=main, note=SAME, origin=Origin.DEMO)
    if number != TAKEN_OUT:
        return case
    return actions.unmerge(case, by=street, at=_latest(case, main), note=OTHER, origin=Origin.DEMO)


def in_two(case: Case, number: int, *, street: Standing, at: datetime) -> Case:
    """A part goes on as a case of its own."""
    if number != SPLIT:
        return case
    return actions.split(
        case, by=street, at=at, summary="店内垃圾桶敞着，招苍蝇", category=case.category, note=TWO_THINGS,
        origin=Origin.DEMO,
    )  # fmt: skip


def _repeat(case: Case, leader: Standing) -> Case:
    earlier = _same_matter(case).filter(state=State.CLOSED, closed_at__lt=case.opened_at).first()
    if earlier is None:
        return case
    at = _latest(case)
    return actions.answer_as_repeat(case, by=leader, at=at, earlier=earlier, note=ANSWERED, origin=Origin.DEMO)


def _same_matter(case: Case) -> QuerySet[Case]:
    """Those of the same place that came in with the same words."""
    same = Report.objects.filter(case=case).values("words")
    there = Case.objects.filter(origin=Origin.DEMO, place_code=case.place_code, reports__words__in=same)
    return there.exclude(pk=case.pk).order_by("pk")


def _latest(*cases: Case) -> datetime:
    return max(step.at for one in cases for step in one.steps.all())
