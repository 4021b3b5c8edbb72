"""How far the calendar in use knows its days, and which year it must be told before deadlines begin to wait."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability import calendars
from accountability.worktime import LOCAL

NOTICE = timedelta(days=60)


def missing_year(at: datetime) -> int | None:
    """The first year that is not known and has begun, or begins within the days of notice."""
    today = localdate(at, LOCAL)
    known = calendars.current().years
    return next((year for year in range(today.year, (today + NOTICE).year + 1) if year not in known), None)


def notice(at: datetime) -> str:
    """What an administrator has to do by now, or "" while every year that is near is known."""
    year = missing_year(at)
    if year is None:
        return ""
    told = _(
        "The working calendar does not know %(year)s yet, and deadlines that reach into it wait until it does. Add its"
        " holidays to day_exceptions.csv and the year to covered_years.csv, then run manage.py load_lixia."
    )
    return told % {"year": year}
