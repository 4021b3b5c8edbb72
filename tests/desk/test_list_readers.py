"""The list as its readers meet it: what is approved is told, no link leads nowhere, no word is half said."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils.timezone import localdate

from accountability.actions import Wanted, begin, take_in
from accountability.actions.items import stamp
from accountability.duties import duty_texts
from accountability.models import ListKind, ListVersion
from accountability.standard_flow import generated
from accountability.steps import Flow
from audit import clock
from cases.actions.proposing import propose
from changes.actions import approve, roll_back, submit
from desk.flowchart import chart
from desk.itemlist import with_duties
from desk.manual import manual_of
from desk.manual_print import told as told_in_print
from tests import stories
from tests.accountability.lists import approved, begun, forward, legal, published, said, second_editor, write, written
from tests.desk.test_items import place, values
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    w = lately(monkeypatch)
    w.at = clock.now()
    return w


def page(client, user, address: str, language: str = "zh-hans", **asked) -> str:
    client.force_login(user)
    client.cookies["django_language"] = language
    return client.get(address, asked).content.decode()


def test_what_is_approved_is_read_on_the_items_own_page_before_its_day(client, w):
    draft = written(w, "负责查处，当日到场")
    assert "当日到场" not in page(client, w.works_officer, "/list/ZHZF-01/")
    approved(w, draft)
    told = page(client, w.works_officer, "/list/ZHZF-01/")
    assert "<ins>，当日到场</ins>" in told
    assert 'href="#ahead"' in told
    assert 'id="ahead"' not in page(client, w.works_officer, "/list/STHJ-01/")
    assert draft.label in page(client, w.works_officer, "/list/versions/")


def test_no_link_of_the_lists_pages_leads_a_department_nowhere(client, w):
    published(w)
    approved(w, written(w, "负责查处，当日到场"))
    client.force_login(w.works_officer)
    for address in ("/list/", "/list/versions/", "/list/ZHZF-01/", f"/list/drafts/{begun(w).pk - 1}/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        main = answer.content.decode().split("<main", 1)[1]
        for link in {one.replace("&amp;", "&") for one in re.findall(r'<a[^>]* href="(/[^"#]*)', main)}:
            assert client.get(link).status_code in (200, 302), (address, link)


def test_a_draft_without_a_change_asks_for_an_item_with_an_empty_search(client, w):
    told = page(client, w.establishment, f"/list/drafts/{begun(w).pk}/")
    assert re.search(r'type="search"[^>]* value=""', told)
    assert "没有含这些字的事项" not in told


def test_a_day_that_is_none_is_told_at_the_day(client, w):
    draft = written(w)
    where = f"/list/drafts/{draft.pk}/forward/"
    client.force_login(w.establishment)
    told = values(client.get(where).context["form"]) | {"title": "当日到场", "basis": "文号", "day": "2020-01-01"}
    assert list(client.post(where, told).context["form"].errors) == ["day"]


def test_what_somebody_else_wrote_stands_before_the_form_that_is_to_be_put_right(client, w):
    draft = begun(w)
    client.force_login(w.establishment)
    mine = values(client.get(place(draft, w.item)).context["form"]) | {"text_0": "我写的"}
    write(w, draft, "别人写的", by=second_editor(w))
    answer = client.post(place(draft, w.item), mine)
    told = answer.content.decode()
    assert answer.status_code == 409
    assert told.index('id="theirs"') < told.index('name="title"')
    again = values(answer.context["form"])
    assert again["seen"] == stamp(draft, w.item)


def test_open_cases_are_called_so_in_chinese(client, w):
    stories.whistled(w)
    told = re.sub(r"<[^>]+>|\s+", " ", page(client, w.dispatcher, "/cases/").split('class="chips', 1)[1])
    assert "在办" in told
    assert "打开" not in told
    draft = begun(w)
    behind = page(client, w.establishment, "/list/impact/", before=w.version.pk, after=draft.pk)
    assert "打开" not in behind


def test_kinds_of_lists_are_named_in_the_readers_language(client, w):
    told = page(client, w.establishment, "/list/versions/", "en")
    assert w.list_kind.name_en in told
    assert w.list_kind.name not in re.sub(r'lang="zh-Hans">[^<]*', "", told)


def test_an_items_own_limit_says_that_no_clock_goes_by_it(client, w):
    assert "计时按区里的时限规定" not in page(client, w.works_officer, "/list/ZHZF-01/")
    published(w, limit="三个工作日")
    told = page(client, w.works_officer, "/list/ZHZF-01/")
    assert "计时按区里的时限规定" in told
    assert "/list/ZHZF-01/manual/#time" in told


def test_a_closed_case_stands_at_the_step_that_closes_it(w):
    made = generated(False, list(duty_texts(w.item, w.version)))
    flow = Flow(tuple(replace(step, stage="closed") if step.stage == "closing" else step for step in made))
    for steps in (Flow(made), flow):
        for stage in ("closing", "closed"):
            assert [box.step.key for box in chart(steps, stage).boxes if box.now] == ["close"], stage


def test_a_long_list_is_read_page_by_page_and_part_by_part(client, w):
    kind = ListKind.objects.create(code="joint", name="配合履职", name_en="Joint duties", basis="试")
    draft = begin(kind, by=w.of(w.establishment), at=w.at)
    told = said(w.version, w.item)
    wanted = [
        Wanted(f"T-{number:02d}", w.category, replace(told, area="第二部分" if number % 2 else "第一部分"))
        for number in range(60)
    ]
    take_in(draft, wanted, off=(), seen={}, by=w.of(w.establishment), at=w.at)
    ListVersion.objects.filter(pk=draft.pk).update(number=1, in_force_from="2020-01-01")
    where = {"kind": "joint", "version": 1}
    client.force_login(w.works_officer)
    first = client.get("/list/", where)
    assert (first.context["count"], len(codes(first))) == (60, 50)
    assert len(codes(client.get("/list/" + first.context["older"]))) == 10
    address = next(href for name, _count, href, _here in first.context["parts"] if name == "第二部分")
    part = client.get("/list/" + address)
    assert (part.context["count"], len(codes(part)), part.context["older"]) == (30, 30, "")
    assert client.get("/list/", {**where, "area": "没有"}).context["count"] == 0


def codes(answer) -> list[str]:
    return [row.item.code for _area, rows in answer.context["areas"] for row in rows]


def test_a_search_in_an_older_version_stays_in_it(client, w):
    published(w)
    told = page(client, w.works_officer, "/list/", version=1, q="占道")
    assert '<input type="hidden" name="version" value="1">' in told
    assert 'href="/list/?version=1"' in told


def test_a_version_that_there_is_not_is_not_shown_as_todays(client, w):
    client.force_login(w.works_officer)
    for address in ("/list/ZHZF-01/?version=9", "/list/ZHZF-01/manual/?version=9", "/list/ZHZF-01/?version=x"):
        assert client.get(address).status_code == 404, address


def test_what_an_item_demands_stands_in_its_manual_whoever_wrote_that(client, w):
    version = published(w, evidence="前后照片各一张", closing_test="三日内未复发", limit="三个工作日")
    client.force_login(w.works_officer)
    for asked in ({}, {"version": version.number}):
        told = client.get("/list/ZHZF-01/manual/", asked).content.decode()
        assert all(words in told for words in ("前后照片各一张", "三日内未复发", "三个工作日", "计时按区里的时限规定"))
    manual = manual_of(with_duties(version.items.get(item=w.item)), w.at)
    lines = [line for part in told_in_print(manual)["parts"] for line in part["lines"]]
    assert {"办结凭据：前后照片各一张", "办结标准：三日内未复发"} <= set(lines)
    assert "只是清单文字：计时按区里的时限规定。" in lines


def test_a_roll_back_that_is_approved_stands_with_the_versions_and_offers_nothing_to_write(client, w):
    change = published(w).change
    told = {"basis": "复核意见", "day": localdate(w.at) + timedelta(days=3), "seen": change.version, "at": w.at}
    back = roll_back(change, by=w.of(w.establishment), **told)
    assert f"/changes/{back.pk}/edit/" not in page(client, w.establishment, f"/changes/{back.pk}/")
    assert "已批准回退" not in page(client, w.works_officer, "/list/versions/")
    back = submit(back, seen=back.version, by=w.of(w.establishment), at=w.at)
    approve(back, seen=back.version, by=w.of(legal(w)), at=w.at)
    shown = page(client, w.works_officer, "/list/versions/")
    assert "已批准回退" in shown
    assert f"{told['day']}起恢复第 1 版的内容" in shown


def test_whoever_reads_an_approved_version_is_told_what_it_waits_for(client, w):
    draft = written(w)
    approved(w, draft)
    told = page(client, w.works_officer, f"/list/drafts/{draft.pk}/")
    assert "等待生效日" in told
    assert "撤回后再改" not in told


def test_a_list_that_waits_for_a_decision_and_a_proposal_stand_with_ones_work(client, w):
    draft = written(w)
    change = forward(w, draft)
    submit(change, seen=change.version, by=w.of(w.establishment), at=w.at)
    assert "待您复核的规则变更：1 项" in page(client, legal(w), "/")
    for nobody in (w.establishment, w.works_officer):
        assert "待您复核" not in page(client, nobody, "/")
    propose(w.item, wish="主责写明", reason="来回退", by=w.of(w.works_officer), at=w.at)
    assert "待您答复的清单调整建议：1 条" in page(client, w.establishment, "/")
    assert "待您答复" not in page(client, w.works_officer, "/")
