"""Flows lead somewhere: what does not is refused by name; each item has one, written or made from the list."""

from dataclasses import replace

import pytest

from accountability.flow_loading import read_flows, read_manuals
from accountability.flows import flow_of
from accountability.models import FlowStep, WrittenFlow
from accountability.standard_flow import generated
from accountability.steps import Flow, FlowRefused, Step, Way, check, check_written
from desk.flowchart import SIGNS, chart
from people.rows import RefusedRows
from tests.world import world

HEADING = "item,key,order,name,who,line,stage,limit,document,onward,basis\n"


def step(key: str, *to: str, ends: bool = False) -> Step:
    return Step(key, f"步骤{key}", "街道", "street", "accepted", tuple(map(Way, to)), ends=ends)


@pytest.mark.parametrize(("steps", "code", "named"), [
    ([], "empty", ""),
    ([step(str(at), "40") for at in range(40)] + [step("40", ends=True)], "too_long", "40"),
    ([step("a", *["b"] * 9), step("b", ends=True)], "too_many_ways", "步骤a"),
    ([step("a", "b"), step("b")], "dead_end", "步骤b"),
    ([step("a", "z"), step("b", ends=True)], "unknown_step", "步骤a"),
    ([step("a", "b", "c"), step("b", "c"), step("c", "b"), step("d", ends=True)], "no_exit", "步骤b"),
    ([step("a", "b"), step("b", ends=True), step("c", "b")], "unreached", "步骤c"),
])  # fmt: skip
def test_a_flow_that_leads_nowhere_is_refused_by_name(steps, code, named):
    with pytest.raises(FlowRefused) as refused:
        check(steps)
    assert refused.value.code == code
    assert named in refused.value.messages[0]


def test_a_way_back_is_no_fault_where_a_way_out_is_left():
    check([step("a", "b"), step("b", "a", "c"), step("c", ends=True)])


def test_a_step_that_nobody_or_a_stranger_takes_is_refused_by_name():
    steps = [step("a", "b"), step("b", ends=True)]
    check_written(steps, ["街道"])
    for who, code in (("街道、火星办", "unknown_party"), ("、", "no_party")):
        with pytest.raises(FlowRefused) as refused:
            check_written([steps[0], replace(steps[1], who=who)], ["街道"])
        assert (refused.value.code, refused.value.key) == (code, "b")
        assert "步骤b" in refused.value.sentence


@pytest.mark.parametrize(("onward", "who", "stage", "row", "column", "named"), [
    ("one", "街道", "own", 2, "onward", "受理、处置"), ("", "街道", "own", 3, "onward", "处置"),
    ("", "火星办", "closed", 3, "who", "火星办"),
])  # fmt: skip
def test_what_is_written_in_a_file_is_refused_by_row_and_step(tmp_path, onward, who, stage, row, column, named):
    path = tmp_path / "flows.csv"
    rows = f"A-1,one,1,受理,街道,street,reported,,,two,试\nA-1,two,2,处置,{who},street,{stage},,,{onward},试\n"
    path.write_text(HEADING + rows, encoding="utf-8")
    with pytest.raises(RefusedRows) as refused:
        read_flows(path, {"A-1": []}, ["街道"])
    (fault,) = refused.value.faults
    assert (fault.row, fault.column) == (row, column)
    assert named in fault.why


def test_a_manual_without_words_or_of_no_item_is_refused_by_row(tmp_path):
    path = tmp_path / "manuals.csv"
    path.write_text("item,when,who,how,evidence,forms,contacts,mistakes\nA-1,,,,,,,\n", encoding="utf-8")
    with pytest.raises(RefusedRows, match="manuals.csv"):
        read_manuals(path, ["A-1"])


@pytest.fixture
def w(db):
    return world()


def test_a_whistle_opens_parallel_lines_and_an_item_of_the_street_goes_without(w):
    duties = list(w.item.versions.get().duties.all())
    by_departments, by_street = ({one.key: one for one in generated(led, duties)} for led in (False, True))
    assert {way.to for way in by_departments["whistle"].onward} == {"lead", "support", "aside"}
    assert "own" in by_street
    assert "lead" not in by_street


def test_what_is_written_goes_before_what_is_made(w):
    said = w.item.versions.get()
    assert not flow_of(said).written
    flow = WrittenFlow.objects.create(item_version=said, basis="试", digest="x")
    facts = {"flow": flow, "who": "街道", "line": "street"}
    FlowStep.objects.create(key="a", order=1, name="先看", stage="accepted", onward=["看完>b"], **facts)
    FlowStep.objects.create(key="b", order=2, name="办完", stage="closed", **facts)
    flow = flow_of(said)
    assert [(one.name, one.onward, one.ends) for one in flow.steps] == [
        ("先看", (Way("b", "看完"),), False), ("办完", (), True),
    ]  # fmt: skip
    drawn = chart(flow, "closed")
    assert [box.now for box in drawn.boxes] == [False, True]
    assert drawn.boxes[1].y > drawn.boxes[0].foot
    assert [ways for _box, ways in drawn.told] == [[("看完", 2)], []]


def test_words_stay_within_their_box_and_no_line_begins_with_a_closing_sign():
    name = "签收、联系、到场、处置、反馈" + "x" * 31 + "，区城市管理局(区综合行政执法局)"
    drawn = chart(Flow((replace(step("a", ends=True), name=name),)))
    lines = [words for _y, _kind, words in drawn.boxes[0].words]
    assert "".join(lines) == f"1. {name}街道"
    assert all(sum(2 if sign > "\u2e80" else 1 for sign in words) <= SIGNS + 2 for words in lines)
    assert not any(words[0] in "、，)" or words[-1] == "(" for words in lines)


def test_no_two_boxes_of_a_chart_overlap_and_all_lie_within_it(w):
    flow = flow_of(w.item.versions.get())
    drawn = chart(flow)
    for one in drawn.boxes:
        assert 0 < one.x < one.x + one.wide < drawn.width
        assert one.foot < drawn.height
        assert all(
            one is other or one.foot <= other.y or other.foot <= one.y or abs(one.x - other.x) >= one.wide
            for other in drawn.boxes
        )
