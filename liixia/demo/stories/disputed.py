"""A unit declines; desk and conferral leave it to the district leader, who calls the other unit in its place."""

from cases import actions
from cases.models import Verb
from liixia.demo.disputes import cites
from liixia.demo.stories.teller import Teller
from people.models import Role, User

GROUND = "本件是停水不是停暖，清单写明住建监管供热、水务监管供水；我局只管换热站一侧，水泵不归我局。"
TO_CONFER = "换热站和水泵房在一间屋里，两家都说是对方的设备，专席看图纸定不了，请编办、司法会商。"
TO_LEADER = "三定方案各写了一半，编办与司法意见不一，提请区领导裁定。"
RULED = "水泵房由水务牵头，先恢复供水；换热站一侧的事项另行交办，今后同类照此办理。"


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
