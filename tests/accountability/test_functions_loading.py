"""What departments do beyond the list as it ships, boundary notes, the gold set; and what a file may not say."""

import csv

import pytest
from django.core.management import call_command
from django.utils.timezone import localdate

from accountability.duties import version_on
from accountability.functions_loading import load_functions, read_functions
from accountability.loading import DATA
from accountability.models import Boundary, Function, FunctionList, ItemVersion, ItemWords
from accountability.suggester.answering import suggested
from audit import clock
from people.rows import RefusedRows
from tests.world import world

FUNCTIONS = "code,area,title,kind,unit,amount,time_unit,answer,words\n"
GOOD = FUNCTIONS + "ZN-1,教育,入学,handle,CG,10,working_day,,入学 学位\nZN-2,交通,地铁,answer,,,,请拨打市热线,地铁\n"
LIST = "number,label,in_force_from,reference,basis\n1,职能目录（暂定）,2020-01-01,1,缺省：自拟\n"
PAIRS = "one,other,note\n"


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sheets(folder, **files):
    where = {}
    for name, text in files.items():
        where[name] = folder / f"{name}.csv"
        where[name].write_text(text, encoding="utf-8")
    return read_functions(where, {"CG"}, {"ZHZF-01", "STHJ-01"})


def test_the_functions_ship_as_a_reference_each_handled_in_time_or_answered(db):
    call_command("load_lixia", verbosity=0)
    version = FunctionList.objects.get()
    assert version.reference
    assert "暂定" in version.label
    found = list(version.functions.select_related("unit"))
    assert 60 <= len(found) <= 80
    for one in found:
        assert bool(one.answer) == (one.kind == Function.Kind.ANSWER), one.code
        assert one.answer or (one.unit and one.amount), one.code
    assert ItemWords.objects.count() == ItemVersion.objects.count()
    assert Boundary.objects.count() >= 12
    call_command("load_lixia", verbosity=0)
    assert FunctionList.objects.get().functions.count() == len(found)


def test_what_people_say_in_need_leads_to_whom_it_concerns(db):
    call_command("load_lixia", verbosity=0)
    day = localdate(clock.now())
    version = version_on(day)
    said = {
        "家里有燃气味": "CXJS-10", "楼上往下扔东西": "CXJS-04", "楼下酒吧吵": "STHJ-07", "老人走失": "ZN-GA-02",
        "孩子走丢了": "ZN-GA-02", "家暴": "ZN-GA-02", "校园霸凌": "ZN-JY-02", "黑中介骗押金": "ZN-ZJ-02",
    }  # fmt: skip
    assert {words: suggested([words], version, day).found[0].code for words in said} == said


def test_every_label_of_the_gold_set_is_an_item_a_function_or_none_and_no_text_is_there():
    items, functions = ({row["code"] for row in rows(name)} for name in ("items", "functions"))
    gold = rows("gold")
    assert len(gold) >= 400
    assert len({(row["file"], row["id"]) for row in gold}) == len(gold)
    for row in gold:
        assert set(row) == {"file", "id", "item", "function", "second", "also"}
        for again in filter(None, (row["second"], row["also"])):
            assert again in items | functions | {"none"}, row
        assert row["item"] in items | {"none"}, row
        assert row["function"] in (functions | {"none"} if row["item"] == "none" else {""}), row


def test_what_was_loaded_stays_and_a_new_version_comes_beside_it(tmp_path, db):
    world()
    load_functions(sheets(tmp_path, function_list=LIST, functions=GOOD))
    other = LIST + "2,第二版,2021-01-01,1,缺省\n"
    load_functions(sheets(tmp_path, function_list=other, functions=GOOD.replace("入学,", "上学,")))
    titles = Function.objects.filter(code="ZN-1").order_by("version__number").values_list("title", flat=True)
    assert list(titles) == ["入学", "上学"]


@pytest.mark.parametrize(("files", "column"), [
    ({"functions": GOOD.replace(",CG,", ",XX,")}, "unit"),
    ({"functions": GOOD.replace(",10,working_day", ",,")}, "unit"),
    ({"functions": GOOD.replace("请拨打市热线", "")}, "answer"),
    ({"functions": GOOD + "ZN-1,教育,入学,answer,,,,问学校,入学\n"}, "code"),
    ({"boundaries": PAIRS + "STHJ-01,ZN-9,各归各\n"}, "other"),
    ({"boundaries": PAIRS + "ZHZF-01,STHJ-01,各归各\n"}, "other"),
    ({"item_words": "item,words\nZHZF-99,占道\n"}, "item"),
], ids=["unit", "limit", "answer", "twice", "unknown", "turned", "words"])  # fmt: skip
def test_a_bad_row_is_refused_by_name(tmp_path, files, column):
    with pytest.raises(RefusedRows) as refused:
        sheets(tmp_path, **files)
    assert refused.value.faults[0].column == column
