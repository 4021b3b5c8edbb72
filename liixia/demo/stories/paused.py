"""A pause that is not allowed, one that is and ends early, and an order whose first answer goes back to the unit."""

from cases.models import Verb, Verdict
from liixia.demo.delays import workday
from liixia.demo.stories.teller import Teller

DEMAND = "请说明支撑是谁装的、有没有算过，隔壁三户能不能住，附计算书和现场照片。"


def paused_and_ordered(story: Teller) -> None:
    """Inspected in the end; the resident has still to be called back."""
    story.report("楼下装修把一面墙开了大门洞，我家地砖都裂了，请找人鉴定还能不能住。", "5号楼1单元")
    story.accept("装修开洞，楼上地砖开裂要求鉴定", "housing", item="CXJS-08")
    story.whistle("社区叫停施工、贴了告知，物业断了装修用电，户主说有图纸但不肯拿。", story.calls(1))
    story.approve()
    story.answer(Verb.SIGN)
    story.contact("问清裂缝在哪几间、最近有没有变宽，约好下午上门看。")
    story.answer(Verb.ARRIVE, "两人进到5号楼1单元，量了门洞和裂缝，与街道一起封门。")
    _resting(story)
    _supervised(story)
    story.later(105)
    story.answer(Verb.REPLY, "门洞已按加固方案恢复，鉴定单位复核合格，观测片没有变化，裂缝已修补。")
    story.later(105)
    story.advance(Verb.PASS, story.inspector, "门洞已封回，楼上地砖裂缝补好，观测片完整。")


def _resting(story: Teller) -> None:
    """Asked for too early, then with ground, and over before its day."""
    story.later(45)
    _asked(story, "要等第三方鉴定报告，报告出来以前定不了拆还是加固。")
    story.later(45)
    story.answer(Verb.DISALLOW, "鉴定机构还没有委托，先委托、把委托书附上再申请。", by=story.street)
    story.later(465)
    _asked(story, "鉴定已委托（委托书已交街道），取样到出报告要一周，其间每天有人看裂缝观测片。")
    story.answer(Verb.ALLOW, by=story.street)
    story.later(945)
    story.answer(Verb.RESUME, "鉴定机构提前出了报告：门洞未加过梁，须加固后恢复，今天起继续办。")


def _supervised(story: Teller) -> None:
    """The first answer says nothing of what was asked."""
    story.later(45)
    story.answer(Verb.ORDER, DEMAND, by=story.inspector)
    story.later(105)
    story.answer(Verb.ANSWER, "支撑由加固单位安装，已安排专人值守。")
    story.later(45)
    story.answer(Verb.RETURN, "没有回答隔壁三户能不能住，也没有计算书，请补上再答。", by=story.inspector)
    story.later(105)
    story.answer(Verb.ANSWER, "计算书和照片已上传；鉴定结论为可以居住，三户已逐户书面告知，支撑每日查看。")
    found = "到场看了支撑和观测片，三户手里都有告知书，与答复一致。"
    story.answer(Verb.CLOSE_ORDER, found, by=story.inspector, verdict=Verdict.REMEDIED.value)


def _asked(story: Teller, why: str) -> None:
    story.answer(Verb.PAUSE, why, until=workday(story.crew.calendar, story.at, 8))
