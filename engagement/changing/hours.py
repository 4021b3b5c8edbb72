"""The hours of calling back, as a draft edits them: all of them together, each urgency's own set with its own day."""

from collections.abc import Iterable
from datetime import date, datetime, time
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import calendars
from accountability.models import Urgency
from changes.kinds import ChangeRefused, Column, Impact, Row, Rows, Table
from engagement.calling import UNWRITTEN, Plans, plans_at
from engagement.changing.waiting_now import next_calls, of_the_first_cases, plans_with
from engagement.models import CallHours

NAME = gettext_lazy("Hours of calling back")
MODEL = CallHours
ALL = ""
TABLES = (
    Table(
        "hours",
        NAME,
        ("urgency", "day", "begins"),
        (
            Column("urgency", gettext_lazy("Only for the urgency"), "choice", Urgency.choices, optional=True),
            Column("day", gettext_lazy("On which days"), "choice", CallHours.Day.choices),
            Column("part", gettext_lazy("Part of the day"), "choice", CallHours.Part.choices),
            Column("begins", gettext_lazy("Begins"), "time"),
            Column("ends", gettext_lazy("Ends"), "time"),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
        spare=1,
        titled=("urgency", "day", "part"),
    ),
)


def read(day: date) -> Rows:
    plans = Plans(list(CallHours.objects.filter(since__lte=day)), UNWRITTEN, calendars.UNKNOWN)
    sets = (plans.newest(urgency) for urgency in (ALL, *Urgency.values))
    return {"hours": [_row(one) for found in sets for one in sorted(found, key=lambda one: (one.day, one.begins))]}


def check(before: Rows, after: Rows, at: datetime) -> None:
    sets = _sets(after)
    if not sets.get(ALL):
        raise ChangeRefused(
            _("Keep hours for every urgency: without them people are called at night."), "hours_missing"
        )
    for rows in sets.values():
        _check_set(sorted(rows, key=lambda row: (row["day"], row["begins"])))


def _check_set(rows: list[Row]) -> None:
    for row in rows:
        if row["ends"] <= row["begins"]:
            told = {"begins": row["begins"]}
            raise ChangeRefused(_("%(begins)s: the hours end after they begin."), "odd_hours", told)
    for one, other in pairwise(rows):
        if one["day"] == other["day"] and one["ends"] > other["begins"]:
            told = {"begins": other["begins"]}
            raise ChangeRefused(_("%(begins)s lies within the hours before it."), "odd_hours", told)


def impact(before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    plans = plans_at(at)
    found = next_calls(
        plans_with(plans, hours=_hours(before)), plans_with(plans, hours=_hours(after)), day, at,
        _("Could be called later than by the hours of now"), _("Could be called sooner than by the hours of now"),
    )  # fmt: skip
    said = _("Who waits is called by the new hours from %(day)s on. A time that somebody named is kept.")
    return Impact(lines=[said % {"day": day.isoformat()}, *of_the_first_cases()], touched=found)


def apply(change: Any) -> None:
    """A whole new set for each urgency whose hours differ; one that ends the set where none is left."""
    old, new = _sets(change.before), _sets(change.after)
    for urgency in dict.fromkeys([*old, *new]):
        rows = new.get(urgency, [])
        if _plain(rows) == _plain(old.get(urgency, [])):
            continue
        for row in rows or old[urgency][:1]:
            keeps = row in change.before["hours"] and rows or change.undoes_id and row["basis"]
            made = _call_hours({**row, "basis": row["basis"] if keeps else change.basis})
            made.since, made.change, made.ended = change.in_force_from, change, not rows
            made.save(force_insert=True)


def _sets(rows: Rows) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows["hours"]:
        found.setdefault(row["urgency"] or ALL, []).append(row)
    return found


def _plain(rows: Iterable[Row]) -> list[list[Any]]:
    return sorted([row[name] for name in ("day", "part", "begins", "ends")] for row in rows)


def _row(one: CallHours) -> Row:
    return {
        "urgency": one.urgency or None, "day": one.day, "part": one.part, "begins": f"{one.begins:%H:%M}",
        "ends": f"{one.ends:%H:%M}", "basis": one.basis,
    }  # fmt: skip


def _hours(rows: Rows) -> list[CallHours]:
    """As if they had always been in force."""
    return sorted((_call_hours(row) for row in rows["hours"]), key=lambda one: one.begins)


def _call_hours(row: Row) -> CallHours:
    clocks = {name: time.fromisoformat(row[name]) for name in ("begins", "ends")}
    said = {name: row[name] or "" for name in ("urgency", "day", "part", "basis")}
    return CallHours(**said, **clocks, since=date.min)
