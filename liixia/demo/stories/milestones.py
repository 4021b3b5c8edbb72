"""A burst main: the whistle goes at once, the leader objects afterwards, and the unit logs milestones."""

from accountability.models import Urgency
from cases import actions
from cases.models import Verb
from liixia.demo.stories.teller import Teller


def burst_main(story: Teller) -> None:
    """The road has still to be put back."""
    story.report("路面往外冒清水，越流越大，已经往地下车库口去了，楼上水压也小了。", "地下车库出入口")
    story.accept("路面冒水，供水管破裂", "facilities", item="CXJS-11", urgency=Urgency.URGENT, situation="CXJS-11-2")
    story.whistle("已打供水抢修电话。", _the_waters(story), kind="emergency")
    story.answer(Verb.SIGN)
    story.contact("问清水往哪边流、车库里有没有车，叫保安先拦住车库入口。")
    story.answer(Verb.ARRIVE, "抢修班四人带车到车库口，阀门井已找到，正在关阀。")
    story.answer(Verb.REACH, "破口四周已围挡，车库口垒沙袋，行人从北侧绕行。", milestone="围护")
    story.later(30)
    note = "先行处置只打了一个电话，关阀、围挡、引导都没有做就吹哨，这一哨记街道一次；到了的单位请继续。"
    story.advance(Verb.OBJECT, story.leader, note)
    story.later(120)
    story.answer(Verb.REACH, "换上两米新管，试压合格，整栋楼已恢复供水。", milestone="修复")


def _the_waters(story: Teller) -> list[actions.Call]:
    """Of the two that the list names to lead, the later one is there for the water."""
    return [actions.Call(duty.unit, True, duty) for duty in story.leading[-1:]] or story.calls(1)
