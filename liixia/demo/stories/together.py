"""A joint action from the first call to the minutes: one unit is excused, one is let go and sent back once more."""

from cases import actions
from cases.models import Summons, Verb
from liixia.demo.stories.teller import ACT, Teller

AT_ONCE = 2  # minutes between what the units do, each by itself
PLAN = "先由牵头单位亮证检查，配合单位查证照和食材，社区劝散围观；结束后一起拍照留存。"
MINUTES = "两家摊点撤出人行道，炉具一台先行登记保存，健康证补齐；社区每晚巡看一周，街道周末复查。"


def let_go_and_recalled(story: Teller) -> None:
    """Three units are called; one need not come, and the others stay until the street agrees."""
    report = story.report("西头新开了两家露天烧烤，烟往楼上灌，到半夜还在人行道上摆桌子，管了又来。", "西头人行道")
    lead, excused, other = _called(story)
    _meet(story, lead, [lead, excused, other])
    story.answer(Verb.EXCUSE, "到场前核实两家用的都是电炉，不冒烟，不用再监测。", call=excused, by=story.street)
    story.later(90)
    _sent_back_once_more(story, other)
    story.sign_in(lead, "执法队三人到西头人行道，两家摊点都在营业。")
    story.later(105)
    story.answer(Verb.REPLY, "两名帮工健康证原件已看到，复印件留存街道。", call=other)
    story.answer(Verb.OUTCOME, "两家桌椅全部收回店内，一台炉具先行登记保存，店主签字。", call=lead)
    story.advance(Verb.CONCLUDE, story.street, MINUTES)
    story.later(45)
    story.answer(Verb.REPLY, "占道烧烤两家已退回店内经营，炉具待处理，夜间加了一班巡查。", call=lead)
    story.later(465)
    story.advance(Verb.PASS, story.inspector, "昨晚九点半去看，人行道上没有桌椅和炉具。")
    story.called_back(report, "这几天没有再摆，希望能坚持。")
    story.advance(Verb.CLOSE, story.desk, "已办结，诉求人基本满意，街道周末复查。")


def _called(story: Teller) -> list[Summons]:
    """By the district desk, since the list names units that are not the district's to command."""
    story.accept("露天烧烤占道冒烟", "enforcement", item="ZHZF-02")
    story.whistle("网格员连着三晚劝导，桌子收了又摆，约谈店主一次没有来。", story.calls(3), kind="enforcement")
    story.approve()
    story.later(45)
    story.case = actions.dispatch(story.case, calls=story.calls(3), **story.said(story.desk))
    story.pace = AT_ONCE
    for call in story.called:
        story.answer(Verb.SIGN, call=call)
        story.contact(f"与街道、{call.unit}对好时间，在{story.case.place}碰头。", call=call)
    story.pace = ACT
    return story.called


def _sent_back_once_more(story: Teller, call: Summons) -> None:
    """Its result is given and it is let go, but what it replied is not all."""
    story.sign_in(call, "两人到西头人行道，与执法队、社区会合。")
    story.answer(Verb.OUTCOME, "两户营业执照在有效期内，一户两名帮工没有健康证，已当场告知。", call=call)
    story.answer(Verb.LET_GO, call=call, by=story.street)
    story.answer(Verb.REPLY, "证照已查，帮工健康证问题已告知店主，本单位部分办结。", call=call)
    story.later(45)
    note = "店主说健康证下午就能办好，请等补齐、看到原件再算办结。"
    story.answer(Verb.RECALL, note, call=call, by=story.street)


def _meet(story: Teller, lead: Summons, members: list[Summons]) -> None:
    facts = {
        "kind": "enforcement", "place": story.case.place, "lead": lead.unit.code,
        "members": [call.unit.code for call in members],
        "meets_at": story.after(ACT + 45).isoformat(),
    }  # fmt: skip
    story.advance(Verb.CONVENE, story.street, PLAN, **facts)
