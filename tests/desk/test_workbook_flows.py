"""Flow and manual of an item in a workbook: out and in without loss, every change shown, every fault by its place."""

import random
import re

import pytest

from accountability.actions import ListRefused, Wanted, save_flow, save_manual, take_in, unwrite_flow
from accountability.actions.flows import flow_stamp
from accountability.actions.manuals import manual_stamp
from accountability.flows import beginning, flow_of
from accountability.models import Duty, FlowParty, FlowStep, Item, ItemVersion, WrittenFlow, WrittenManual
from accountability.penned import Penned
from accountability.seals import digests
from accountability.steps import Flow, Step, Way
from accountability.wordings import said_in
from desk.actions import listimports
from desk.listbook.columns import LINES, PARTS, STAGES
from tests.accountability.lists import begun, second_editor
from tests.desk.test_workbooks import HOSTILE, now, preview, saved, store, w
from tests.desk.workbooks import DUTIES, FLOWS, ITEMS, MANUALS, changed, compared, made, places, put, sheets, workbook

pytestmark = pytest.mark.django_db
__all__ = ["store", "w"]  # fixtures


def pen_flow(w, draft, steps=None, basis="区编办流程1号", by=None):
    """A flow of the item in the draft: the one made from it, unless steps are given."""
    said = ItemVersion.objects.get(version=draft, item=w.item)
    steps = steps or beginning(said).steps
    known = [FlowParty(name=name) for step in steps for name in step.parties]
    FlowParty.objects.bulk_create(known, ignore_conflicts=True)
    save_flow(draft, w.item, steps=steps, basis=basis, seen=flow_stamp(draft, w.item), **now(by or w.establishment))
    return steps


def pen_manual(w, draft, **parts):
    save_manual(draft, w.item, parts=parts, seen=manual_stamp(draft, w.item), **now(w.establishment))


def _hostile_flow(dice: random.Random, party: str) -> list[Step]:
    def words(most: int) -> str:
        return (dice.choice(HOSTILE)[:most]).strip()

    keys = dice.sample(["s1", "步骤-2", "007", "1e5", "TRUE", "-x", "_y"], 5)
    steps = []
    for at, key in enumerate(keys):
        onward = tuple(Way(to, words(30)) for to in dice.sample(keys[at + 1 :], dice.randint(1, len(keys) - at - 1))
                       ) if at + 1 < len(keys) else ()  # fmt: skip
        if at and not any(way.to == key for step in steps for way in step.onward):
            steps[-1] = Step(**{**vars(steps[-1]), "onward": (*steps[-1].onward, Way(key))})
        stage = "closing" if not onward else dice.choice(list(STAGES))
        name, who = words(50) + "做", dice.choice([party, f"{party}、街道办事处"])
        lane = str(dice.choice(list(LINES)))
        steps.append(Step(key, name, who, lane, str(stage), onward, words(60), words(80), not onward))
    return steps


def test_whatever_is_written_in_a_flow_or_a_manual_survives_the_way_out_and_in(w):
    draft, other, dice = begun(w), begun(w), random.Random(7)
    for _round in range(3):
        party = Duty.objects.filter(item_version__version=draft, item_version__item=w.item)[0].party_name
        pen_flow(w, draft, _hostile_flow(dice, party), dice.choice(HOSTILE).strip() + "依据")
        pen_manual(w, draft, **{part: dice.choice(HOSTILE) + dice.choice(["", "\n\n末"]) for part in PARTS})
        one = compared(other, w.establishment, workbook(draft))
        assert list(one.faults.all()) == []
        listimports.save(one.pk, **now(w.establishment))
        assert digests(other) == digests(draft)
        assert list(_rows(other)) == list(_rows(draft))
        assert compared(other, w.establishment, workbook(draft)).counts["same"] == 2


def _rows(draft):
    said = ItemVersion.objects.get(version=draft, item__code="ZHZF-01")
    names = ("key", "order", "name", "who", "line", "stage", "limit", "document", "onward")
    yield said.digest
    yield said.flow.basis, said.flow.digest, list(FlowStep.objects.filter(flow=said.flow).values_list(*names))
    yield [getattr(said.manual, part) for part in WrittenManual.PARTS], said.manual.digest


def test_a_step_and_a_part_that_are_changed_in_the_file_are_shown_word_by_word_and_saved(client, w):
    draft = begun(w)
    pen_flow(w, draft)
    pen_manual(w, draft, how="先到现场看")

    def otherwise(found):
        put(found, FLOWS, 2, "时限", "当日")
        put(found, MANUALS, 2, "怎么办", "先到现场看，再吹哨")

    one = compared(draft, w.establishment, changed(draft, otherwise))
    assert one.counts == {"new": 0, "changed": 1, "gone": 0, "same": 1, "faults": 0}
    page = preview(client, one, w.establishment).content.decode()
    assert re.search("<ins>[^<]*当日[^<]*</ins>", page)
    assert "<ins>，再吹哨</ins>" in page
    assert saved(client, one, w.establishment).status_code == 302
    said = ItemVersion.objects.get(version=draft, item=w.item)
    assert (said.flow.steps.all()[0].limit, said.manual.how) == ("当日", "先到现场看，再吹哨")
    assert digests(draft)["ZHZF-01"] == said.digest


