"""A whistle that the district desk sends back, that goes out by the list, and is withdrawn before anybody signs."""

from cases.models import Level, Verb
from liixia.demo.stories.teller import Teller

ITEM = "CXJS-12"


def sent_back_and_withdrawn(story: Teller) -> None:
    """The street settles it itself in the end, and the hotline calls back."""
    report = story.report("小区东路口一排路灯三天没亮，晚上下班回来看不见台阶，摔了一个人。", "东路口")
    story.accept("路口一排路灯不亮", "facilities")
    story.later(45)
    story.whistle("社区已在台阶处放了反光锥，物业查过楼内电路没有问题。", [])
    story.approve()
    story.later(105)
    note = "清单里有市政照明这一项，已写明由谁牵头，请按清单选事项，直接点名呼叫。"
    story.advance(Verb.SEND_BACK, story.desk, note)
    item = story.crew.items.get(ITEM)
    story.whistle("反光锥仍在，物业安排保安晚上值守；按清单改呼牵头单位。", story.calls(1, item), item=item)
    story.approve()
    story.later(15)
    story.advance(Verb.WITHDRAW, story.street, "物业电工查到是小区自管配电箱跳闸，已合闸，全部亮了，不必劳动区级单位。")
    story.self_handle(Level.STREET, "由街道盯着物业换掉跳闸的开关，当晚复看。")
    story.later(45)
    story.contact("告诉诉求人灯已经亮了，约好晚上在路口碰头看一遍。")
    story.later(345)
    _mended_in_two_goes(story)
    story.later(45)
    story.called_in_vain(report)
    story.called_back(report, "灯亮了，就是当初报了三天才有人来。")
    story.later(45)
    story.advance(Verb.CLOSE, story.desk, "已办结，诉求人说解决了，对快慢有意见，已转街道。")


def _mended_in_two_goes(story: Teller) -> None:
    story.answer(Verb.REPLY, "物业更换老化开关一只，昨晚七点路口九盏灯全亮，台阶边补了反光条。")
    story.later(105)
    story.advance(Verb.REWORK, story.inspector, "昨晚去看，靠马路两盏还一闪一闪，换好再报。")
    story.later(345)
    story.answer(Verb.REPLY, "两盏闪的是灯头接触不良，已换灯头，连看一晚没有再闪。")
    story.later(225)
    story.advance(Verb.PASS, story.inspector, "昨晚七点半到路口看，九盏灯都亮也不闪，台阶看得清。")
