"""Beside the words, what is common at a place speaks and is named; in public of whole streets only."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.timezone import localdate

from accountability.models import Situation
from accountability.worktime import LOCAL
from audit import clock
from cases.common import week_of
from cases.models import SituationWeek
from tests.api.asking import program
from tests.beyond import SCHOOLING, with_functions
from tests.engagement.test_belonging import CLERK, said

ASK, WHO, PROGRAM = reverse("engagement:suggested"), reverse("engagement:who"), "/api/v1/who/"
STREET, COMMUNITY, GRID = (f"近四周本{name}经常反映" for name in ("街道", "社区", "网格"))
STALLS = "摊主占道摆摊"


@pytest.fixture
def often(w, monkeypatch, tmp_path):
    """Five stalls were reported in the first grid this week, and in no other."""
    with_functions(w, monkeypatch, tmp_path)
    cache.clear()
    facts = {"looks_like": "-", "photograph": "-", "first_action": "-"}
    w.stall = Situation.objects.create(item=w.item, code="S-9", name="试验", **facts)
    reported(w, w.grid, 5)
    return w


def reported(w, area, number: int) -> None:
    week = week_of(localdate(clock.now(), LOCAL))
    for length in (9, 12, 15):
        SituationWeek.objects.create(place_code=area.code[:length], week=week, situation=w.stall, number=number)


def told(client, words=STALLS, **place) -> str:
    return client.post(ASK, {"words": words, **place}).content.decode()


def test_a_clerk_reads_that_it_is_common_at_the_place_chosen_and_at_no_other(often, client):
    client.force_login(often.clerk)
    assert COMMUNITY in told(client, area=often.community.code)
    assert STREET in told(client, area=often.street.code)
    assert "经常反映" not in told(client, area=often.other_street.code)
    assert "经常反映" not in told(client)
    assert "经常反映" not in told(client, words=SCHOOLING, area=often.community.code)


def test_the_point_of_a_device_says_the_grid_and_one_that_makes_no_sense_says_nothing(often, client):
    client.force_login(often.worker)
    point = {"lon": "117.005", "lat": "36.605", "datum": "wgs84"}
    assert GRID in told(client, **point)
    assert GRID not in told(client, **{**point, "lon": "117.025"}, area=often.far_grid.code)
    assert COMMUNITY in told(client, **{**point, "lon": "118.5"}, area=often.community.code)
    for wrong in ({"area": "\x00"}, {"area": "9" * 99}, {**point, "lat": "nan"}, {**point, "datum": "?"}):
        assert "ZHZF-01" in told(client, **wrong)


def test_without_a_script_the_button_asks_with_the_place(often, client):
    client.force_login(often.clerk)
    answer = client.post(CLERK, said(words=STALLS, suggest="1", area=often.community.code))
    assert COMMUNITY in answer.content.decode()


def test_the_public_page_and_its_api_say_what_is_common_in_a_street_from_five_on(often, client):
    asked = {"q": "占道摆摊", "street": often.street.code}
    assert STREET in client.get(WHO, asked).content.decode()
    [answer] = client.get(PROGRAM, asked).json()["answers"]
    assert answer["beside"] == [STREET]
    reported(often, often.grid, -1)
    assert "经常反映" not in client.get(WHO, asked).content.decode()
    assert "经常反映" not in client.get(WHO, {"q": "占道摆摊"}).content.decode()


def test_programs_name_an_area_and_an_unknown_one_is_refused(often):
    ask = program(often.clerk).post
    [answer] = ask("suggest/", {"summary": STALLS, "area": often.grid.code}).json()["suggestions"]
    assert (answer["code"], answer["beside"]) == ("ZHZF-01", [GRID])
    [answer] = ask("suggest/", {"summary": STALLS}).json()["suggestions"]
    assert answer["beside"] == []
    refused = ask("suggest/", {"summary": STALLS, "area": "99"})
    assert (refused.status_code, refused.json()["code"]) == (422, "unknown_area")


def test_with_a_place_one_question_more_is_asked(often, client, django_assert_num_queries):
    client.force_login(often.clerk)
    told(client, area=often.community.code)
    with django_assert_num_queries(5):
        told(client, area=often.community.code)
    with django_assert_num_queries(4):
        told(client)
