"""The figures by day are those of the marks, folded or not, and no mark counts twice."""

import pytest
from django.db.models import Sum

from assessment import days
from assessment.actions import mark
from assessment.invariants import DAYS_APART
from assessment.models import Mark, MarkDay
from audit.asking import broken
from cases.models import Step, Verb
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


def sums() -> dict[str, int]:
    return MarkDay.objects.aggregate(**{name: Sum(name) for name in days.COUNTS})


def test_they_count_what_the_marks_say():
    case = stories.closed(world())
    mark([Step.objects.get(case=case, verb=Verb.CLOSE)], at=case.closed_at)
    marks = Mark.objects.all()
    assert sums()["number"] == marks.count() > 1
    for figure in days.FIGURES:
        assert sums()[f"{figure}_yes"] == marks.filter(**{figure: True}).count()
        assert sums()[f"{figure}_no"] == marks.filter(**{figure: False}).count()
    assert list(broken([DAYS_APART])) == []


def test_marking_twice_counts_once_and_folding_changes_no_sum():
    case = stories.closed(world())
    step = Step.objects.get(case=case, verb=Verb.CLOSE)
    mark([step], at=case.closed_at)
    before = sums()
    assert mark([step], at=case.closed_at) == []
    assert days.fold() > 0
    assert (sums(), days.fold()) == (before, 0)


def test_a_lost_row_is_named():
    case = stories.closed(world())
    mark([Step.objects.get(case=case, verb=Verb.CLOSE)], at=case.closed_at)
    MarkDay.objects.filter(pk=MarkDay.objects.latest("pk").pk).delete()
    assert list(broken([DAYS_APART])) != []
