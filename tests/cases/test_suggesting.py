"""Items that a matter may fall under: by words in common, those of a name before those of a look, with the words."""

import pytest

from accountability.models import Situation
from cases.suggesting import suggested
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    made = world()
    facts = {"photograph": "", "first_action": ""}
    Situation.objects.create(item=made.item, code="ZHZF-01-1", name="占道烧烤", looks_like="烧烤摊摆在人行道", **facts)
    Situation.objects.create(item=made.city_item, code="STHJ-01-1", name="油烟扰民", looks_like="油烟往楼上灌", **facts)
    return made


def codes(w, *words: str) -> list[str]:
    return [one.code for one in suggested(words, w.version)]


def test_the_item_whose_words_were_said_comes_first(w):
    assert codes(w, "楼下油烟扰民，还有烧烤摊") == ["STHJ-01", "ZHZF-01"]


def test_a_name_says_more_than_a_look(w):
    assert codes(w, "烧烤摊摆出来，有油烟扰民") == ["STHJ-01", "ZHZF-01"]


def test_it_says_in_which_words(w):
    assert suggested(["摊主占道烧烤"], w.version)[0].words == ("占道烧烤",)


@pytest.mark.parametrize("words", ["", "路灯不亮", "烤", "road works"])
def test_without_words_in_common_nothing_is_suggested(w, words):
    assert codes(w, words) == []


def test_without_a_version_nothing_is_suggested(w):
    assert suggested(["占道烧烤"], None) == []
