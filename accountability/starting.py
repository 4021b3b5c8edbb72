"""Starts the clocks of many subjects at once. Their owner calls this while it holds the locks on their rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils.timezone import localdate

from accountability.clocks import Start, limits_in_force, timed
from accountability.models import Clock, Limit
from accountability.worktime import LOCAL
from audit.rows import insert


@dataclass(frozen=True)
class Wanted:
    """A start of one subject among many: its key, its urgency, and since when it runs."""

    subject_id: int
    start: Start
    urgency: str
    at: datetime

    @property
    def rule(self) -> tuple[str, date]:
        """What decides which limits are in force."""
        return str(self.urgency), localdate(self.at, LOCAL)


def start_each(kind: str, wanted: Iterable[Wanted]) -> list[Clock]:
    """Start a clock for each: one statement, and one for each urgency and day, which reads the limits."""
    made = []
    for (urgency, _day), group in groupby(sorted(wanted, key=lambda one: one.rule), key=lambda one: one.rule):
        same = list(group)
        limits = limits_in_force(urgency, {one.start.phase for one in same}, same[0].at)
        made += [clock for one in same for clock in _of(kind, one, limits)]
    return list(insert(made))


def _of(kind: str, one: Wanted, limits: dict[str, Limit]) -> list[Clock]:
    """None where no limit counts for its phase."""
    clocks = timed(kind, [one.start], limits, one.at)
    for clock in clocks:
        clock.subject_id = one.subject_id
    return clocks
