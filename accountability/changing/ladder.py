"""The rungs of the ladder as a draft edits them: new rows from a day on, and a row that ends one that is taken out.

A clock that runs keeps the rungs under which it began; what else leads to a rung counts by those of its own day.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import rungs
from accountability.ladder import Ladder
from accountability.ladder_loading import CLIMBING
from accountability.models import Action, Rung, Trigger, Urgency
from accountability.models.rung import OF_TIME
from changes.kinds import ChangeRefused, Column, Row, Rows, Table

WHOLE = "all"
HEIGHTS = [(height, format_lazy(gettext_lazy("height {height}"), height=height)) for height in range(1, 10)]
SAME = ("action", "trigger", "phase", "urgency", "order")

TABLES = (
    Table(
        "rungs",
        gettext_lazy("Rungs"),
        SAME,
        (
            Column("code", gettext_lazy("Code"), "kept"),
            Column("action", gettext_lazy("What is done"), "choice", Action.choices),
            Column("trigger", gettext_lazy("What is counted"), "choice", Trigger.choices),
            Column("threshold", gettext_lazy("From how many on"), "whole", least=0),
            Column(
                "phase",
                gettext_lazy("Of which phase, where time is counted"),
                "choice",
                [(phase.value, phase.label) for phase in CLIMBING],
                optional=True,
            ),
            Column("within", gettext_lazy("Within how many days, for repeats"), "whole", optional=True),
            Column(
                "urgency",
                gettext_lazy("Only for the urgency"),
                "choice",
                Urgency.choices,
                optional=True,
            ),
            Column(
                "order",
                gettext_lazy("Height"),
                "choice",
                HEIGHTS,
            ),
            Column("basis", gettext_lazy("Basis"), "fixed"),
        ),
        spare=1,
        titled=("action", "trigger", "phase", "urgency"),
    ),
)


def read(day: date) -> Rows:
    """The rows in force on this day."""
    return {"rungs": [_row(rung) for rung in rungs.current().standing(day)]}


def ladder_of(rows: Rows) -> Ladder:
    """As if these rows had always been in force."""
    return Ladder(tuple(rung_of(row) for row in with_codes(rows)))


def check(before: Rows, after: Rows, day: date) -> None:
    """Raises ChangeRefused for a row that makes no sense by itself, beside the others, or after what was before."""
    if not after["rungs"]:
        raise ChangeRefused(_("Without a rung nobody is reminded of anything. Keep at least one."), "ladder_empty")
    for row in after["rungs"]:
        _check_row(row)
    _check_twice(after)
    _check_heights(before, after)
    _check_later(before, after, day)


def apply(change: Any) -> None:
    """A new row for each rung that differs, and one that ends each that is gone. One whose basis is left as it was
    stands on the basis of the change."""
    old = _by_code(change.before["rungs"])
    new = _by_code(with_codes(change.after))
    for key, row in new.items():
        if old.get(key) != row:
            kept = key in old and row["basis"] == old[key]["basis"]
            basis = change.basis if kept or not row["basis"] else row["basis"]
            _write({**row, "basis": basis}, change, ended=False)
    for key in old.keys() - new.keys():
        _write({**old[key], "basis": change.basis}, change, ended=True)


def with_codes(rows: Rows) -> list[Row]:
    """Every row with its code: a new one for one urgency has that of the rung it stands in for, another its own."""
    taken = {rung.code for rung in rungs.current().rungs} | {row["code"] for row in rows["rungs"] if row["code"]}
    named = {_meaning(row): row["code"] for row in rows["rungs"] if row["code"]}
    found = []
    for row in rows["rungs"]:
        code = row["code"] or named.get(_meaning(row)) or _free(row["action"], taken)
        taken.add(code)
        named.setdefault(_meaning(row), code)
        found.append({**row, "code": code})
    return found


def changed(before: Rows, after: Rows) -> list[tuple[Row | None, Row | None]]:
    """Each rung that differs, as it was and as it would be."""
    old, new = _by_code(before["rungs"]), _by_code(with_codes(after))
    keys = [*old, *(key for key in new if key not in old)]
    return [(old.get(key), new.get(key)) for key in keys if old.get(key) != new.get(key)]


def rung_of(row: Row, since: date = date.min) -> Rung:
    said = {name: row[name] or "" for name in ("code", "phase", "urgency", "basis")}
    counted = {name: row[name] for name in ("order", "trigger", "threshold", "within", "action")}
    return Rung(**said, **counted, since=since)


def _write(row: Row, change: Any, *, ended: bool) -> None:
    rung = rung_of(row, change.in_force_from)
    rung.change, rung.ended = change, ended
    rung.save(force_insert=True)


def _row(rung: Rung) -> Row:
    said = {
        name: getattr(rung, name) for name in ("code", "action", "trigger", "threshold", "within", "order", "basis")
    }
    return {**said, "phase": rung.phase or None, "urgency": rung.urgency or None}


def _free(action: str, taken: set[str]) -> str:
    names = (f"{action}-{number}" for number in range(2, 1000))
    return next(name for name in (action, *names) if name not in taken)


def _meaning(row: Row) -> tuple[Any, ...]:
    return tuple(row[name] for name in SAME if name != "urgency")


def _by_code(rows: Iterable[Row]) -> dict[tuple[str, str], Row]:
    return {_key(row): row for row in rows}


def _key(row: Row) -> tuple[str, str]:
    return row["code"], row["urgency"] or ""


def _check_row(row: Row) -> None:
    told = {"action": Action(row["action"]).label}
    if (row["trigger"] in OF_TIME) != bool(row["phase"]):
        raise ChangeRefused(
            _("“%(action)s”: name the phase where time is counted, and none elsewhere."), "odd_phase", told
        )
    if (row["trigger"] == Trigger.REPEATS) != bool(row["within"]):
        raise ChangeRefused(
            _("“%(action)s”: repeats count within a number of days, and nothing else does."), "odd_days", told
        )
    least, most = _bounds(row["trigger"])
    if not least <= row["threshold"] <= most:
        raise ChangeRefused(
            _("“%(action)s”: write a whole number from %(least)s to %(most)s."),
            "odd_threshold",
            {**told, "least": least, "most": most},
        )


def _bounds(trigger: str) -> tuple[int, int]:
    """The smallest and the greatest threshold that makes sense."""
    match trigger:
        case Trigger.USED:
            return 1, 100
        case Trigger.OVERDUE:
            return 0, 365
        case Trigger.REPEATS:
            return 2, 365
    return 1, 365


def _check_twice(after: Rows) -> None:
    coded = [row for row in after["rungs"] if row["code"]]
    said: list[Hashable] = [tuple(row[name] for name in SAME) for row in after["rungs"]]
    for keys in said, [_key(row) for row in coded]:
        if max(Counter(keys).values(), default=1) > 1:
            raise ChangeRefused(_("A rung stands here twice. Keep it once."), "named_twice")


def _check_heights(before: Rows, after: Rows) -> None:
    """Clocks keep the height at which they stand, so a height of time means one action, now and later."""
    past = [(rung.order, rung.action) for rung in rungs.current().rungs if rung.trigger in OF_TIME]
    wanted = [row for row in after["rungs"] if row["trigger"] in OF_TIME]
    meant = {**{row["order"]: row["action"] for row in wanted}, **dict(past)}
    for row in wanted:
        if row not in before["rungs"] and meant[row["order"]] != row["action"]:
            told = {"height": row["order"], "action": Action(meant[row["order"]]).label}
            raise ChangeRefused(
                _("Height %(height)s stands for “%(action)s”, also for what runs already. Choose another height."),
                "height_taken",
                told,
            )


def _check_later(before: Rows, after: Rows, day: date) -> None:
    keys = {_key(one) for pair in changed(before, after) for one in pair if one}
    held = [rung for rung in rungs.current().rungs if rung.since >= day and (rung.code, rung.urgency) in keys]
    found = max(held, key=lambda rung: rung.since, default=None)
    if found:
        told = {"action": found.get_action_display(), "day": found.since.isoformat()}
        raise ChangeRefused(
            _("“%(action)s” has a row from %(day)s on already. Choose a later day."), "another_from_that_day", told
        )
