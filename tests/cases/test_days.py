"""Day rows say at every moment what the cases say, folded or not."""

from collections import Counter

import pytest
from django.db.models import Sum

from audit.asking import broken
from cases import actions, days
from cases.invariants import DAYS_APART
from cases.models import CaseDay, Happening
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


def kept() -> Counter[tuple[str, str, str | None]]:
    rows = CaseDay.objects.values_list("what", "street_code", "unit__code").annotate(sum=Sum("number"))
    return Counter({(what, street, unit): number for what, street, unit, number in rows if number})


def sound() -> bool:
    return list(broken([DAYS_APART])) == []


def test_a_report_counts_once_at_its_street():
    w = world()
    stories.reported(w)
    assert kept() == {("opened", w.street.code, None): 1}


def test_a_case_handed_to_a_street_counts_there_and_no_longer_at_the_district():
    w = world()
    case = stories.reported(w, area=w.district)
    actions.place(case, by=w.of(w.desk_officer), at=w.at, area=w.street)
    assert kept() == {("opened", w.street.code, None): 1}
    assert sound()


def test_accepting_under_another_category_moves_the_count():
    w = world()
    case = stories.reported(w)
    other = w.other_category if case.category_id == w.category.pk else w.category
    actions.accept(case, by=w.of(w.dispatcher), at=w.at, summary="另一类", category=other, urgency="normal")
    found = CaseDay.objects.filter(category=other).aggregate(sum=Sum("number"))
    assert found["sum"] == CaseDay.objects.aggregate(sum=Sum("number"))["sum"] == 1
    assert sound()


def test_a_closed_case_counts_for_the_place_and_for_each_unit_called():
    w = world()
    stories.closed(w)
    found = kept()
    assert found["closed", w.street.code, None] == 1
    assert {unit for what, _street, unit in found if what == Happening.CLOSED and unit} == {
        unit for what, _street, unit in found if what == Happening.CALLED
    }
    assert sound()


def test_folding_changes_no_sum_and_leaves_one_row_a_key():
    w = world()
    for _ in range(3):
        stories.closed(w)
    before = kept()
    assert days.fold() > 0
    assert days.fold() == 0
    stories.reported(w)
    days.fold()
    assert kept() == before + Counter({("opened", w.street.code, None): 1})
    assert CaseDay.objects.count() == len(kept())


def test_a_lost_row_is_named():
    w = world()
    stories.reported(w)
    CaseDay.objects.all().delete()
    assert not sound()
