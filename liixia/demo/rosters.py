"""Made-up duty rosters for every unit, so that an urgent case at night names whom to ring."""

from datetime import datetime, time

from people.actions import set_roster
from people.models import DutyRoster, Unit

MIDNIGHT = time()
BASIS = "演示数据，非真实值班安排"
SATURDAY, SUNDAY = 6, 7


def make_rosters(*, at: datetime) -> int:
    """For units that have none; returns for how many."""
    units = list(Unit.objects.filter(rosters=None).order_by("code"))
    for number, unit in enumerate(units, start=1):
        set_roster(unit, _rows(f"0531-0000{number:04}"), by=None, at=at)
    return len(units)


def _rows(phone: str) -> list[DutyRoster]:
    """Round the clock, since only what lies outside working time is ever shown; the weekend has a post of its own."""
    return [
        DutyRoster(who=who, weekday=weekday, phone=phone, begins=MIDNIGHT, ends=MIDNIGHT, basis=BASIS, demo=True)
        for who, weekday in (("值班室（演示）", None), ("周末带班（演示）", SATURDAY), ("周末带班（演示）", SUNDAY))
    ]
