"""What comes after the closing of a few demo cases: a resident or the district opens one again."""

from datetime import datetime, timedelta

from cases import actions
from cases.models import Case, Origin, State, Verb
from cases.moves import MoveRefused
from engagement.actions import reopen
from engagement.models import Report
from liixia.demo.cast import Crew
from liixia.demo.scenes import COME_BACK, REOPENED

LATELY = timedelta(minutes=20)
NOT_RIGHT = "昨天傍晚又和原来一样了，拍了照片，请再来看看。"
WHY = "抽查发现问题反复，原处置未落实，请牵头单位重新办理。"


def of_case(case: Case, report: Report, number: int, *, crew: Crew, now: datetime) -> Case:
    """Just now, so that whoever is called again has not begun yet."""
    at = now - LATELY
    if case.state != State.CLOSED or case.closed_at is None or case.closed_at >= at:
        return case
    try:
        if number in COME_BACK:
            reopen(report, words=NOT_RIGHT, at=at, origin=Origin.DEMO)
        elif number in REOPENED:
            actions.advance(case, Verb.REOPEN, by=crew.supervisor, at=at, note=WHY, origin=Origin.DEMO)
    except MoveRefused:  # this one came too late for it
        return case
    case.refresh_from_db()
    return case
