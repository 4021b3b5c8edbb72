"""Words are asked of the list first, then of what departments do beyond it, then a person decides; never the street."""

from uuid import uuid4

import pytest
from django.urls import reverse

from accountability.models import Boundary, ListVersion
from cases.models import Case
from engagement.models import Report
from tests.beyond import HOUSE, SCHOOL, SCHOOLING, with_functions
from tests.engagement.ground import INSIDE, drawn, received

ASK, CLERK, FIELD = (reverse(f"engagement:{name}") for name in ("suggested", "clerk_report", "field_report"))
CITIZEN = reverse("engagement:report")


@pytest.fixture
def beyond(w, monkeypatch, tmp_path):
    return with_functions(w, monkeypatch, tmp_path)


def said(**more) -> dict:
    return {"form_key": str(uuid4()), "datum": "wgs84", "words": SCHOOLING, **more}


def opened(client, where, **more) -> Case:
    answer = client.post(where, said(**more))
    assert answer.status_code == 302, answer.context["form"].errors
    return Case.objects.latest("pk")


def test_clerk_and_grid_worker_see_three_with_words_sureness_and_boundary(beyond, client):
    Boundary.objects.create(one="ZHZF-01", other=SCHOOL, note="占路归执法，入学归教育")
    words = {"words": "学区划片没有学位，门口还有烧烤摊占道"}
    for user in (beyond.clerk, beyond.worker):
        client.force_login(user)
        drawn = client.post(ASK, words).content.decode()
        assert f'name="belongs" value="{SCHOOL}"' in drawn
        assert 'name="belongs" value="ZHZF-01"' in drawn
        assert 'name="belongs" value="" checked' in drawn
        assert "占路归执法，入学归教育" in drawn
        assert "%" in drawn
        assert client.get(ASK).status_code == 405


def test_nobody_else_is_told_anything(beyond, client):
    assert client.post(ASK, {"words": SCHOOLING}).status_code == 302
    client.force_login(beyond.dispatcher)
    assert client.post(ASK, {"words": SCHOOLING}).status_code == 403


def test_without_a_script_the_button_asks_and_keeps_what_was_typed(beyond, client):
    client.force_login(beyond.clerk)
    answer = client.post(CLERK, said(name="董小满", suggest="1"))
    assert "董小满" in answer.content.decode()
    assert f'name="belongs" value="{SCHOOL}"' in answer.content.decode()
    assert not Report.objects.exists()


def test_what_a_clerk_puts_under_a_function_goes_to_the_desk_with_it(beyond, client):
    client.force_login(beyond.clerk)
    case = opened(client, CLERK, belongs=HOUSE, area=beyond.community.code)
    assert (case.area, case.function, case.item) == (beyond.district, beyond.house, None)
    assert case.steps.get().facts["function"] == HOUSE


def test_what_a_clerk_puts_under_an_item_goes_to_the_street_whatever_the_words_suggest(beyond, client):
    client.force_login(beyond.clerk)
    case = opened(client, CLERK, belongs="ZHZF-01", area=beyond.community.code)
    assert (case.area, case.item, case.category) == (beyond.community, beyond.item, beyond.item.category)


def test_what_a_resident_says_of_no_item_never_goes_to_the_street_by_default(beyond, client):
    assert opened(client, CITIZEN, area=beyond.community.code).area == beyond.district
    case = opened(client, CITIZEN, area=beyond.community.code, words="烧烤摊占道，摊主天天摆摊")
    assert (case.area, case.function, case.item) == (beyond.community, None, None)


@pytest.mark.parametrize(("door", "who"), [(CITIZEN, None), (CLERK, "clerk")])
def test_words_near_neither_wait_for_a_person_who_hands_them_where_they_lie_in_one_press(beyond, client, door, who):
    if who:
        client.force_login(getattr(beyond, who))
    case = opened(client, door, area=beyond.community.code, words="麻烦来人看一下")
    assert (case.area, case.office) == (beyond.district, beyond.desk)
    client.force_login(beyond.dispatcher)
    assert client.get(reverse("desk:case", args=[case.number])).status_code == 404
    client.force_login(beyond.desk_officer)
    page = client.get(f"{reverse('desk:queue')}?case={case.number}")
    assert beyond.community.name in page.context["page"].lines[0].where
    form = page.context["opened"].hand_on
    assert form["street"].value() == beyond.street.code
    assert beyond.community.name in page.content.decode()
    said = {one.html_name: one.value() or "" for one in form}
    assert client.post(reverse("cases:move", args=[case.number, "place"]), said).status_code == 302
    case.refresh_from_db()
    assert (case.area, case.office) == (beyond.community, beyond.office)


def test_the_desk_may_name_another_street_than_was_said(beyond, client):
    case = opened(client, CITIZEN, area=beyond.community.code, words="麻烦来人看一下")
    client.force_login(beyond.desk_officer)
    form = client.get(reverse("cases:move", args=[case.number, "place"])).context["form"]
    said = {one.html_name: one.value() or "" for one in form} | {"street": beyond.other_street.code}
    assert client.post(reverse("cases:move", args=[case.number, "place"]), said).status_code == 302
    case.refresh_from_db()
    assert case.area == beyond.other_street


def test_a_point_alone_says_the_street_too(beyond, client):
    drawn(beyond)
    case = opened(client, CITIZEN, words="麻烦来人看一下", lon=INSIDE.lon, lat=INSIDE.lat)
    assert case.area == beyond.district
    client.force_login(beyond.desk_officer)
    form = client.get(reverse("cases:move", args=[case.number, "place"])).context["form"]
    assert form["street"].value() == beyond.street.code


def test_what_a_street_worker_took_up_on_the_spot_stays_whatever_the_words(beyond, client):
    client.force_login(beyond.worker)
    assert opened(client, FIELD, area=beyond.grid.code, words="麻烦来人看一下").area == beyond.grid


def test_its_receipt_promises_no_street(beyond, client):
    case = opened(client, CITIZEN, area=beyond.community.code, words="麻烦来人看一下")
    page = client.get(reverse("engagement:receipt", args=[Report.objects.get(case=case).receipt_shown])).content
    assert "已收到，区里正在确定由谁办" in page.decode()


def test_where_no_list_is_in_force_the_place_alone_decides(beyond, client):
    ListVersion.objects.update(in_force_from="2199-01-01")
    assert opened(client, CITIZEN, area=beyond.community.code, words="麻烦来人看一下").area == beyond.community


def test_a_grid_worker_stands_before_it_and_is_believed(beyond, client):
    client.force_login(beyond.worker)
    assert opened(client, FIELD, area=beyond.grid.code).area == beyond.grid
    case = opened(client, FIELD, area=beyond.grid.code, belongs=SCHOOL)
    assert (case.area, case.function) == (beyond.district, beyond.school)


@pytest.mark.parametrize("code", ["ZN-XX-99", "<b>"])
def test_a_code_that_stands_nowhere_is_refused_at_its_field(beyond, client, code):
    client.force_login(beyond.clerk)
    answer = client.post(CLERK, said(belongs=code))
    assert set(answer.context["form"].errors) >= {"belongs"}
    assert not Report.objects.exists()


def test_what_is_played_or_brought_in_keeps_its_place(beyond):
    assert received(beyond, words=SCHOOLING, category=None, origin="demo").case.area == beyond.grid


def test_a_suggestion_asks_a_fixed_number_of_questions(beyond, client, django_assert_num_queries):
    client.force_login(beyond.clerk)
    client.post(ASK, {"words": SCHOOLING})
    with django_assert_num_queries(4):
        client.post(ASK, {"words": SCHOOLING})
