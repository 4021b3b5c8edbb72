"""谁来管: anybody asks, and is answered word for word as the list in force says it, page and API alike."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from accountability.models import Boundary, Function, FunctionList, Situation
from accountability.situations import index

PAGE, API = reverse("engagement:who"), "/api/v1/who/"
DUTY = "负责查处占道摊点，劝阻后仍不改的暂扣工具"


@pytest.fixture
def asked(w):
    facts = {"looks_like": "摊车停在路边", "photograph": "-", "first_action": "-"}
    w.stall = Situation.objects.create(
        item=w.item, code="S-2", name="摊点占道", words="摆摊、烤串", urgency="urgent", **facts
    )
    index([w.stall])
    said = w.item.versions.get()
    said.duties.filter(kind="lead").update(text=DUTY)
    said.duties.filter(party="street").update(text="先行劝阻")
    return w


def page(client, **query) -> str:
    return client.get(PAGE, query).content.decode()


def test_who_leads_who_helps_with_text_limit_and_version(asked, client):
    told = page(client, q="摆摊", street=asked.street.code)
    assert all(words in told for words in (
        "占道经营", "区城管局", DUTY, "区公安分局", "甲街道办", "先行劝阻", "参考清单第1版", "2020-01-01", "试验",
    ))  # fmt: skip


def test_without_a_street_its_office_is_named_as_the_list_names_it(asked, client):
    assert "街道办事处" in page(client, q="摆摊")
    assert "甲街道办" not in page(client, q="摆摊")


def test_an_item_is_found_by_its_own_name(asked, client):
    assert DUTY in page(client, q="占道经营")


def test_what_the_list_does_not_name_is_nobodys_and_not_the_streets(asked, client):
    told = page(client, q="公积金怎么提取", street=asked.street.code)
    assert client.get(PAGE, {"q": "公积金怎么提取"}).context["rows"] == []
    assert "<blockquote" not in told
    assert reverse("engagement:report") in told


@pytest.fixture
def catalogue(asked):
    listed = FunctionList.objects.create(number=1, label="参考职能目录", in_force_from=date(2020, 1, 1), basis="试验")
    facts = {"version": listed, "area": "试验", "unit": asked.market}
    Function.objects.create(
        code="ZN-1", title="公积金提取和贷款", kind="answer", answer="请到公积金中心", words="公积金 提取 贷款", **facts
    )
    Function.objects.create(
        code="ZN-2",
        title="入学划片",
        kind="handle",
        amount=10,
        time_unit="working_day",
        words="上学 划片 学区",
        **facts,
    )
    return asked


def test_what_is_beyond_the_list_is_answered_by_the_department_that_does_it(catalogue, client):
    assert "请到公积金中心" in page(client, q="公积金", street=catalogue.street.code)
    told = page(client, q="孩子明年上学是怎么划片的", street=catalogue.street.code)
    assert "区市监局" in told
    assert "入学划片" in told
    assert "甲街道办" not in told
    assert "公积金" not in told
    one = Client().get(API, {"q": "划片"}).json()["functions"][0]
    assert (one["code"], one["unit"], one["amount"], one["words"]) == ("ZN-2", "SJ", 10, ["划片"])


def test_the_list_is_asked_first(catalogue, client):
    answer = client.get(PAGE, {"q": "摆摊"}).context["answer"]
    assert ([row.said.item.code for row in answer.rows], answer.beyond) == (["ZHZF-01"], ())


def test_where_two_come_up_it_says_which_applies(catalogue, client):
    Boundary.objects.create(one="ZHZF-01", other="ZN-2", note="占路归执法，入学归教体。")
    Function.objects.filter(code="ZN-2").update(words="摆摊")
    assert "占路归执法，入学归教体。" in page(client, q="摆摊")
    assert "占路归执法" not in page(client, q="公积金")


def test_a_sentence_is_answered_by_the_words_in_it(asked, client):
    answer = client.get(PAGE, {"q": "楼下天天有人摆摊到半夜"}).context["answer"]
    assert [row.said.item.code for row in answer.rows] == ["ZHZF-01"]
    assert "摆摊" in answer.rows[0].words[0]


def test_a_link_may_name_the_situation(asked, client):
    assert DUTY in page(client, situation="S-2")
    assert client.get(PAGE, {"situation": "nothing"}).context["rows"] == []


@pytest.mark.parametrize("query", [{"q": " "}, {"q": "x" * 101}, {"q": "油烟", "street": "nothing"}])
def test_what_is_asked_amiss_is_said(asked, client, query):
    assert client.get(PAGE, query).context["form"].errors


def test_page_and_programs_are_answered_so_often_a_minute(asked, client, settings):
    settings.PUBLIC_REQUESTS_A_MINUTE = 2
    statuses = [client.get(where, {"q": "摆摊"}).status_code for where in (PAGE, API, PAGE, API)]
    assert statuses == [200, 200, 429, 429]
    assert client.get(PAGE).status_code == 200


def test_a_program_needs_no_token(asked):
    answer = Client().get(API, {"q": "摆摊", "street": asked.street.code}).json()
    (one,) = answer["answers"]
    assert (answer["version"]["number"], answer["none_fits"], answer["advice"]) == (1, False, "")
    assert one["confidence"] > 0.5
    assert (one["item"], one["situation"], one["words"], one["contact"]) == ("ZHZF-01", "S-2", ["摆摊"], ["区城管局"])
    one["duties"][0].pop("id", None)
    assert one["duties"][0] == {"kind": "lead", "party": "unit", "unit": "CG", "party_name": "区城管局", "text": DUTY}
    assert {"phase", "amount", "unit", "basis"} == set(one["limits"][0])
    assert [duty["unit"] for duty in one["duties"] if duty["party"] == "street"] == ["J1"]


def test_a_program_hears_what_to_do_where_nobody_is_named(asked):
    answer = Client().get(API, {"q": "公积金"}).json()
    assert (answer["answers"], bool(answer["advice"])) == ([], True)


@pytest.mark.parametrize(("query", "status", "field"), [
    ("", 400, "q"), ("q=", 400, "q"), ("q=a&q=b", 400, "q"), ("word=x", 400, "word"),
    ("situation=%2F", 400, "situation"), ("q=摆摊&street=999", 422, "street"), (f"q={'x' * 101}", 400, "q"),
])  # fmt: skip
def test_a_program_that_asks_amiss_is_told(asked, query, status, field):
    answer = Client().get(f"{API}?{query}")
    assert (answer.status_code, answer.json()["field"]) == (status, field)


def test_the_number_of_questions_does_not_grow_with_what_is_found(asked, client, django_assert_num_queries):
    client.get(PAGE, {"q": "摆摊", "street": asked.street.code})
    with django_assert_num_queries(11):
        client.get(PAGE, {"q": "摆摊", "street": asked.street.code})
