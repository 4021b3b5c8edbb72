"""A few demo cases under supervision: an order that its unit has answered, and one that was judged and closed.

The open ones come by themselves: `scenes.SLOW` lets some replies lie until the sweep has them climb the ladder.
"""

from datetime import datetime

from cases import actions
from cases.models import Origin, Summons, Verb, Verdict
from cases.moves import MoveRefused
from liixia.demo.cast import Crew

ANSWERED, CLOSED = 33, 20
DEMAND = "请说明现场为何尚未处理完毕，由谁负责、何时完成，并附照片。"
ANSWER = "因物料晚到，本周四前完成，由带班队长负责，现场已设围挡。"
FOUND = "现场查看，围挡完整，进度与答复一致。"


def of_case(calls: list[Summons], number: int, *, crew: Crew, at: datetime) -> None:
    """The inspector asks, the unit answers, and of one of them the inspector has said that it is put right."""
    lead = next((call for call in calls if call.leads), None)
    if lead is None or number not in (ANSWERED, CLOSED):
        return
    said = {"at": at, "origin": Origin.DEMO}
    try:
        actions.answer(lead, Verb.ORDER, by=crew.supervisor, note=DEMAND, **said)
        actions.answer(lead, Verb.ANSWER, by=crew.answering(lead), note=ANSWER, **said)
        if number == CLOSED:
            facts = {"verdict": Verdict.REMEDIED.value}
            actions.answer(lead, Verb.CLOSE_ORDER, by=crew.supervisor, note=FOUND, facts=facts, **said)
    except MoveRefused:  # this one has ended
        return
