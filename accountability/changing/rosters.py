"""Duty rosters by reviewed change: who of a unit is rung at night. A wrong number is put right on the same day."""

from datetime import date, datetime, time
from typing import Any

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Clock
from accountability.spans import WEEKDAYS
from changes.kinds import ChangeRefused, Column, Holder, Impact, Row, Rows, Table, Who
from grids.standing import ANSWERING, LEADING, Standing
from people.actions import set_roster
from people.models import DutyRoster, Role, Unit
from people.rosters import RosterRefused, on_duty
from people.rosters import check as check_rows

NAME = gettext_lazy("Duty rosters")
TONGUE = "zh-Hans"
WHY = gettext_lazy(
    "A unit knows best who is on duty. Others ring that number at night, so whoever leads the unit, or the district"
    " desk, has looked at it before it holds."
)
AT_ONCE = True
ASKS: dict[str, str] = {}
MODELS = ("people.DutyRoster",)


def _drafts(by: Standing, subject: str) -> bool:
    unit = _unit(subject)
    return Role.DISTRICT_DESK in by.roles or by.acts_for(unit.pk, *ANSWERING)


def _decides(by: Standing, subject: str) -> bool:
    unit = _unit(subject)
    return Role.DISTRICT_DESK in by.roles or by.acts_for(unit.pk, *LEADING)


DRAFTS = Who(gettext_lazy("the people of the unit, or the district desk"), (*ANSWERING, Role.DISTRICT_DESK), _drafts)
DECIDES = Who(gettext_lazy("whoever leads the unit, or the district desk"), (*LEADING, Role.DISTRICT_DESK), _decides)

TABLES = (
    Table(
        "rows",
        gettext_lazy("Who is on duty"),
        ("since", "until", "weekday", "begins", "who"),
        (
            Column("who", gettext_lazy("Who"), "text"),
            Column("phone", gettext_lazy("Number of the post"), "text", longest=30),
            Column("weekday", gettext_lazy("On which weekday"), "choice", list(enumerate(WEEKDAYS, 1)), optional=True),
            Column("begins", gettext_lazy("Begins"), "time"),
            Column("ends", gettext_lazy("Ends"), "time"),
            Column("since", gettext_lazy("First day"), "day", optional=True),
            Column("until", gettext_lazy("Last day"), "day", optional=True),
            Column("basis", gettext_lazy("Basis"), "text", longest=200),
        ),
        spare=2,
    ),
)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    """The units whose roster this person may draft."""
    held: Any = by
    rows = Unit.objects.order_by("code")
    if Role.DISTRICT_DESK not in by.roles:
        rows = rows.filter(pk__in=held.acting_units())
    return [(unit.code, unit.name) for unit in rows]


def label(subject: str) -> str:
    return _unit(subject).name


def tables(subject: str) -> tuple[Table, ...]:
    return TABLES


def read(subject: str, at: datetime) -> Rows:
    return {"rows": [_row(row) for row in DutyRoster.objects.filter(unit__code=subject).order_by("pk")]}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    try:
        check_rows(_rosters(after))
    except RosterRefused as refusal:
        raise ChangeRefused(str(refusal.messages[0]), str(refusal.code)) from None


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """Who is rung now, and who would be; how much of the unit's work runs."""
    unit = _unit(subject)
    running = Clock.objects.running().filter(holder=unit).aggregate(count=Count("pk"))["count"]
    rung = [(_("Rung outside working time now"), before), (_("Rung with the change"), after)]
    return Impact(
        lines=[_("%(count)s clocks of this unit run; none of them moves.") % {"count": running}],
        named=[(said, _rung(unit, rows, at)) for said, rows in rung],
    )


def apply(change: Any, at: datetime) -> None:
    set_roster(_unit(change.subject), _rosters(change.after), by=None, at=at)


def _unit(subject: str) -> Unit:
    unit = Unit.objects.filter(code=subject).first()
    if unit is None:
        raise ChangeRefused(_("There is no such unit."), "unknown_subject")
    return unit


def _row(row: DutyRoster) -> Row:
    return {
        "who": row.who, "phone": row.phone, "weekday": row.weekday,
        "begins": f"{row.begins:%H:%M}", "ends": f"{row.ends:%H:%M}",
        "since": _day(row.since), "until": _day(row.until), "basis": row.basis,
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rosters(rows: Rows) -> list[DutyRoster]:
    return [_roster(row) for row in rows["rows"]]


def _roster(row: Row) -> DutyRoster:
    days = {name: date.fromisoformat(row[name]) if row[name] else None for name in ("since", "until")}
    clocks = {name: time.fromisoformat(row[name]) for name in ("begins", "ends")}
    said = {name: row[name] for name in ("who", "phone", "weekday", "basis")}
    return DutyRoster(**said, **days, **clocks)


def _rung(unit: Unit, rows: Rows, at: datetime) -> str:
    found = _rosters(rows)
    for row in found:
        row.unit = unit
    held = on_duty(found, at).get(unit.pk)
    return f"{held.who} {held.phone}" if held else "–"
