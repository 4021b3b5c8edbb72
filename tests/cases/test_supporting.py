"""Which units another list would call in support as well, or no more, and for how many cases."""

import pytest
from django.urls import reverse

from accountability.actions import Wording
from cases.impact import effect, moved
from cases.supporting import behind, changed, counted
from tests import stories
from tests.accountability.lists import begun, legal, write
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    w = world()
    w.case = stories.accepted(w)
    w.draft = begun(w)
    duties = [Wording("lead", "负责查处", w.works), Wording("support", "协助食品", w.market)]
    write(w, w.draft, "", duties=duties)
    return w


def test_who_joins_and_who_leaves_is_counted_apart_from_who_leads(w):
    assert effect(moved(w.version, w.draft), w.at).whole.open == 0
    told = counted(changed(w.version, w.draft), w.at)
    assert {unit: (count.open, count.past) for unit, count in told.joins.items()} == {w.market.pk: (1, 1)}
    assert {unit: (count.open, count.past) for unit, count in told.leaves.items()} == {w.police.pk: (1, 1)}
    assert list(behind(changed(w.version, w.draft), w.at, of="open", way="joins", unit=w.market.pk)) == [w.case]
    assert list(behind(changed(w.version, w.draft), w.at, of="open", way="leaves", unit=w.market.pk)) == []


def test_who_would_lead_in_place_of_supporting_is_no_loss(w):
    write(w, w.draft, "", duties=[Wording("lead", "负责查处", w.police), Wording("support", "协助", w.works)])
    assert changed(w.version, w.draft) == {}


def test_the_page_shows_both_with_the_cases_behind(client, w):
    client.force_login(w.establishment)
    where = f"{reverse('desk:list_impact')}?before={w.version.pk}&after={w.draft.pk}"
    page = client.get(where).content.decode()
    assert "新增配合" in page
    assert "不再配合" in page
    behind_it = f"{where}&way=joins&unit={w.market.pk}&of=open"
    answer = client.get(behind_it)
    assert (answer.context["cases"], answer.context["open_to"]) == ([w.case], set())
    assert w.case.summary not in answer.content.decode()
    leader = legal(w)
    w.desk_officer.postings.update(user=leader)
    client.force_login(leader)
    assert client.get(behind_it).context["open_to"] == {w.case.pk}
    assert client.get(f"{where}&way=joins&unit={w.police.pk}&of=open").context["cases"] == []
