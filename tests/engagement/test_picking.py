"""The picker on the grid worker's form: by words, by pictures, by what is common; without scripts, too."""

import pytest
from django.urls import reverse

from accountability.models import Situation, SituationGroup
from accountability.situations import index
from cases.models import Case
from tests.engagement.ground import INSIDE
from tests.engagement.test_reporting import at_point, said

FIELD, SEARCH = reverse("engagement:field_report"), reverse("engagement:field_situations")


@pytest.fixture
def picking(w):
    smoke = SituationGroup.objects.create(code="smoke", name="油烟气味", name_en="Smoke", icon="alarm-smoke", order=1)
    facts = {
        "looks_like": "排烟口对着窗",
        "photograph": "排烟口一张",
        "first_action": "上门劝清洗",
        "call": "综合执法中队",
    }
    w.smoke = Situation.objects.create(
        item=w.city_item, code="S-1", group=smoke, name="饭店油烟直排", words="呛人、炒菜味", urgency="urgent", **facts
    )
    w.stall = Situation.objects.create(item=w.item, code="S-2", name="摊点占道", words="摆摊", **facts)
    index(Situation.objects.all())
    return w


def text(answer) -> str:
    return answer.content.decode()


def test_everything_to_choose_is_on_the_page_under_its_picture(picking, client):
    client.force_login(picking.worker)
    page = text(client.get(FIELD))
    assert all(
        words in page for words in ("油烟气味", "饭店油烟直排", "排烟口一张", "上门劝清洗", "综合执法中队", "其他")
    )


def test_the_chosen_situation_fills_the_case(picking, client):
    client.force_login(picking.worker)
    client.post(FIELD, at_point(INSIDE, situation="S-1"))
    case = Case.objects.get()
    assert (case.situation, case.item, case.category) == (picking.smoke, picking.city_item, picking.other_category)
    assert case.urgency == "urgent"


def test_what_is_common_here_stands_in_front(picking, client):
    client.force_login(picking.worker)
    assert client.get(FIELD).context["form"].picker.common == []
    client.post(FIELD, at_point(INSIDE, situation="S-2"))
    assert client.get(FIELD).context["form"].picker.common == [picking.stall]


def test_without_scripts_the_button_searches_and_every_word_stays(picking, client):
    client.force_login(picking.worker)
    answer = client.post(FIELD, said(find=1, seek="呛人", place="甲一路口", situation="S-2"))
    picker = answer.context["form"].picker
    assert [one.situation for one in picker.found.rows] == [picking.smoke]
    assert picker.chosen == picking.stall
    assert text(answer).count("checked") == 1
    assert "甲一路口" in text(answer)
    assert not Case.objects.exists()


@pytest.mark.parametrize(("typed", "shown"), [("油烟", True), ("炒菜味太大了", True), ("公积金", False)])
def test_a_search_answers_with_what_may_be_chosen(picking, client, typed, shown):
    client.force_login(picking.worker)
    assert ('value="S-1"' in text(client.get(SEARCH, {"q": typed}))) == shown


def test_only_who_reports_from_the_street_searches(picking, client):
    client.force_login(picking.clerk)
    assert client.get(SEARCH, {"q": "油烟"}).status_code == 403


def test_a_situation_of_no_item_in_force_is_not_offered(picking, client):
    picking.city_item.versions.all()[0].duties.all().delete()
    picking.city_item.versions.all().delete()
    client.force_login(picking.worker)
    assert "饭店油烟直排" not in text(client.get(FIELD))
    answer = client.post(FIELD, at_point(INSIDE, situation="S-1"))
    assert answer.context["form"].has_error("situation")


def test_the_page_asks_the_same_number_of_questions_however_much_there_is(
    picking, client, django_assert_max_num_queries
):
    client.force_login(picking.worker)
    client.post(FIELD, at_point(INSIDE, situation="S-2"))
    facts = {"looks_like": "-", "photograph": "-", "first_action": "-"}
    Situation.objects.bulk_create(
        Situation(item=picking.item, code=f"X-{n}", name=f"情形{n}", **facts) for n in range(50)
    )
    with django_assert_max_num_queries(12):
        client.get(FIELD)
