"""Two demo callers who misuse the hotline: one is restrained, of the other an inspector has still to decide."""

import random
from datetime import datetime, timedelta

from django.utils.timezone import localdate

from engagement.actions import ask_to_restrain, decide_restraint
from engagement.models import Report
from engagement.restraining import RestraintRefused, evidence_for
from liixia.demo.cast import Crew

# Scenes that one person reports, played one after the other in any number of processes; the last of them tells.
HELD, WAITING = (5, 6, 8), (14, 15, 16)
PHONES = dict.fromkeys(HELD, "13900010001") | dict.fromkeys(WAITING, "13900010002")
ASKED, DECIDED, LASTS = timedelta(hours=2), timedelta(hours=1), timedelta(days=30)
WHY = "同一来电人一周内多次来电辱骂话务员，所反映事项均在办，已当面告知进度仍不停止。"
YES = "听取三段录音，情况属实；限制三十日，到期自动解除。"


def caller_of(number: int, rng: random.Random) -> dict[str, str]:
    """Made up, and the same for those scenes that one person reports."""
    made_up = f"1390000{rng.randrange(10**4):04d}"
    return {"name": "示例居民", "phone": PHONES.get(number, made_up)}


def of_caller(report: Report, number: int, *, crew: Crew, now: datetime) -> None:
    if number not in (HELD[-1], WAITING[-1]):
        return
    by, at = crew.clerk, now - ASKED
    until = localdate(now) + LASTS
    try:
        one = ask_to_restrain(report, by=by, at=at, reason=WHY, cases=list(evidence_for(report, by)), until=until)
    except RestraintRefused:  # their other calls have not been played
        return
    if number == HELD[-1]:
        decide_restraint(one, by=crew.supervisor, at=now - DECIDED, upheld=True, words=YES)
