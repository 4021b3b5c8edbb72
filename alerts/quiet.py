"""Quiet hours: what can wait is shown together when they end; what cannot is shown at once."""

from datetime import date, datetime, time, timedelta

from django.utils.timezone import localdate, localtime

from accountability.worktime import LOCAL
from alerts.models import QuietHours

DAY = timedelta(days=1)


def in_force(at: datetime) -> QuietHours | None:
    """The newest row whose day has come; without one no hour is quiet."""
    return QuietHours.objects.filter(since__lte=localdate(at, LOCAL)).order_by("-since", "-pk").first()


def shown_at(hours: QuietHours | None, urgency: str, told_at: datetime) -> datetime:
    """When a message of a case this urgent is shown: now, or where it can wait, when the quiet hours end.

    The very end is no longer quiet. Hours that end no later than they begin go on into the next day.
    """
    if hours is None or hours.is_loud(urgency):
        return told_at
    return _end_of(hours, told_at) or told_at


def _end_of(hours: QuietHours, at: datetime) -> datetime | None:
    """The end of the quiet stretch in which this moment lies, or nothing."""
    local = localtime(at, LOCAL)
    for day in (local.date() - DAY, local.date()):
        begins, ends = _moment(day, hours.begins), _moment(day, hours.ends)
        if ends <= begins:
            ends = _moment(day + DAY, hours.ends)
        if begins <= at < ends:
            return ends
    return None


def _moment(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock, LOCAL)
