"""职能目录 for anybody: what is in force, what was before, and what a version changed."""

import pytest
from django.urls import reverse

from accountability.models import Function, FunctionList
from tests.beyond import with_functions

PAGE = reverse("engagement:functions")


@pytest.fixture
def beyond(w, monkeypatch, tmp_path):
    made = with_functions(w, monkeypatch, tmp_path)
    newer = FunctionList.objects.create(number=2, label="第二版", in_force_from="2021-01-01", basis="新文号")
    Function.objects.create(
        version=newer, code="ZN-JY-01", area="教育", title="入学划片", kind="handle", amount=5,
        time_unit="working_day", words="上学 小学 划片 学区 学位", unit=made.market,
    )  # fmt: skip
    return made


def test_what_is_in_force_stands_there_with_its_version_and_what_it_changed(beyond, client):
    told = client.get(PAGE).content.decode()
    assert all(words in told for words in ("第二版", "新文号", "入学划片", "区市监局"))
    assert [(line.name, line.what) for line in client.get(PAGE).context["lines"]] == [
        ("ZN-GJ-01", "gone"), ("ZN-JY-01", "changed"),
    ]  # fmt: skip


def test_an_earlier_version_is_read_by_its_number(beyond, client):
    told = client.get(PAGE, {"version": 1}).content.decode()
    assert "请拨打试验热线" in told
    assert client.get(PAGE, {"version": 9}).status_code == 404


def test_before_anything_is_in_force_the_page_says_so(w, client):
    assert client.get(PAGE).status_code == 200


def test_the_page_asks_a_fixed_number_of_questions(beyond, client, django_assert_num_queries):
    client.get(PAGE)
    with django_assert_num_queries(8):
        client.get(PAGE)
