"""Whom to ring in a called unit while nobody works there, where the case cannot wait until somebody does."""

from dataclasses import dataclass

from accountability.models import Urgency
from accountability.worktime import YearUncovered, begin
from cases.models import Answer, Summons
from cases.models.case import ENDED
from desk.case_page import asked
from desk.case_page.rows import Rows
from people.models import DutyRoster, Role
from people.rosters import on_duty

PRESSING = frozenset({Urgency.URGENT, Urgency.EXTREME})
# Who calls units, is called as one, or answers for either. Others read who is on duty, and no number.
RINGING = frozenset(
    {
        Role.DISPATCHER, Role.STREET_LEADER, Role.STATION, Role.RESPONDER, Role.DEPT_LEADER, Role.DISTRICT_DESK,
        Role.DISTRICT_LEADER, Role.INSPECTOR,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Ring:
    """The person or post on duty, and the number for those who may ring it."""

    who: str
    phone: str

    @property
    def dialled(self) -> str:
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")


def to_ring(rows: Rows) -> dict[int, Ring]:
    """By summons; nothing, and no question asked, in working time or where the case can wait."""
    calls = _awaited(rows)
    if not calls or _is_at_work(rows):
        return {}
    found = on_duty(asked.rosters(units=sorted({call.unit_id for call in calls})), rows.at)
    return {call.pk: _ring(found[call.unit_id], rows) for call in calls if call.unit_id in found}


def _awaited(rows: Rows) -> list[Summons]:
    """The summonses of a pressing case on which work is not done."""
    if rows.case.urgency not in PRESSING or rows.case.state in ENDED:
        return []
    return [call for call in rows.open_calls if call.state != Answer.REPLIED]


def _is_at_work(rows: Rows) -> bool:
    """Of a year that no calendar knows nobody can say so."""
    try:
        return begin(rows.at, rows.calendar) == rows.at
    except YearUncovered:
        return False


def _ring(row: DutyRoster, rows: Rows) -> Ring:
    return Ring(row.who, row.phone if RINGING & frozenset(rows.standing.roles) else "")
