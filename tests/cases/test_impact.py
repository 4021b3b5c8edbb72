"""Which cases another list would send to another unit: counted by unit and street, with those behind each count."""

from datetime import timedelta

import pytest

from accountability.actions import Wording, take_off
from accountability.actions.items import stamp
from cases.impact import PAST, STREET, behind, effect, moved
from cases.models import Case
from tests import stories
from tests.accountability.lists import begun, said, write
from tests.world import world

pytestmark = pytest.mark.django_db
BY_STREET = Wording("lead", "组织整治", party="street", party_name="街道办事处")


@pytest.fixture
def w():
    w = world()
    w.case, w.old = stories.accepted(w, item=w.item), stories.closed(w)
    Case.objects.filter(pk=w.old.pk).update(opened_at=w.at - PAST - timedelta(days=1))
    return w


def counts(found: dict) -> dict:
    return {unit: (count.open, count.past) for unit, count in found.items()}


def test_an_item_that_the_street_would_lead_goes_to_the_office_of_each_place(w):
    draft = begun(w)
    write(w, draft, "", duties=[BY_STREET])
    items = moved(w.version, draft)
    told = effect(items, w.at)
    assert items == {w.item.pk: (w.works.pk, STREET)}
    assert (counts(told.to), counts(told.source)) == ({w.office.pk: (1, 1)}, {w.works.pk: (1, 1)})
    assert counts(told.streets) == {w.office.pk: (1, 1)}
    assert list(behind(items, w.at, way="to", unit=w.office.pk)) == [w.case]
    assert list(behind(items, w.at, way="to", unit=w.other_office.pk)) == []
    assert list(behind(items, w.at, of="past", way="from", unit=w.works.pk, street=w.office.pk)) == [w.case]


def test_what_comes_to_the_office_that_leads_it_already_does_not_move(w):
    draft, office = begun(w), Wording("lead", "组织整治", w.office)
    write(w, draft, "", duties=[BY_STREET])
    after = begun(w)
    write(w, after, "", duties=[office])
    items = moved(draft, after)
    assert effect(items, w.at).whole.open == 0
    assert list(behind(items, w.at)) == []


def test_an_item_off_the_list_leaves_its_cases_to_nobody(w):
    draft = begun(w)
    take_off(draft, w.item, seen=stamp(draft, w.item), by=w.of(w.establishment), at=w.at)
    told = effect(moved(w.version, draft), w.at)
    assert (counts(told.to), counts(told.source)) == ({}, {w.works.pk: (1, 1)})


def test_other_words_move_nobody_and_what_is_withheld_is_not_counted(w):
    draft = begun(w)
    write(w, draft, "换个说法")
    assert moved(w.version, draft) == {}
    write(w, draft, "", duties=[Wording("lead", "查", w.police), *said(draft, w.item).duties[2:]])
    assert effect(moved(w.version, draft), w.at).whole.past == 1
    stories.withheld(w, w.case)
    assert effect(moved(w.version, draft), w.at).whole.past == 0
