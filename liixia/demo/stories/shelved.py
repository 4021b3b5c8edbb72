"""Two residents, one matter: shelving is refused, then allowed, taken up again early, and both are asked in the end."""

from cases import actions
from cases.models import Channel, Level, Verb
from cases.pausing import leaders
from engagement.models import Report
from liixia.demo.delays import workday
from liixia.demo.stories.teller import Teller

WHY = "小区主路连着地下管网，管网改造列在明年，现在铺面明年还要挖。"
PLAN = "先补最深的三处坑，管网改造同步做路面，资金到位后半年内完成。"


def shelved_and_heard(story: Teller) -> None:
    first = story.report("小区主路坑连着坑，电动车颠得厉害，下雨看不出深浅，请修一下。", "小区主路")
    story.accept("小区主路多处坑洼", "facilities")
    second = story.report(
        "主路的坑把我家孩子的自行车别倒了，手肘擦破，什么时候修？", "小区主路", channel=Channel.CITIZEN
    )
    story.later(15)
    note = "同一条路、同一批坑，前一件已受理，并在一起答复。"
    actions.merge(second.case, main=story.case, note=note, **story.said(story.street))
    _asked(story, "等管网改造时一起修。")
    story.later(105)
    note = "最深的坑不能等，方案里写明先补哪几处、哪位领导负责、哪天复核，再报。"
    story.advance(Verb.DISALLOW, story.desk, note)
    story.later(45)
    _asked(story, PLAN)
    story.later(45)
    story.advance(Verb.ALLOW, story.desk)
    story.later(945)
    story.advance(Verb.RESUME, story.street, "老旧小区改造资金提前到位，施工队下周就能进场，不再等。")
    story.self_handle(Level.STREET, "街道把主路修补加进本周的养护单，先做主路。")
    story.later(45)
    _mended(story, first, second)


def _mended(story: Teller, first: Report, second: Report) -> None:
    """The road is mended, and both who reported it are heard."""
    story.contact("给两位诉求人都回了电话，说清哪天封路、从哪边绕。")
    story.later(465)
    story.answer(Verb.REPLY, "主路铣刨重铺约一百八十米，三处深坑先做了基层，井盖调平。")
    story.later(105)
    story.advance(Verb.PASS, story.inspector, "从南门走到北门，路面平整，井盖与路面齐平。")
    story.later(45)
    story.rated(second, "路平了，孩子又敢骑车了。")
    story.called_back(first, "修好了，比原来说的明年早。")
    story.later(15)
    story.advance(Verb.CLOSE, story.desk, "两位诉求人都已回应，办结。")


def _asked(story: Teller, plan: str) -> None:
    until = workday(story.crew.calendar, story.at, 120)
    story.advance(Verb.SHELVE, story.street, WHY, until=until, plan=plan, leader=leaders(story.at)[0].pk)
