"""The calendar's rows as a WorkCalendar, kept per process and known again by a mark of what the rows say."""

from collections.abc import Callable
from functools import cache

from django.db import connection

from accountability.models import Calendar, DayException
from accountability.worktime import WorkCalendar

# What the rows of a calendar say, in one short text: whoever holds the same mark holds the same calendar.
MARK = """
(SELECT concat_ws('/', c.id, c.version,
    (SELECT string_agg(h.begins || '-' || h.ends, ',' ORDER BY h.begins)
       FROM accountability_workhours h WHERE h.calendar_id = c.id),
    (SELECT concat_ws(':', 'y', count(*), sum(y.year), sum(y.year::int * y.year))
       FROM accountability_coveredyear y WHERE y.calendar_id = c.id),
    (SELECT concat_ws(':', 'x', count(*), sum(x.n), sum(x.n * x.n), sum(x.n) FILTER (WHERE x.kind = 'makeup'))
       FROM (SELECT kind, (day - DATE '2000-01-01')::bigint AS n
               FROM accountability_dayexception WHERE calendar_id = c.id) x))
 FROM accountability_calendar c {which})"""
NEWEST = MARK.format(which="ORDER BY c.version DESC LIMIT 1")
BY_ID = MARK.format(which="WHERE c.id = %s")
KEPT_AT_MOST = 8

UNKNOWN = WorkCalendar((), {}, frozenset())
Numbered = Callable[[int | None], WorkCalendar]
_kept: dict[str, WorkCalendar] = {}


def current() -> WorkCalendar:
    """The calendar that counts for new clocks; one that knows no year when none is loaded."""
    return known_by(_read(NEWEST))


def numbered(calendar_id: int | None) -> WorkCalendar:
    """The calendar with this id, which an older clock may still stand on."""
    return known_by(_read(BY_ID, calendar_id)) if calendar_id else UNKNOWN


def asked_once() -> Numbered:
    """`numbered` for a batch of clocks: each calendar is asked for once, however many stand on it."""
    return cache(numbered)


def known_by(mark: str | None) -> WorkCalendar:
    """The calendar with this mark: from memory, or read from its rows."""
    if not mark:
        return UNKNOWN
    if mark not in _kept:
        if len(_kept) >= KEPT_AT_MOST:
            _kept.clear()
        calendar_id = int(mark.split("/", 1)[0])
        calendar = _load(Calendar.objects.get(pk=calendar_id))
        if _read(BY_ID, calendar_id) != mark:
            return calendar
        _kept[mark] = calendar
    return _kept[mark]


def _read(sql: str, *params: int | None) -> str | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {sql}", params)
        mark: str | None = cursor.fetchone()[0]
        return mark


def _load(calendar: Calendar) -> WorkCalendar:
    exceptions = list(calendar.exceptions.all())
    return WorkCalendar(
        hours=tuple((hours.begins, hours.ends) for hours in calendar.hours.order_by("begins")),
        exceptions={row.day: row.kind == DayException.Kind.MAKEUP for row in exceptions},
        years=frozenset(calendar.years.values_list("year", flat=True)),
        names={row.day: row.name for row in exceptions},
        pk=calendar.pk,
        version=calendar.version,
    )
