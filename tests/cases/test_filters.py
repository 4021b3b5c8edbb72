"""Filters of cases: each asks one question, none widens what is seen."""

from datetime import timedelta

import pytest

from cases.filters import DUE, CaseFilter, days_ahead
from cases.models import Case
from tests import stories
from tests.present import let_time_pass
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def asked(w, at=None, **given) -> set[str]:
    found = CaseFilter(given, queryset=Case.objects.all(), at=at or w.at, by=w.of(w.works_officer))
    assert found.is_valid(), found.errors
    return set(found.qs.values_list("number", flat=True))


def test_every_open_case_is_due_in_exactly_one_group(w):
    cases = {stories.reported(w).number, stories.whistled(w).number, stories.inspecting(w).number}
    stories.closed(w)
    for later in (0, 6, 24, 48, 24 * 40):
        at = w.at + timedelta(hours=later)
        groups = [asked(w, at=at, due=group) for group in DUE]
        assert set.union(*groups) == cases
        assert sum(map(len, groups)) == len(cases)


def test_exactly_at_the_due_moment_nothing_is_overdue(w):
    case = stories.reported(w)
    due = Case.objects.get(pk=case.pk).due_at
    assert asked(w, at=due, due="over") == set()
    assert asked(w, at=due + timedelta(microseconds=1), due="over") == {case.number}


def test_a_case_due_at_the_end_of_the_day_is_due_today(w):
    case = stories.reported(w)
    Case.objects.filter(pk=case.pk).update(due_at=days_ahead(w.at, 1) - timedelta(microseconds=1))
    assert asked(w, due="today") == {case.number}
    Case.objects.filter(pk=case.pk).update(due_at=days_ahead(w.at, 1))
    assert asked(w, due="tomorrow") == {case.number}


def test_a_unit_finds_what_it_is_called_to(w):
    called = stories.whistled(w).number
    stories.reported(w)
    assert asked(w, unit=w.works.code) == {called}
    assert asked(w, unit=w.market.code) == set()


def test_an_area_holds_what_lies_inside(w):
    here, there = stories.reported(w).number, stories.reported(w, area=w.far_grid).number
    assert asked(w, area=w.street.code) == {here}
    assert asked(w, area=w.district.code) == {here, there}


def test_a_day_is_a_local_day(w):
    case = stories.reported(w)
    Case.objects.filter(pk=case.pk).update(opened_at=days_ahead(w.at, 0))
    today = days_ahead(w.at, 0).date()
    assert asked(w, opened_from=today, opened_to=today) == {case.number}
    assert asked(w, opened_to=today - timedelta(days=1)) == set()


def test_just_whistled_is_within_a_day(w):
    case = stories.whistled(w)
    blown = case.whistles.get().blown_at
    assert asked(w, at=blown + timedelta(hours=23), whistled="just") == {case.number}
    assert asked(w, at=blown + timedelta(hours=24), whistled="just") == set()
    assert asked(w, at=blown + timedelta(days=9), whistled="ever") == {case.number}


@pytest.mark.parametrize("bad", [{"state": "gone"}, {"area": "37x"}, {"due": "soon"}, {"opened_from": "yesterday"}])
def test_what_is_no_such_filter_is_refused(w, bad):
    assert not CaseFilter(bad, queryset=Case.objects.all(), at=w.at).is_valid()


def test_a_unit_is_late_only_where_it_is_late_itself(w):
    case = stories.whistled(w)
    late = case.summonses.get(unit=w.police)
    let_time_pass(days=9, subject_kind="summons", subject_id=late.pk)
    assert asked(w, unit=w.police.code, due="over") == asked(w, due="over") == {case.number}
    assert asked(w, unit=w.works.code, due="over") == set()


def test_a_unit_finds_what_it_was_called_to_on_a_day(w):
    called = stories.whistled(w)
    today = days_ahead(w.at, 0).date()
    for unit, found in ((w.works, {called.number}), (w.market, set())):
        assert asked(w, unit=unit.code, called=today.isoformat()) == found
    assert asked(w, unit=w.works.code, called=(today - timedelta(days=1)).isoformat()) == set()


def test_what_no_street_is_known_for_is_found(w):
    lost = stories.reported(w, area=w.district)
    stories.reported(w, area=w.street)
    assert asked(w, known="district") == {lost.number}


def test_the_last_day_there_is_leaves_nothing_out(w):
    case = stories.reported(w)
    assert asked(w, opened_to="9999-12-31") == {case.number}
