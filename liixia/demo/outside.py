"""Matters of the demo that are no office's of the district: passed on, one of them out of sight."""

from datetime import datetime

from cases import actions
from cases.models import Case, Origin, Outlet
from grids.standing import Standing

# Scenes, with the authority and with what is told there in place of a matter of the list.
OPENLY, DISCREETLY = 14, 27
TOLD = {
    OPENLY: "拆迁补偿的事前年就走了信访，答复意见书也给了，我不服，请再给个说法。",
    DISCREETLY: "去窗口盖章，有个工作人员暗示先送东西才给办，我留了录音，不敢当面说。",
}
TO = {
    OPENLY: ("petition", "已有信访答复意见书，属信访复查事项，移交信访部门。"),
    DISCREETLY: ("discipline", "反映公职人员索要财物，属纪检监察机关受理范围。"),
}


def passed_on(case: Case, number: int, *, desk: Standing, at: datetime) -> Case:
    """By the district desk, before anybody of the district was called."""
    code, note = TO[number]
    outlet = Outlet.objects.get(code=code)
    return actions.transfer(case, by=desk, at=at, outlet=outlet, note=note, origin=Origin.DEMO)
