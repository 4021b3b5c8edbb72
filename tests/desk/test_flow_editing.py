"""Flow and manual of an item are written in a draft, drawn while they are written, and kept with the version."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability import invariants
from accountability.actions import ListRefused, save_flow, save_item, take_off
from accountability.actions.flows import flow_stamp
from accountability.actions.items import stamp, whole_stamp
from accountability.flows import flow_of
from accountability.models import FlowParty, FlowStep, ItemVersion, WrittenFlow, WrittenManual
from accountability.steps import Step, Way
from audit import clock
from changes.actions import apply_due
from changes.kinds import ChangeRefused
from desk.flowsteps import as_data
from tests import stories
from tests.accountability.lists import DAY, approved, begun, forward, legal, said, second_editor, write
from tests.lately import lately

pytestmark = pytest.mark.django_db
STEPS = [
    Step("a", "上门看", "网格员", "street", "accepted", (Way("b", "当场改好"), Way("c", "不改"))),
    Step("b", "复看", "网格员", "street", "inspecting", (Way("d"),), limit="1工作日"),
    Step("c", "查处", "区城管局", "department", "called", (Way("b"),), document="责令改正通知"),
    Step("d", "结案", "街道办事处", "department", "closed", ends=True),
]
DEAD_END = [*STEPS[:2], Step("c", "查处", "区城管局", "department", "called"), STEPS[3]]


@pytest.fixture
def w(monkeypatch):
    w = lately(monkeypatch)
    w.at = clock.now()
    FlowParty.objects.create(name="网格员")
    return w


def place(draft, item, what="flow") -> str:
    return f"/list/drafts/{draft.pk}/items/{item.code}/{what}/"


def sent(client, draft, item, steps=STEPS, do="save", **more):
    seen = flow_stamp(draft, item)
    told = {**as_data(steps), "basis": "区编办〔2026〕8号", "seen": seen, "do": do, **more}
    return client.post(place(draft, item), told)


def saved(w, draft, steps=STEPS, item=None, **more):
    item, by = item or w.item, more.pop("by", w.establishment)
    told = {"steps": steps, "basis": "试", "seen": flow_stamp(draft, item), "by": w.of(by), "at": w.at, **more}
    return save_flow(draft, item, **told)


def written_and_in_force(w, **more) -> ItemVersion:
    """A version in force from today whose item has a flow of its own."""
    w.at -= DAY
    draft = begun(w)
    saved(w, draft)
    if more:
        WrittenManual.objects.create(item_version=draft.items.get(item=w.item), digest="", **more)
    approved(w, draft)
    w.at += DAY
    assert apply_due(w.at) == 1
    return ItemVersion.objects.select_related("version").get(version=draft, item=w.item)


def test_it_begins_with_the_one_made_from_the_item_which_may_stand_as_it_is(client, w):
    for name in ("居民", "热线", "网格", "社区", "街道", "街道调度员", "区级专席", "另一名网格员"):
        FlowParty.objects.create(name=name)
    draft = begun(w)
    client.force_login(w.establishment)
    page = client.get(place(draft, w.item))
    assert (page.context["written"], page.context["wrong"]) == (False, "")
    assert "<svg" in page.content.decode()
    assert sent(client, draft, w.item, page.context["form"].steps, limit_0="当日").status_code == 302
    assert client.get(place(draft, w.item)).context["written"]
    (change,) = client.get(f"/list/drafts/{draft.pk}/").context["items"]
    assert [one.pieces[-1][0] for one in change.changes] == ["in", "same"]  # its basis, and the one step


def test_the_picture_follows_what_is_written_and_nothing_is_saved_by_looking(client, w):
    draft = begun(w)
    client.force_login(w.establishment)
    part = sent(client, draft, w.item, do="draw").content.decode()
    assert ("<html" in part, "责令改正通知" in part, "不改" in part) == (False, True, True)
    shown = sent(client, draft, w.item, DEAD_END, do="show")
    assert (shown.status_code, "查处" in shown.context["wrong"]) == (200, True)
    assert not WrittenFlow.objects.exists()


@pytest.mark.parametrize(("do", "keys"), [
    ("later:0", "bacd"), ("earlier:3", "abdc"), ("earlier:0", "abcd"), ("without:2", "abd"), ("later:3", "abcd"),
    ("added:1", "ab+cd"), ("without:9", "abcd"), ("nonsense:1", "abcd"),
])  # fmt: skip
def test_steps_are_moved_added_and_taken_out_before_anything_is_saved(client, w, do, keys):
    client.force_login(w.establishment)
    answer = sent(client, begun(w), w.item, do=do)
    steps = {step.key: step for step in answer.context["form"].steps}
    assert "".join(key if key in "abcd" else "+" for key in steps) == keys
    if do == "without:2":
        assert [way.to for way in steps["a"].onward] == ["b", "b"]
    if do == "added:1":
        assert [way.to for way in steps["b"].onward] == ["s1"]
        assert [way.to for way in steps["s1"].onward] == ["d"]


@pytest.mark.parametrize(("steps", "named", "field"), [
    (DEAD_END, "查处", "to_2_0"),
    ([*STEPS[:2], Step("c", "查处", "火星办", "department", "called", (Way("b"),)), STEPS[3]], "火星办", "who_2"),
    ([STEPS[0], Step("b", "复看", "网格员", "street", "own", (Way("c"),)), *STEPS[2:]], "复看", "to_0_0"),
    ([*STEPS, Step("e", "走不到", "网格员", "street", "own", (Way("d"),))], "走不到", "name_4"),
])  # fmt: skip
def test_a_flow_that_leads_nowhere_or_names_a_stranger_is_refused_at_its_step(client, w, steps, named, field):
    client.force_login(w.establishment)
    answer = sent(client, begun(w), w.item, steps)
    assert answer.status_code == 422
    assert named in answer.context["form"].errors[field][0]
    assert not WrittenFlow.objects.exists()


def test_what_no_field_takes_is_refused_and_kept(client, w):
    client.force_login(w.establishment)
    draft = begun(w)
    answer = sent(client, draft, w.item, name_1="  ", stage_2="nowhere", basis="")
    assert set(answer.context["form"].errors) == {"basis", "name_1", "stage_2"}
    assert "责令改正通知" in answer.content.decode()
    assert sent(client, draft, w.item, rows="x").status_code == 422
    assert sent(client, draft, w.item, rows="0", do="added:0").status_code == 200


def test_of_one_flow_nobody_loses_anothers_steps(client, w):
    draft, other = begun(w), second_editor(w)
    saved(w, draft, by=other)
    client.force_login(w.establishment)
    mine = [Step("a", "我写的一步", "网格员", "street", "closed", ends=True)]
    answer = sent(client, draft, w.item, mine, seen="")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert all(words in page for words in ("我写的一步", "上门看", "编办二"))
    assert flow_of(draft.items.get(item=w.item)).steps[0].name == "上门看"
    assert sent(client, draft, w.item, mine, seen=answer.context["form"].data["seen"]).status_code == 302


def test_words_and_flow_of_one_item_are_written_by_two_people_at_once(w):
    draft, other = begun(w), second_editor(w)
    seen, whole = stamp(draft, w.item), whole_stamp(draft, w.item)
    saved(w, draft, by=other)
    mine = {"by": w.of(w.establishment), "at": w.at}
    save_item(draft, w.item, said=said(draft, w.item, "当日到场"), seen=seen, **mine)
    assert flow_of(draft.items.get(item=w.item)).written
    with pytest.raises(ListRefused) as refused:
        take_off(draft, w.item, seen=whole, **mine)
    assert refused.value.code == "stale"


def test_the_same_again_is_no_change_and_it_is_made_from_the_item_again(client, w):
    draft = begun(w)
    client.force_login(w.establishment)
    assert sent(client, draft, w.item).status_code == 302
    assert sent(client, draft, w.item).status_code == 422
    assert sent(client, draft, w.item, do="unwrite", seen="x").status_code == 409
    assert sent(client, draft, w.item, do="unwrite").status_code == 302
    assert not WrittenFlow.objects.exists()
    assert whole_stamp(draft, w.item) == whole_stamp(w.version, w.item)


def test_only_the_establishment_office_writes_and_only_at_what_is_open(client, w):
    draft = begun(w)
    for user, status in ((legal(w), 403), (w.dispatcher, 404), (w.works_officer, 404)):
        client.force_login(user)
        assert {client.get(place(draft, w.item, what)).status_code for what in ("flow", "manual")} == {status}
        assert {sent(client, draft, w.item).status_code, client.post(place(draft, w.item, "manual")).status_code} == {
            status
        }
    saved(w, draft)
    approved(w, draft)
    client.force_login(w.establishment)
    assert sent(client, draft, w.item, STEPS[3:]).status_code == 409
    gone = begun(w)
    take_off(gone, w.item, seen=whole_stamp(gone, w.item), by=w.of(w.establishment), at=w.at)
    assert client.get(place(gone, w.item)).status_code == 422
    assert client.get(f"/list/drafts/{gone.pk}/items/NO-99/flow/").status_code == 404


def test_a_version_keeps_its_flow_the_case_shows_it_and_the_next_draft_carries_it_over(client, w):
    old = stories.accepted(w, item=w.item)
    said = written_and_in_force(w, how="先礼后兵")
    new = stories.accepted(w, item=w.item)
    client.force_login(w.dispatcher)
    first, second = (client.get("/list/ZHZF-01/manual/", {"case": case.number}) for case in (old, new))
    assert [page.context["manual"].chart.flow.written for page in (first, second)] == [False, True]
    assert ["先礼后兵" in page.content.decode() for page in (first, second)] == [False, True]
    assert "上门看" in client.get("/list/ZHZF-01/manual/", {"case": new.number, "part": ""}).content.decode()
    draft = begun(w)
    copied = draft.items.get(item=w.item)
    assert flow_of(copied) == flow_of(said)
    assert (copied.manual.how, whole_stamp(draft, w.item)) == ("先礼后兵", whole_stamp(said.version, w.item))


def test_what_differs_is_shown_for_flow_and_manual(client, w):
    version = written_and_in_force(w).version
    draft = begun(w)
    saved(w, draft, [*STEPS[:3], Step("d", "结案归档", "街道办事处", "department", "closed", ends=True)])
    client.force_login(w.establishment)
    client.post(place(draft, w.item, "manual"), {"mistakes": "只拍店招", "seen": ""})
    for address in (f"/list/drafts/{draft.pk}/", f"/list/difference/?before={version.pk}&after={draft.pk}"):
        page = client.get(address).content.decode()
        assert ("<ins>归档</ins>" in page, "<ins>只拍店招</ins>" in page, "上门看" in page) == (True, True, True)
    read = client.get("/list/ZHZF-01/manual/", {"draft": draft.pk})
    assert "只拍店招" in read.content.decode()
    assert client.get("/list/ZHZF-01/manual/file/", {"draft": draft.pk}).content[:5] == b"%PDF-"
    client.force_login(w.dispatcher)
    assert client.get("/list/ZHZF-01/manual/", {"draft": draft.pk}).status_code == 404


def test_a_manual_is_written_part_by_part_and_nobody_loses_anothers(client, w):
    draft = begun(w)
    client.force_login(w.establishment)
    page = client.get(place(draft, w.item, "manual")).content.decode()
    assert "负责查处" in page  # what stands there while the part is empty
    assert client.post(place(draft, w.item, "manual"), {"seen": ""}).status_code == 422
    assert client.post(place(draft, w.item, "manual"), {"how": "字" * 1001, "seen": ""}).status_code == 422
    assert client.post(place(draft, w.item, "manual"), {"how": "先看\r\n再说", "seen": ""}).status_code == 302
    answer = client.post(place(draft, w.item, "manual"), {"how": "我的", "seen": ""})
    told = answer.content.decode()
    assert (answer.status_code, "再说" in told) == (409, True)
    assert told.index('id="theirs"') < told.index('name="how"')
    assert answer.context["form"]["how"].value() == "我的"
    seen = answer.context["form"].data["seen"]
    assert client.post(place(draft, w.item, "manual"), {"seen": seen}).status_code == 302
    assert not WrittenManual.objects.exists()


def test_a_flow_that_does_not_stand_any_more_is_not_put_forward(w):
    draft = begun(w)
    saved(w, draft)
    write(w, draft, "另行查处")
    FlowStep.objects.filter(key="c").update(who="火星办")
    with pytest.raises(ChangeRefused) as refused:
        forward(w, draft)
    assert refused.value.code == "unknown_party"
    assert all(words in refused.value.sentence for words in ("ZHZF-01", "查处", "火星办"))


def test_what_is_edited_in_the_database_is_noticed_and_said_where(w):
    said = written_and_in_force(w)
    assert list(invariants.faults(w.at)) == []
    step = FlowStep.objects.filter(flow__item_version=said, key="b")
    step.update(limit="9工作日")
    found = "\n".join(map(str, invariants.faults(w.at)))
    assert all(words in found for words in ("ZHZF-01", "流程"))
    step.update(limit="1工作日")
    WrittenManual.objects.create(item_version=said, how="暗加", digest="x")
    assert "说明书" in "\n".join(map(str, invariants.faults(w.at)))


def test_a_manual_of_an_item_off_the_list_says_since_when(client, w):
    w.at -= DAY
    draft = begun(w)
    take_off(draft, w.item, seen=whole_stamp(draft, w.item), by=w.of(w.establishment), at=w.at)
    change = approved(w, draft)
    w.at += DAY
    assert apply_due(w.at) == 1
    client.force_login(w.dispatcher)
    day = change.in_force_from.isoformat()
    for address in ("/list/ZHZF-01/manual/", "/list/ZHZF-01/"):
        assert f"{day}起已不在清单上" in client.get(address).content.decode()
    assert "不在清单上" not in client.get("/list/STHJ-01/manual/").content.decode()


def test_the_number_of_questions_is_the_same_for_many_steps(client, w):
    draft = begun(w)
    client.force_login(w.establishment)
    counts = []
    for number in (2, 30):
        middle = [Step(f"m{at}", f"步{at}", "网格员", "street", "own", (Way(f"m{at + 1}"),)) for at in range(number)]
        saved(w, draft, [*middle, Step(f"m{number}", "完", "网格员", "street", "closed", ends=True)])
        client.get(place(draft, w.item))
        with CaptureQueriesContext(connection) as asked:
            client.get(place(draft, w.item))
            sent(client, draft, w.item, middle, do="draw")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 42


@pytest.mark.parametrize("do", ["save", "draw", "show", "added:0", "later:0"])
def test_a_line_that_is_none_and_more_rows_than_a_form_holds_are_no_fault_of_the_page(client, w, do):
    draft = begun(w)
    client.force_login(w.establishment)
    for told in ({"line_0": "nowhere"}, {"rows": "99999"}, {"stage_1": "nowhere"}, {"rows": "-1"}):
        assert sent(client, draft, w.item, do=do, **told).status_code in (200, 422), told
    assert not WrittenFlow.objects.filter(item_version__version=draft).exists()
