"""When a demo case begins, so that the work it takes lies before the moment at which it ends."""

from datetime import datetime, timedelta

from accountability.worktime import WorkCalendar, due


def begin_before(end: datetime, days: float, calendar: WorkCalendar) -> datetime:
    """A moment from which so many working days (of eight hours, at least an hour in all) lie before the end."""
    hour = calendar.worked_between(*_an_hour_of_work(end, calendar))
    begins = end
    while calendar.worked_between(begins, end) < max(hour * 8 * days, hour):
        begins -= timedelta(hours=3)
    return begins


def _an_hour_of_work(end: datetime, calendar: WorkCalendar) -> tuple[datetime, datetime]:
    start = due(end - timedelta(days=14), 1, "working_minute", calendar)
    return start, due(start, 1, "working_hour", calendar)
