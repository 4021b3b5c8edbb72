"""Who is called for an item, by the version of the list that counts on the day."""

from datetime import date, timedelta

import pytest

from accountability.duties import calls_for, duty_texts, version_on
from accountability.models import Duty, ItemVersion, ListVersion
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def said(w) -> ItemVersion:
    return ItemVersion.objects.get(item=w.item, version=w.version)


def next_version(w, day: date) -> ListVersion:
    ListVersion.objects.filter(pk=w.version.pk).update(in_force_until=day)
    return ListVersion.objects.create(kind=w.list_kind, number=2, label="2", in_force_from=day)


def test_the_version_of_the_day_counts(w):
    newer = next_version(w, date(2026, 3, 10))
    assert version_on(date(2026, 3, 9)) == w.version
    assert version_on(date(2026, 3, 10)) == newer
    assert version_on(date(2019, 12, 31)) is None


def test_the_list_names_who_leads_and_who_supports(w):
    called = [(unit, leads, duty.text) for unit, leads, duty in calls_for(w.item, w.version, w.office)]
    assert called == [(w.works, True, "负责查处"), (w.police, False, "协助")]


def test_the_street_office_is_named_in_the_text_but_not_called_to_support(w):
    assert [duty.party_name for duty in duty_texts(w.item, w.version)][-1] == "街道办事处"
    assert w.office not in [party.unit for party in calls_for(w.item, w.version, w.office)]


def test_where_the_street_leads_its_office_is_called_and_named_units_support(w):
    Duty.objects.filter(item_version=said(w), kind="lead").delete()
    Duty.objects.create(item_version=said(w), kind="lead", party="street", party_name="街道办事处", text="组织")
    parties = calls_for(w.item, w.version, w.office)
    assert [(party.unit, party.leads) for party in parties] == [(w.office, True), (w.police, False)]


def test_of_two_leading_units_the_first_leads_and_the_second_supports(w):
    Duty.objects.create(
        item_version=said(w), kind="lead", party="unit", unit=w.market, party_name="市监", text="也查", order=5
    )
    parties = calls_for(w.item, w.version, w.office)
    assert [(party.unit, party.leads) for party in parties] == [
        (w.works, True),
        (w.market, False),
        (w.police, False),
    ]


def test_a_unit_outside_the_district_shows_that_it_is_not_commanded(w):
    assert not calls_for(w.city_item, w.version, w.office)[0].unit.commanded


def test_without_a_version_nobody_is_called(w):
    assert calls_for(w.item, None, w.office) == []


def test_reading_takes_one_statement(w, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert [party.unit.name for party in calls_for(w.item, w.version, w.office)]


def test_a_version_made_for_tomorrow_does_not_count_today(w):
    next_version(w, w.at.date() + timedelta(days=1))
    assert version_on(w.at.date()) == w.version