def test_a_sheet_that_is_left_out_leaves_what_is_written_and_a_row_taken_out_takes_it_away(client, w):
    draft = begun(w)
    pen_flow(w, draft)
    pen_manual(w, draft, how="先到现场看")
    before = digests(draft)

    def without(found, *titles):
        for title in titles:
            del found[title]
        put(found, ITEMS, 2, "办结凭据", "照片")

    one = compared(draft, w.establishment, changed(draft, lambda found: without(found, FLOWS, MANUALS)))
    assert one.counts["changed"] == 1
    saved(client, one, w.establishment)
    said = ItemVersion.objects.get(version=draft, item=w.item)
    assert (len(said.flow.steps.all()) > 3, said.manual.how) == (True, "先到现场看")
    assert digests(draft).keys() == before.keys()
    empty = changed(draft, lambda found: found.update({FLOWS: found[FLOWS][:1], MANUALS: found[MANUALS][:1]}))
    one = compared(draft, w.establishment, empty)
    assert "先到现场看" in preview(client, one, w.establishment).content.decode()
    saved(client, one, w.establishment)
    assert not WrittenFlow.objects.filter(item_version__version=draft).exists()
    assert not WrittenManual.objects.filter(item_version__version=draft).exists()
    assert ItemVersion.objects.get(version=draft, item=w.item).digest == digests(draft)["ZHZF-01"]


def test_columns_of_ways_that_nobody_needs_may_be_left_out(w):
    draft = begun(w)
    pen_flow(w, draft)

    def narrower(found):
        for row in found[FLOWS]:
            del row[16:24]

    assert compared(draft, w.establishment, changed(draft, narrower)).counts["same"] == 2


# Of a flow report → accept → (first | down): the row of the item on that sheet, and the cell that the fault is told at.
FAULTS = [
    ("a line that is none", FLOWS, 0, "哪一条线", "别处", "E 哪一条线"),
    ("a stage that is none", FLOWS, 1, "案件环节", "别处", "F 案件环节"),
    ("nobody takes it", FLOWS, 0, "由谁办", "", "D 由谁办"),
    ("a party that nobody knows", FLOWS, 0, "由谁办", "不存在的人", "D 由谁办"),
    ("a step without words", FLOWS, 1, "做什么", "", "C 做什么"),
    ("too long", FLOWS, 1, "时限", "长" * 61, "G 时限"),
    ("a code twice", FLOWS, 1, "步骤代号", "report", "B 步骤代号"),
    ("an odd code", FLOWS, 0, "步骤代号", "a>b", "B 步骤代号"),
    ("to no step", FLOWS, 0, "接着到1", "nowhere", "I 接着到1"),
    ("a dead end", FLOWS, 0, "接着到1", "", "I 接着到1"),
    ("a condition without a step", FLOWS, 0, "条件3", "多余", "N 条件3"),
    ("two bases", FLOWS, 1, "流程依据", "另一个", "Y 流程依据"),
    ("a step of no item", FLOWS, 0, "事项代码", "NO-99", "A 事项代码"),
    ("a manual of no item", MANUALS, 0, "事项代码", "NO-99", "A 事项代码"),
    ("a manual without words", MANUALS, 0, "怎么办", "", "B 什么时候用"),
    ("too long a part", MANUALS, 0, "怎么办", "长" * 1001, "D 怎么办"),
]  # fmt: skip


def test_a_fault_of_a_flow_or_a_manual_is_named_by_sheet_row_and_column(w):
    draft = begun(w)
    pen_flow(w, draft)
    pen_manual(w, draft, how="先到现场看")
    wanted = {}

    def broken(found):
        mine = {
            title: [row for row in found[title] if row[0] == "ZHZF-01"] for title in (ITEMS, DUTIES, FLOWS, MANUALS)
        }
        for number, (what, title, row, header, value, column) in enumerate(FAULTS, 1):
            at = len(found[title]) + 1 + row
            for one, rows in mine.items():
                found[one] += [[f"T-{number}", *cells[1:]] for cells in rows]
            put(found, title, at, header, value)
            wanted[title, at, column] = what

    one = compared(draft, w.establishment, changed(draft, broken))
    assert {wanted[place] for place in places(one) & wanted.keys()} == {fault[0] for fault in FAULTS}
    assert places(one) - wanted.keys() == set()
    with pytest.raises(ListRefused):
        listimports.save(one.pk, **now(w.establishment))


