"""Limits by reviewed change: new rows from a day on. What runs keeps the row under which it began."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import Count
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import calendars
from accountability.changing import posts
from accountability.dues import due_of
from accountability.models import Clock, Limit, Phase, TimeUnit, Urgency
from accountability.spans import amount_of, full_moment
from accountability.worktime import LOCAL
from changes.kinds import ChangeRefused, Column, Holder, Impact, Row, Rows, Table

NAME = gettext_lazy("Limits")
TONGUE = ""
WHY = posts.WHY
DRAFTS, DECIDES = posts.DRAFTING, posts.DECIDING
AT_ONCE = False
ASKS: dict[str, str] = {}
MODELS = ("accountability.Limit",)
LONGEST = 100_000
STARTS = time(9)

TABLES = (
    Table(
        "limits",
        NAME,
        ("phase",),
        (
            Column("phase", gettext_lazy("Phase"), "fixed", Phase.choices),
            Column("amount", gettext_lazy("How much"), "whole"),
            Column("unit", gettext_lazy("Unit of time"), "choice", TimeUnit.choices),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
        titled=("phase",),
    ),
)


def subjects(by: Holder, at: datetime) -> list[tuple[str, str]]:
    return [(urgency.value, label(urgency)) for urgency in Urgency]


def label(subject: str) -> str:
    if subject not in Urgency.values:
        raise ChangeRefused(_("There is no such urgency."), "unknown_subject")
    return _("Limits, %(urgency)s") % {"urgency": Urgency(subject).label}


def tables(subject: str) -> tuple[Table, ...]:
    return TABLES


def read(subject: str, at: datetime) -> Rows:
    rows = sorted(
        _in_force(subject, localdate(at, LOCAL)).values(), key=lambda row: list(Phase).index(Phase(row.phase))
    )
    return {"limits": [_row(row) for row in rows]}


def check(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
    old, new = _by_phase(before), _by_phase(after)
    if old.keys() != new.keys() or len(after["limits"]) != len(new):
        raise ChangeRefused(_("A limit is changed, never taken away or added here."), "other_phases")
    for phase, row in new.items():
        if not 0 < row["amount"] <= LONGEST or row["unit"] not in TimeUnit.values:
            told = {"phase": Phase(phase).label}
            raise ChangeRefused(_("“%(phase)s”: write a whole number over 0 and its unit."), "odd_amount", told)
    held = Limit.objects.filter(
        urgency=subject, milestone="", since__gte=day, phase__in=[one for one, _row in _changed(before, after)]
    )
    found = held.order_by("-since").first()
    if found:
        told = {"phase": found.get_phase_display(), "day": found.since.isoformat()}
        raise ChangeRefused(
            _("“%(phase)s” has a limit from %(day)s on already. Choose a later day."), "another_from_that_day", told
        )


def impact(subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
    """How many run and keep what they have, and what the next one would be given."""
    running = dict(
        Clock.objects.running().filter(limit__urgency=subject, milestone="").values_list("phase").annotate(Count("pk"))
    )
    begins = datetime.combine(day, STARTS, LOCAL)
    old = _by_phase(before)
    calendar = calendars.current()
    said = [_("Clocks that run keep the limit under which they began. Nothing is due earlier or later by this.")]
    for phase, row in _changed(before, after):
        was, now = _limit(subject, old[phase]), _limit(subject, row)
        said.append(
            _("%(phase)s: %(was)s becomes %(now)s. %(count)s run and keep theirs.")
            % {
                "phase": now.get_phase_display(),
                "was": amount_of(was),
                "now": amount_of(now),
                "count": running.get(phase, 0),
            }
        )
        dues = due_of(was, begins, calendar), due_of(now, begins, calendar)
        if all(dues):
            told = {"when": full_moment(begins), "was": full_moment(dues[0]), "now": full_moment(dues[1])}
            said.append(_("One that begins on %(when)s is due %(now)s instead of %(was)s.") % told)
    return Impact(lines=said)


def apply(change: Any, at: datetime) -> None:
    """A new row for each phase that differs. One whose basis is left as it was stands on the basis of the change."""
    old = _by_phase(change.before)
    for phase, row in _changed(change.before, change.after):
        basis = row["basis"] if row["basis"] != old[phase]["basis"] else change.basis
        limit = _limit(change.subject, {**row, "basis": basis})
        limit.since, limit.change = change.in_force_from, change
        limit.save(force_insert=True)


def _in_force(urgency: str, day: date) -> dict[str, Limit]:
    rows = Limit.objects.filter(urgency=urgency, milestone="", since__lte=day)
    return {row.phase: row for row in rows.order_by("phase", "-since").distinct("phase")}


def _row(limit: Limit) -> Row:
    return {"phase": limit.phase, "amount": limit.amount, "unit": limit.unit, "basis": limit.basis}


def _limit(urgency: str, row: Row) -> Limit:
    return Limit(urgency=urgency, phase=row["phase"], amount=row["amount"], unit=row["unit"], basis=row["basis"])


def _by_phase(rows: Rows) -> dict[str, Row]:
    return {row["phase"]: row for row in rows["limits"]}


def _changed(before: Rows, after: Rows) -> Iterator[tuple[str, Row]]:
    old = _by_phase(before)
    return ((phase, row) for phase, row in _by_phase(after).items() if old.get(phase) != row)
