"""How many limits a second become due moments, beside the bare search among the same stretches of work."""

import random
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from accountability import calendars
from accountability.models import Limit
from accountability.worktime import ELAPSING, EPOCH, MICROSECOND, WORKING, WorkCalendar, due
from liixia.bench.measuring import line, timed

DEADLINES = 10_000
# So early that a year of shelving from the last of them still ends in a year that is covered.
FIRST, MINUTES = datetime(2023, 6, 1, tzinfo=UTC), 2 * 365 * 24 * 60
DAY = timedelta(days=1)


def worktime() -> dict[str, object]:
    """Every limit of every urgency and phase as it ships, from moments by day and night over two years."""
    dice, calendar = random.Random(370102), calendars.current()
    limits = list(Limit.objects.values_list("amount", "unit"))
    starts = [FIRST + timedelta(minutes=dice.randrange(MINUTES)) for _ in range(DEADLINES)]
    wanted = [(start, *dice.choice(limits)) for start in starts]

    def ours() -> int:
        for start, amount, unit in wanted:
            due(start, amount, unit, calendar)
        return DEADLINES

    return line("worktime", "deadlines/s", timed(ours), timed(searched(wanted, calendar)))


def searched(wanted: list[tuple[datetime, int, str]], calendar: WorkCalendar) -> Callable[[], int]:
    """What no arithmetic can save: an addition, or two searches, with the length of each limit known beforehand."""
    run = calendar.runs[FIRST.year]
    begins, ends, totals = run.begins, run.ends, run.totals
    steps = [(start, *length(amount, unit, calendar)) for start, amount, unit in wanted]

    def bare() -> int:
        for start, step, work in steps:
            if not work:
                start + step
                continue
            tick = (start - EPOCH) // MICROSECOND
            at = bisect_right(ends, tick)
            goal = totals[at] - (ends[at] - max(tick, begins[at])) + work
            at = bisect_left(totals, goal)
            EPOCH + timedelta(microseconds=ends[at] - (totals[at] - goal))
        return DEADLINES

    return bare


def length(amount: int, unit: str, calendar: WorkCalendar) -> tuple[timedelta, int]:
    """A limit as the time that passes, or as the work to be done."""
    of_work = {**WORKING, "working_day": calendar.day_length}
    return amount * {**ELAPSING, "day": DAY}.get(unit, timedelta()), amount * of_work.get(unit, 0)
