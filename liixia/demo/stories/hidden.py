"""A case that becomes confidential while it is handled, until an inspector lifts that with the reporter's consent."""

from cases.models import Verb
from liixia.demo.stories.teller import Teller


def hidden_and_shown(story: Teller) -> None:
    story.report("我楼上那套房隔成七八间往外租，半夜搬东西，房东是我同事，别说是我讲的。", "6号楼")
    story.accept("一套房隔成多间出租，夜里吵", "housing", item="CXJS-09")
    story.later(15)
    story.advance(
        Verb.CONCEAL, story.desk, "来电人担心被找上门，要求不透露身份。",
        summary="一套房打隔断分租，夜间扰民", place="6号楼",
    )  # fmt: skip
    story.whistle("社区以消防检查的名义看过，隔出七间，走道拉着电线，房东不在。", story.calls(1))
    story.approve()
    story.answer(Verb.SIGN)
    story.contact("经热线转告办理进度，问清夜里几点最吵，不问姓名住处。")
    story.later(45)
    note = "来电人书面同意公开身份，愿意当面和房东调解；房东已换人联系。"
    story.advance(Verb.UNVEIL, story.inspector, note)
    story.later(45)
    story.answer(Verb.ARRIVE, "两人到6号楼，与社区一起量了隔断，房东到场，答应本周拆。")