def test_a_round_without_a_way_out_a_lost_step_and_a_second_manual_are_told_too(w):
    draft = begun(w)
    pen_flow(w, draft)
    pen_manual(w, draft, how="先到现场看")
    data = sheets(workbook(draft))
    rows = {row[1]: at for at, row in enumerate(data[FLOWS], 1)}

    def told(change) -> set:
        found = {title: [list(row) for row in cells] for title, cells in data.items()}
        change(found)
        return places(compared(draft, w.establishment, made(found)))

    (round_about,) = told(lambda found: put(found, FLOWS, rows["ask"], "接着到1", "inspect"))
    assert round_about == (FLOWS, rows["first"], "I 接着到1")
    lost = told(lambda found: [put(found, FLOWS, rows["accept"], header, "") for header in ("接着到2", "条件2")])
    assert lost == {(FLOWS, rows["down"], "B 步骤代号")}
    assert (FLOWS, 2, "Y 流程依据") in told(
        lambda found: [put(found, FLOWS, row, "流程依据", "") for row in rows.values() if row > 1]
    )
    assert (MANUALS, 3, "A 事项代码") in told(lambda found: found[MANUALS].append(["ZHZF-01", "第二份"]))


def test_a_formula_in_a_flow_is_refused_by_its_place(w):
    draft = begun(w)
    pen_flow(w, draft)
    one = compared(draft, w.establishment, made(sheets(workbook(draft)), {(FLOWS, "G3"): "=1+4710"}))
    assert places(one) == {(FLOWS, 3, "G 时限")}


def test_a_flow_that_somebody_wrote_since_is_not_written_over(client, w):
    draft = begun(w)
    pen_flow(w, draft)
    one = compared(draft, w.establishment, changed(draft, lambda found: put(found, FLOWS, 2, "时限", "当日")))
    unwrite_flow(draft, w.item, seen=flow_stamp(draft, w.item), **now(second_editor(w)))
    assert saved(client, one, w.establishment).status_code == 409
    assert not WrittenFlow.objects.filter(item_version__version=draft).exists()


def test_a_new_item_comes_with_its_flow(w):
    draft, steps = begun(w), None
    steps = pen_flow(w, draft)

    def added(found):
        for title in (ITEMS, DUTIES, FLOWS):
            mine = [row for row in found[title] if row[0] == "ZHZF-01"]
            found[title] += [["ZHZF-88", *row[1:]] for row in mine]

    one = compared(draft, w.establishment, changed(draft, added))
    assert one.counts == {"new": 1, "changed": 0, "gone": 0, "same": 2, "faults": 0}
    listimports.save(one.pk, **now(w.establishment))
    made = ItemVersion.objects.get(version=draft, item__code="ZHZF-88")
    assert flow_of(made).steps == tuple(steps)


def test_what_the_rules_refuse_is_refused_again_when_it_is_saved(w):
    draft = begun(w)
    row = ItemVersion.objects.get(version=draft, item=w.item)
    flow = Flow((Step("a", "做", "不存在的人", "street", "closed", ends=True),), "依据", written=True)
    for penned, code in (
        (Penned(flow, None, frozenset({"manual"})), "unknown_party"),
        (Penned(None, {"how": "\uffff"}, frozenset({"flow"})), "no_sign"),
    ):
        wanted = Wanted("ZHZF-01", w.category, said_in(row, list(row.duties.all())), penned)
        with pytest.raises(ListRefused) as refused:
            take_in(draft, [wanted], off=(), seen=digests(draft), **now(w.establishment))
        assert refused.value.code == code
        assert refused.value.sentence.startswith("ZHZF-01")


@pytest.mark.parametrize("key", ["a>b", " a", "a b", ""])
def test_a_step_with_a_code_that_no_way_could_name_is_refused_on_the_page_too(w, key):
    draft = begun(w)
    step = Step(key, "做", w.works.name, "street", "closed", ends=True)
    with pytest.raises(ListRefused) as refused:
        pen_flow(w, draft, [step])
    assert refused.value.code == "odd_key"
    assert Item.objects.filter(versions__flow__isnull=False, code="ZHZF-01").count() == 0


@pytest.mark.parametrize("words", ["\x00", "\uffff", "a\ufffe"])
def test_what_no_file_could_hold_is_written_neither_in_a_flow_nor_in_a_manual(w, words):
    draft = begun(w)
    step = Step("a", "做", w.works.name, "street", "closed", document=words, ends=True)
    with pytest.raises(ListRefused, match="字符"):
        pen_flow(w, draft, [step])
    with pytest.raises(ListRefused, match="字符"):
        pen_manual(w, draft, how=words)
