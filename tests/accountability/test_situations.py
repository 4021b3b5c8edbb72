"""Situations are found by every part of what is said of them, and by what a story has in common with them."""

import csv
import re
from functools import cache

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from accountability import situations
from accountability.bigrams import LEAST, fold, words_of
from accountability.loading import DATA
from accountability.models import Situation, SituationTerms
from liixia.launcher.assets import ICON_NAMES
from tests.world import world

EMERGENCY = {"110", "119", "120"}


@cache
def rows(name: str = "situations") -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_item_has_situations_and_each_says_all_that_a_worker_needs():
    assert len(rows()) >= 160
    assert {row["item"] for row in rows()} == {row["code"] for row in rows("items")}
    groups = {row["code"] for row in rows("situation_groups")}
    for row in rows():
        assert all(said for name, said in row.items() if name != "at_once"), row["code"]
        assert row["code"].startswith(f"{row['item']}-"), row["code"]
        assert row["group"] in groups, row["code"]
        assert len(row["words"].split(situations.BETWEEN)) >= 3, row["code"]


def test_no_number_is_given_to_call_but_the_countrys_own():
    assert {number for row in rows() for number in re.findall(r"\d{3,}", row["call"])} <= EMERGENCY


def test_each_group_has_a_picture_of_the_set_and_is_used():
    pictures = set(ICON_NAMES.read_text().split())
    assert {row["icon"] for row in rows("situation_groups")} <= pictures
    assert {row["code"] for row in rows("situation_groups")} == {row["group"] for row in rows()}


@pytest.fixture(scope="module")
def shipped(django_db_setup, django_db_blocker):
    """The shipped situations alone, each under one item."""
    with django_db_blocker.unblock():
        w = world()
        wanted = ("code", "name", "words", "looks_like", "photograph", "first_action", "call", "urgency")
        made = [Situation(item=w.item, **{name: row[name] for name in wanted}) for row in rows()]
        situations.index(Situation.objects.bulk_create(made))
        yield
        call_command("flush", interactive=False, verbosity=0)


def found(typed: str) -> set[str]:
    return {one.situation.code for one in situations.search(typed).rows}


@pytest.mark.django_db
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_whatever_is_said_of_a_situation_finds_it_from_two_signs_on(shipped, data):
    row = data.draw(st.sampled_from(rows()))
    texts = [row["name"], *row["words"].split(situations.BETWEEN), row["looks_like"]]
    text = data.draw(st.sampled_from([text for text in texts if len(text) >= LEAST]))
    start = data.draw(st.integers(0, len(text) - LEAST))
    part = text[start : data.draw(st.integers(start + LEAST, len(text)))]
    if words_of(part) and len(fold(part)) >= LEAST:
        answer = situations.search(part)
        assert row["code"] in {one.situation.code for one in answer.rows}, part
        assert not answer.near


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("油烟", "STHJ-03-1"), ("路灯不亮", "CXJS-12-2"), ("楼下烧烤店油烟太大晚上睡不着觉", "STHJ-03-1"),
        ("我家门口水管漏了一夜", "CXJS-11-2"), ("电动车 充电", "YJGL-06-1"), ("狗", "ZHZF-11-1"),
    ],
)  # fmt: skip
def test_people_find_what_they_mean(shipped, typed, code):
    assert code in found(typed)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["孩子上小学划片在哪个学校", "公积金怎么提取", "", "。", "x"])
def test_what_the_list_does_not_speak_of_is_not_found(shipped, typed):
    assert found(typed) == set()


@pytest.mark.django_db
def test_of_what_people_speak_most_in_this_word_comes_first(shipped):
    assert situations.search("垃圾").rows[0].situation.code == "ZDGZ-02-1"


@pytest.mark.django_db
def test_what_is_indexed_otherwise_than_said_is_named(shipped):
    assert list(situations.faults()) == []
    SituationTerms.objects.filter(situation__code="CXJS-12-2").update(terms="'路面':1")
    Situation.objects.filter(terms__situation__code="STHJ-03-1").update(name="别的")
    assert len(list(situations.faults())) == 2
