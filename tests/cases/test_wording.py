"""Words that say nothing are flagged on their step; the move is made all the same."""

import pytest
from django.core.management import call_command

from cases import actions, loading, wording
from cases.models import StockPhrase, Verb, Wording
from tests import stories
from tests.stories import CONTACT
from tests.world import world

pytestmark = pytest.mark.django_db
# What districts' replies are full of, and what a reader can do something with.
EMPTY = (
    "已收到。",
    "已处理完毕！",
    "我局高度重视，立即安排人员处理。",
    "已做好解释工作",
    "问题已得到妥善解决。",
    "正在办理中……",
)
TELLING = (
    "三月十二日上午九点，执法队员三人到文东路口，清走烧烤摊三个，扣押烤炉两只。",
    "与店主李先生通了电话，约好明早八点在店门口看排烟管。",
    "井盖已换新，编号为雨水口第七号，路面补平，今晚开放通行。",
)


@pytest.fixture
def w():
    w = world()
    loading.load_phrases(loading.read_phrases(loading.DATA / "stock_phrases.csv"))
    return w


def answered(w, words: str, case=None):
    """The leading unit replies with these words; the facts of that step."""
    call = (case or stories.whistled(w)).summonses.get(unit=w.works)
    by = w.of(w.works_officer)
    at = w.at + 2 * stories.HOUR
    actions.answer(call, Verb.SIGN, by=by, at=at)
    actions.answer(call, Verb.RESPOND, by=by, at=at, facts=CONTACT, note=f"约好到场 {call.pk}")
    actions.answer(call, Verb.ARRIVE, by=by, at=at, note=f"到场三人，见到摊主 {call.pk}")
    actions.answer(call, Verb.REPLY, by=by, at=at, note=words)
    return call.steps.get(verb=Verb.REPLY).facts


@pytest.mark.parametrize("words", EMPTY)
def test_a_phrase_that_says_nothing_is_flagged(w, words):
    assert answered(w, words)["stock"] == "known"


@pytest.mark.parametrize("words", TELLING)
def test_an_account_is_not(w, words):
    assert "stock" not in answered(w, words)


def test_every_phrase_that_comes_with_us_is_recognised_with_another_sign_or_two(w):
    phrases = [wording.bare(one.words) for one in StockPhrase.objects.all()]
    assert len(phrases) == 50
    missed = [one for one in phrases if len(one) > 6 and not wording.says_nothing(one + "。", phrases)]
    assert missed == []


def test_the_same_words_in_the_fifth_case_are_flagged_whatever_the_date(w):
    """Another date or number makes no other account; another unit's same words do not count."""
    facts = [answered(w, f"3月{day}日巡查后清理摊点，路面恢复通行，摊主已教育") for day in range(1, 7)]
    assert [one.get("stock") for one in facts] == [None, None, None, None, 5, 6]


def test_a_rework_of_one_case_is_no_second_case(w):
    call = stories.whistled(w).summonses.get(unit=w.works)
    deed = lambda: wording.flag(call, wording.Deed("清理摊点，路面恢复通行", {}, None, w.at))  # noqa: E731
    for _ in range(6):
        deed()

    assert Wording.objects.get().cases == 1


def test_loading_twice_adds_nothing(capsys):
    call_command("load_lixia", verbosity=0)
    before = StockPhrase.objects.count()
    call_command("load_lixia", verbosity=0)
    assert StockPhrase.objects.count() == before == 50
