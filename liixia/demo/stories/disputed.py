"""Declined calls that come before the district leader: handed up by desk and conferral, or at once as the third."""

from cases import actions
from cases.models import Verb
from liixia.demo.disputes import cites
from liixia.demo.stories.teller import Teller
from people.models import Role, User

GROUND = "本件是停水不是停暖，清单写明住建监管供热、水务监管供水；我局只管换热站一侧，水泵不归我局。"
TO_CONFER = "换热站和水泵房在一间屋里，两家都说是对方的设备，专席看图纸定不了，请编办、司法会商。"
TO_LEADER = "三定方案各写了一半，编办与司法意见不一，提请区领导裁定。"
RULED = "水泵房由水务牵头，先恢复供水；换热站一侧的事项另行交办，今后同类照此办理。"
NOT_MINE = (
    "我局管改造的设计、施工和验收，改造已验收移交，花坛恢复在移交之后，应由街道按长效管护机制办。",
    "清单写我局是配合责任，土堆不是违建也不是占道经营，没有执法事项，应由街道组织清走。",
    "院内花坛不在公共绿地养护范围，我局只作补种指导，管护应由街道落实。",
)


def ruled_by_the_leader(story: Teller) -> None:
    """Goes on with the unit that was called last."""
    story.report("整栋楼停水两天了，换热站和水泵在一间屋，供热的说找供水，供水的说找供热。", "换热站旁8号楼")
    story.accept("停水两天，换热站与水泵房互相推", "facilities", item="CXJS-11")
    story.whistle("社区给高层住户送水两车，问过物业和两家企业，都说不是自己的设备。", story.calls(1))
    story.approve()
    story.answer(Verb.SIGN)
    story.later(30)
    other = {"to": story.leading[-1].unit.code if story.leading else story.crew.fallback_unit.code}
    call = story.called[0]
    actions.decline(call, note=GROUND, facts={**other, **cites(call)}, **story.said(story.crew.answering(call)))
    story.later(45)
    actions.put_before(call, Verb.CONFER, note=TO_CONFER, **story.said(story.desk))
    story.later(105)
    editor = story.crew.standing(User.objects.filter(demo=True, unit_roles__role=Role.ESTABLISHMENT)[0])
    actions.put_before(call, Verb.REFER, note=TO_LEADER, **story.said(editor))
    story.later(135)
    leader = story.of_district(Role.DISTRICT_LEADER)
    actions.uphold(call, note=RULED, facts=other, **story.said(leader))
    story.answer(Verb.SIGN)
    story.contact("告诉诉求人由本单位接手，水泵下午到货，先接临时管供水。")


def declined_by_three(story: Teller) -> None:
    """The desk has the first two before it; the third, which nobody ruled on, lies before the district leader."""
    story.report("楼前花坛改造时挖开就没再管，土堆占着路，问住建、城管、园林，都说不是自己的。", "2号楼前花坛")
    story.accept("改造挖开的花坛半年没恢复，三家互相推", "housing", item="CXJS-03")
    story.whistle("社区清过一次土，楼长问遍了三家，都没有接。", story.calls(3))
    story.approve()
    for call, ground in zip(story.called, NOT_MINE, strict=False):
        facts = {"to": story.case.office.code, **cites(call)}
        actions.decline(call, note=ground, facts=facts, **story.said(story.crew.answering(call)))
