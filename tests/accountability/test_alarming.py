"""What is said of here and now opens as an emergency; what is denied, feared, usual or over does not."""

import csv

import pytest

from accountability.alarming import alarm_in
from accountability.loading import DATA
from accountability.models import Situation
from tests.world import world

pytestmark = pytest.mark.django_db


def pressing() -> list[dict[str, str]]:
    with (DATA / "situations.csv").open(encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["urgency"] == "extreme"]


@pytest.fixture(autouse=True)
def situations():
    w = world()
    named = ("code", "name", "words", "urgency", "at_once")
    Situation.objects.bulk_create(Situation(item=w.item, **{name: row[name] for name in named}) for row in pressing())


def test_each_situation_that_cannot_wait_has_words_and_no_other_has():
    assert len(pressing()) == 14
    assert all(row["at_once"] for row in pressing())
    with (DATA / "situations.csv").open(encoding="utf-8") as file:
        assert {row["urgency"] for row in csv.DictReader(file) if row["at_once"]} == {"extreme"}


@pytest.mark.parametrize(
    ("said", "code", "words"),
    [
        ("楼道里有很浓的燃气味", "CXJS-10-1", ("燃气味",)),
        ("我家厨房闻到煤气味，担心爆炸", "CXJS-10-1", ("煤气味",)),
        ("甸柳三区5号楼2单元，今晚闻到天然气味，没人管", "CXJS-10-1", ("天然气味",)),
        ("请问楼道里有煤气味该找谁？", "CXJS-10-1", ("煤气味",)),
        ("以前没有，今天燃气味特别浓", "CXJS-10-1", ("燃气味",)),
        ("施工队挖断管子，天然气泄漏了。楼道有燃气味", "CXJS-10-1", ("天然气泄漏", "燃气味")),
        ("3号楼着火了，浓烟很大", "YJGL-13-1", ("着火了",)),
        ("千佛山后山山上冒烟", "ZRZY-07-1", ("山上冒烟",)),
        ("老人被困电梯里，打不开门", "SCJG-08-1", ("困电梯",)),
        ("路口井盖丢了，刚才有人差点掉下去", "CXJS-12-1", ("井盖丢",)),
        ("电线掉下来了，搭在铁栏杆上", "YJGL-12-1", ("电线掉",)),
        ("后山山上掉石头，砸到院墙", "ZRZY-05-1", ("山上掉石头",)),
        ("雨太大，水漫进屋里了", "YJGL-08-1", ("水漫进屋",)),
        ("油罐车泄漏，味道刺鼻", "YJGL-02-2", ("罐车泄漏",)),
        ("楼歪了，墙缝能伸进手", "CXJS-04-1", ("楼歪了",)),
        ("邻居在家里囤汽油，好几桶", "YJGL-02-1", ("囤汽油",)),
        ("路边有化学桶", "STHJ-12-1", ("化学桶",)),
        ("几十个人在广场打群架", "YJGL-13-2", ("打群架",)),
        ("邻居精神病发作，在楼道拿刀", "ZDGZ-06-1", ("精神病发作",)),
    ],
)
def test_what_is_said_of_here_and_now_is_an_emergency(said, code, words):
    alarm = alarm_in(said)
    assert alarm is not None
    assert (alarm.situation.code, alarm.words) == (code, words)


@pytest.mark.parametrize(
    "said",
    [
        "没有燃气味", "没有闻到任何燃气味，只是想问什么时候通气", "不是煤气味，是油烟味", "闻不到煤气味了",
        "已经没有煤气味了，谢谢", "煤气味已经没有了", "燃气味的问题已解决", "没有发生爆炸了的事",
        "燃气泄漏的风险一直没人管", "如果燃气泄漏后果不堪设想", "担心燃气泄漏", "万一着火了消防车进不来",
        "每天晚上都有臭鸡蛋味，是附近化工厂", "电梯经常困人，困在电梯是常事", "多次发生业主被困电梯",
        "去年3号楼着火了，楼道到现在没粉刷", "上个月我被困在电梯里，物业没赔", "3月5日晚上困在电梯半小时",
        "着火了，已经扑灭，现在楼道很脏", "社区组织燃气泄漏应急演练，太吵", "建议安装煤气泄漏报警器",
        "井盖响，半夜吵得睡不着", "路面有坑", "小区什么时候通天然气", "煤气涨价了", "水落石出", "",
    ],
)  # fmt: skip
def test_what_is_denied_feared_usual_or_over_is_none(said):
    assert alarm_in(said) is None


def test_only_what_is_said_first_counts():
    told = "物业收费不合理" * 20
    assert alarm_in(f"{told}。楼道有燃气味") is None
    assert alarm_in(f"楼道有燃气味。{told}") is not None


def test_words_of_a_situation_that_can_wait_never_count():
    Situation.objects.filter(code="CXJS-10-1").update(urgency="urgent")
    assert alarm_in("楼道里有很浓的燃气味") is None
