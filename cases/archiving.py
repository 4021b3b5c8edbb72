"""Archiving closed cases: which class of keeping holds for one, when it is locked, and until when it is kept.

A locked case is read by whoever could read it, and changed by nobody: a trigger refuses every row of it
(`cases/migrations`: archived cases are locked). Whoever has something new reports it anew.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from audit.kept import Kept
from cases.models import Case, Retention
from cases.moves import Deed

LEAP_DAY = (2, 29)


@Kept
def classes() -> QuerySet[Retention]:
    return Retention.objects.order_by("order")


def class_of(case: Case, known: Iterable[Retention] | None = None) -> Retention | None:
    """The first class that fits; nothing where the district has loaded none."""
    return next((one for one in (classes() if known is None else known) if fits(one, case)), None)


def fits(one: Retention, case: Case) -> bool:
    """By being confidential, by its category or its urgency; a class that names none of these fits every case."""
    if one.confidential:
        return case.confidential
    if not one.categories and not one.urgencies:
        return True
    return case.category.code in one.categories or case.urgency in one.urgencies


def set_the_day(case: Case, deed: Deed) -> None:
    """Closed: from now on the day of its archiving is known."""
    kept = class_of(case)
    deed.facts["told"] = True  # whoever writes it is told that the resident reads it
    case.retention = kept
    case.archive_at, case.kept_until = days_of_keeping(kept, deed.at) if kept else (None, None)


def days_of_keeping(kept: Retention, closed_at: datetime) -> tuple[datetime, date]:
    """When a case that was closed then is locked, and until which local day it is kept."""
    return closed_at + timedelta(days=kept.archive_days), _years_later(localdate(closed_at, LOCAL), kept.keep_years)


def says_how_long(case: Case, deed: Deed) -> None:
    if case.retention and case.kept_until:
        deed.facts.update(retention=case.retention.code, kept_until=case.kept_until.isoformat())


def _years_later(day: date, years: int) -> date:
    return day.replace(year=day.year + years, day=28 if (day.month, day.day) == LEAP_DAY else day.day)
