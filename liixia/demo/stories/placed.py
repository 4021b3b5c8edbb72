"""A report without a place: to a street, turned down by a slip, undone, passed on out of sight and taken back."""

from cases import actions
from cases.models import Channel, Level, Outlet, Verb
from grids.models import Area
from liixia.demo.stories.teller import Teller

DISCREET = "discipline"


def undone_and_got_back(story: Teller) -> None:
    """What is said when it comes back names neither the authority nor why: everybody who serves the place reads it."""
    story.report(
        "小区收停车费的跟我说塞条烟就不用交钱，这样的人也能管收费？", "", channel=Channel.CITIZEN, placed=False
    )
    street = Area.objects.get(code=story.grid.code[:9])
    note = "诉求人补充了小区名，属该街道。"
    story.case = actions.place(story.case, area=street, note=note, **story.said(story.desk))
    story.advance(Verb.TURN_DOWN, story.street, "不属于政府职责范围。")
    story.undo("点错了，这一件要受理。")
    story.accept("停车收费人员向业主要东西", "housing")
    story.later(15)
    outlet, why = Outlet.objects.get(code=DISCREET), "反映收费人员索要财物，先请核实其身份。"
    story.case = actions.transfer(story.case, outlet=outlet, note=why, **story.said(story.desk))
    story.later(225)
    note = "经核对属街道能办的事项，按原来的渠道继续办理。"
    story.case = actions.get_back(story.case, note=note, **story.said(story.desk))
    story.self_handle(Level.STREET, "街道约谈物业经理，收费员当天调离岗亭，停车费改为扫码。")
    story.later(15)
    story.contact("告诉诉求人收费员已调离，问清哪天哪个岗亭，请物业调监控。")
