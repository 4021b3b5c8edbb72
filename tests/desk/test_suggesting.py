"""What the words of a case suggest on the street's pages, and learning from cases that were closed."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from accountability.models import Boundary, Function, FunctionList, ItemWords, Learnt
from accountability.suggester import kept
from cases.models import Case
from desk.confirmed import confirmed_cases
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch, tmp_path):
    monkeypatch.setattr(kept, "SEED", tmp_path / "none.json")
    made = lately(monkeypatch)
    ItemWords.objects.create(item=made.item, words="烧烤 摊主 占道")
    return made


def offlist(w, **more):
    """An accepted case of which no item was named."""
    case = stories.accepted(w, **more)
    Case.objects.filter(pk=case.pk).update(item=None, summary="烧烤摊占道，油烟呛人")
    return Case.objects.get(pk=case.pk)


def test_the_whistle_suggests_an_item_and_a_press_keeps_what_was_typed(client, w):
    ItemWords.objects.create(item=w.city_item, words="油烟呛人")
    Boundary.objects.create(one="STHJ-01", other="ZHZF-01", note="油烟归生态，占道归城管")
    case, where = offlist(w), "cases:whistle"
    client.force_login(w.dispatcher)
    shown = client.get(reverse(where, args=[case.number])).content.decode()
    assert 'name="fill" value="item:ZHZF-01"' in shown
    assert "油烟归生态，占道归城管" in shown
    typed = {"first_action": "三月十一日劝离两次", "item": "", "fill": "item:ZHZF-01"}
    answer = client.post(reverse(where, args=[case.number]), typed)
    assert "三月十一日劝离两次" in answer.content.decode()
    assert [row.unit for row in answer.context["form"].rows] == [w.station, w.works, w.police]
    assert "data-suggested" not in answer.content.decode()


def test_what_is_no_item_is_shown_with_its_unit_and_limit_or_its_answer(client, w):
    beyond = FunctionList.objects.create(number=1, label="暂定", in_force_from="2020-01-01", basis="缺省")
    given = {"version": beyond, "area": "金融"}
    Function.objects.create(
        code="ZN-1", title="烧烤摊油烟呛人补贴", kind="handle", unit=w.market, amount=7, time_unit="working_day",
        words="烧烤摊油烟 呛人", **given,
    )  # fmt: skip
    Function.objects.create(
        code="ZN-2", title="烧烤油烟问询", kind="answer", answer="请拨打市热线", words="烧烤 呛人", **given
    )
    client.force_login(w.dispatcher)
    client.cookies["django_language"] = "en"
    shown = client.get(reverse("cases:whistle", args=[offlist(w).number])).content.decode()
    assert "7 working days" in shown
    assert "请拨打市热线" in shown
    assert "No item of the list seems to fit" in shown


def test_closed_cases_under_an_item_teach_and_confidential_ones_do_not(w, capsys):
    cases = [stories.closed(w) for _ in range(2)]
    Case.objects.filter(pk=cases[1].pk).update(confidential=True)
    [one] = list(confirmed_cases())
    assert (one.matter[0], one.code, one.at) == (cases[0].summary, "ZHZF-01", cases[0].opened_at)
    for _ in range(2):
        call_command("train_suggester")
    assert Learnt.objects.get().cases == 1
    listed = FunctionList.objects.create(number=1, label="暂定", in_force_from="2020-01-01", basis="缺省")
    school = Function.objects.create(
        version=listed, code="ZN-1", area="教育", title="入学", kind="answer", answer="问学校", words="入学"
    )
    Case.objects.filter(pk=cases[1].pk).update(confidential=False, item=None, function=school)
    assert [one.code for one in confirmed_cases()] == ["ZHZF-01", "ZN-1"]
    assert "1" in capsys.readouterr().out
