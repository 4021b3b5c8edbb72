"""The working calendar by reviewed change: the days of one year, or the hours of a workday, as a new version.

What began before keeps its calendar, unless the second person decides that running clocks are counted anew from the
day of the change on (`accountability.carrying`).
"""

from dataclasses import replace
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.db.models import Max
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import calendars
from accountability.carrying import midnight, would_move
from accountability.changing import posts
from accountability.models import Calendar, CoveredYear, DayException, WorkHours
from accountability.worktime import LOCAL, WorkCalendar
from changes.kinds import ChangeRefused, Column, Holder, Impact, Rows, Table

NAME = gettext_lazy("Working calendar")
TONGUE = ""
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS = {"recompute": gettext_lazy("Count the clocks that run anew from that day on; else they keep their deadline")}
MODELS = (
    "accountability.Calendar", "accountability.WorkHours", "accountability.CoveredYear", "accountability.DayException",
)  # fmt: skip
HOURS = "hours"

DAYS_TABLE = Table(
    "days",
    gettext_lazy("Days that differ from the week"),
    ("day",),
    (
        Column("day", gettext_lazy("Day"), "day"),
        Column("kind", gettext_lazy("What it is"), "choice", DayException.Kind.choices),
        Column("name", gettext_lazy("Name of the day"), "text"),
    ),
    spare=6,
)
HOURS_TABLE = Table(
    "hours",
    gettext_lazy("Hours of a workday"),
    ("begins",),
    (Column("begins", gettext_lazy("Begins"), "time"), Column("ends", gettext_lazy("Ends"), "time")),
    spare=1,
)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    """The hours, and each year that is not over, up to the first one that is not known yet."""
    years = range(localdate(at, LOCAL).year, _first_unknown(at) + 1)
    return [(HOURS, label(HOURS)), *((str(year), label(str(year))) for year in years)]


def label(subject: str) -> str:
    if subject == HOURS:
        return _("Hours of a workday")
    if not (subject.isdecimal() and len(subject) == 4):
        raise ChangeRefused(_("There is no such year."), "unknown_subject")
    return _("Working calendar of %(year)s") % {"year": subject}


def tables(subject: str) -> tuple[Table, ...]:
    return (HOURS_TABLE,) if subject == HOURS else (DAYS_TABLE,)


