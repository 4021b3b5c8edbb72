"""Days that somebody asks for: a workday that the calendar knows, later than now, within what a rule allows in all."""

from datetime import date, datetime

from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from accountability.clocks import limit_of
from accountability.models import Phase
from accountability.spans import day_words
from accountability.worktime import LOCAL, WorkCalendar, YearUncovered, end_of_work, workdays_between
from cases.models import Case
from cases.moves import MoveRefused


def workday(until: str, calendar: WorkCalendar) -> date:
    """The day that was chosen."""
    try:
        day = parse_date(until[:10])
    except ValueError:
        day = None
    if day is None:
        raise MoveRefused(_("Choose a day."), code="no_day")
    try:
        worked = calendar.is_worked(day)
    except YearUncovered as unknown:
        sentence = _("The calendar of %(year)s is not loaded yet. Choose an earlier day, or ask the administrator.")
        raise MoveRefused(sentence, "year_unknown", {"year": unknown.year}) from unknown
    if not worked:
        raise MoveRefused(_("%(day)s is no working day. Choose one that is."), "no_workday", {"day": day_words(day)})
    return day


def days_after(moment: datetime, until: str, calendar: WorkCalendar) -> tuple[datetime, int]:
    """The end of work of the day that was chosen, and how many workdays it lies behind that moment."""
    day, before = workday(until, calendar), localdate(moment, LOCAL)
    ends = end_of_work(day, calendar)
    if ends <= moment:
        sentence = _("That is no later than now. Choose a day after %(day)s.")
        raise MoveRefused(sentence, "not_later", {"day": day_words(before)})
    return ends, workdays_between(before, day, calendar)


def most(case: Case, phase: Phase, at: datetime) -> int:
    """How many working days may be asked for in all, by the rule of today."""
    limit = limit_of(case.urgency, phase, at)
    return limit.amount if limit else 0


def check_within(days: int, before: int, allowed: int) -> None:
    if days > allowed - before:
        sentence = _("At most %(most)s working days in all; %(left)s are left, and this would take %(days)s.")
        raise MoveRefused(sentence, "too_long", {"most": allowed, "left": max(0, allowed - before), "days": days})