def read(subject: str, at: datetime) -> Rows:
    newest = Calendar.objects.order_by("-version").first()
    if subject == HOURS:
        return {"hours": [_hours(row) for row in newest.hours.order_by("begins")] if newest else []}
    rows = newest.exceptions.filter(day__year=int(subject)).order_by("day") if newest else []
    return {"days": [{"day": row.day.isoformat(), "kind": row.kind, "name": row.name} for row in rows]}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    if subject == HOURS:
        _check_hours(after)
    else:
        _check_year(int(subject), at)
        _check_days(int(subject), before, after, day)


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Which running clocks would be due at another moment, if they were counted anew from that day on."""
    found = would_move(proposed(subject, after), midnight(day))
    said = [_("Clocks that begin from %(day)s on are counted by the new calendar.") % {"day": day.isoformat()}]
    if not found.moved:
        said.append(_("No deadline that runs now would move."))
    else:
        said.append(_("These would move if the second person decides so. Otherwise every deadline stays where it is."))
    return Impact(lines=[*said, *found.lines], counts=found.counts, moved=found.moved)


def apply(change: Any, at: datetime) -> None:
    """A copy of the newest version with this in it."""
    base = Calendar.objects.select_for_update().order_by("-version").first()
    made = Calendar.objects.create(
        version=(Calendar.objects.aggregate(last=Max("version"))["last"] or 0) + 1,
        name=base.name if base else change.title[:60],
        basis=change.basis,
        change=change,
        carry_from=midnight(change.in_force_from) if change.chosen.get("recompute") else None,
    )
    year = None if change.subject == HOURS else int(change.subject)
    if base:
        _copy(base, made, year)
    if year is None:
        WorkHours.objects.bulk_create(WorkHours(calendar=made, **row) for row in change.after["hours"])
        return
    DayException.objects.bulk_create(DayException(calendar=made, **row) for row in change.after["days"])
    CoveredYear.objects.get_or_create(calendar=made, year=year, defaults={"basis": change.basis[:200]})


def proposed(subject: str, after: Rows) -> WorkCalendar:
    """The newest calendar as it would be."""
    base = calendars.current()
    if subject == HOURS:
        hours = tuple((_clock(row["begins"]), _clock(row["ends"])) for row in after["hours"])
        return replace(base, hours=hours, pk=None)
    year = int(subject)
    kept = {one: worked for one, worked in base.exceptions.items() if one.year != year}
    told = {date.fromisoformat(row["day"]): row["kind"] == DayException.Kind.MAKEUP for row in after["days"]}
    return replace(base, exceptions=kept | told, years=base.years | {year}, pk=None)


def _copy(base: Calendar, made: Calendar, year: int | None) -> None:
    hours = base.hours.all() if year is not None else ()
    days = base.exceptions.exclude(day__year=year) if year is not None else base.exceptions.all()
    for rows in (hours, days, base.years.all()):
        copies = list(rows)
        for row in copies:
            row.pk, row.calendar = None, made
        if copies:
            type(copies[0]).objects.bulk_create(copies)


def _check_hours(after: Rows) -> None:
    rows = sorted(after["hours"], key=lambda row: row["begins"])
    wrong = not rows or any(row["ends"] <= row["begins"] for row in rows)
    if wrong or any(one["ends"] > other["begins"] for one, other in pairwise(rows)):
        raise ChangeRefused(
            _("Write stretches of work, each ending after it begins, none inside another."), "odd_hours"
        )


def _check_year(year: int, at: datetime) -> None:
    first, last = localdate(at, LOCAL).year, _first_unknown(at)
    if not first <= year <= last:
        told = {"first": first, "last": last}
        raise ChangeRefused(
            _("Only the years %(first)s to %(last)s can be changed: no year is left out, none that is over."),
            "unknown_year",
            told,
        )


def _check_days(year: int, before: Rows, after: Rows, day: date) -> None:
    if not after["days"]:
        raise ChangeRefused(_("A year without any holiday was never published. Enter its days."), "year_empty")
    days = [date.fromisoformat(row["day"]) for row in after["days"]]
    if len(set(days)) < len(days):
        raise ChangeRefused(_("A day stands here twice. Keep it once."), "named_twice")
    for one, row in zip(days, after["days"], strict=True):
        if (
            one.year != year
            or (row["kind"] == DayException.Kind.MAKEUP) != (one.weekday() > 4)
            and row not in before["days"]
        ):
            told = {"day": row["day"], "year": year}
            raise ChangeRefused(
                _("%(day)s: a holiday lies on a weekday of %(year)s, a make-up workday on a weekend."), "odd_day", told
            )
    _check_past(before, after, day)


def _check_past(before: Rows, after: Rows, day: date) -> None:
    """Days that are over by the day of the change stay as they were lived."""
    changed = [
        row["day"] for row in [*before["days"], *after["days"]] if (row in before["days"]) != (row in after["days"])
    ]
    over = min(changed, default="9999")
    if over < day.isoformat():
        told = {"day": over, "from": day.isoformat()}
        raise ChangeRefused(
            _("%(day)s lies before %(from)s, from when the change is in force. What is over stays as it was."),
            "in_past",
            told,
        )


def _first_unknown(at: datetime) -> int:
    """The first year from this one on that the newest calendar does not know."""
    year, known = localdate(at, LOCAL).year, calendars.current().years
    while year in known:
        year += 1
    return year


def _hours(row: WorkHours) -> dict[str, str]:
    return {"begins": f"{row.begins:%H:%M}", "ends": f"{row.ends:%H:%M}"}


def _clock(words: str) -> time:
    return time.fromisoformat(words)
