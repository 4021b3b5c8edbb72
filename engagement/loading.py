"""Loads when people are called, how often, and what is said to them; a row that is there already stays as it is."""

from itertools import pairwise
from pathlib import Path

from django.utils.translation import gettext as _

from accountability.models import Urgency
from engagement.models import CallHours, CallLine, CallRule, RestraintRule
from engagement.script import unknown_gaps
from people.loading import Loaded, add_missing
from people.rows import Row, Sheet, day, filled, hour, one_of, whole

DATA = Path(__file__).parent / "data"
HOURS = {
    "day": one_of(CallHours.Day.values),
    "part": one_of(CallHours.Part.values),
    "begins": hour,
    "ends": hour,
    "urgency": one_of(["", *Urgency.values]),
    "basis": filled(300),
    "since": day,
}
RULE = {
    "attempts": whole, "apart_minutes": whole, "parts": whole, "later_days": whole, "grace_minutes": whole,
    "link_hours": whole, "basis": filled(300), "since": day,
}  # fmt: skip
RESTRAINT = {
    "most_days": whole, "again_days": whole, "least_cases": whole, "least_words": whole, "attempts": whole,
    "basis": filled(300), "since": day,
}  # fmt: skip
SCRIPT = {"order": whole, "text": filled(300), "basis": filled(300), "since": day}


def read_hours(path: Path) -> Sheet:
    sheet = Sheet(path, HOURS)
    for before, row in pairwise(sorted(sheet.rows, key=lambda row: (*_same(row), row["begins"]))):
        if _same(before) == _same(row) and before["ends"] > row["begins"]:
            sheet.refuse(row, "begins", _("before the stretch of row %(row)s ends") % {"row": before.number})
    for row in sheet.rows:
        if row["begins"] >= row["ends"]:
            sheet.refuse(row, "ends", _("not after it begins"))
    sheet.check()
    return sheet


def _same(row: Row) -> tuple:
    return row["since"], row["urgency"], row["day"]


def read_rule(path: Path) -> Sheet:
    sheet = Sheet(path, RULE)
    sheet.unique("since")
    for row in sheet.rows:
        if not row["attempts"]:
            sheet.refuse(row, "attempts", _("somebody is called at least once"))
        if row["parts"] > row["attempts"]:
            sheet.refuse(row, "parts", _("more parts of the day than calls"))
    sheet.check()
    return sheet


def read_restraint_rules(path: Path) -> Sheet:
    sheet = Sheet(path, RESTRAINT)
    sheet.unique("since")
    for row in sheet.rows:
        for name in ("most_days", "least_cases", "attempts"):
            if not row[name]:
                sheet.refuse(row, name, _("at least one"))
    sheet.check()
    return sheet


def load_restraint_rules(sheet: Sheet) -> Loaded:
    rows = [RestraintRule(**row.values) for row in sheet.rows]
    return add_missing(_("rules of restraining callers"), ["since"], rows)


def read_script(path: Path) -> Sheet:
    sheet = Sheet(path, SCRIPT)
    sheet.unique("order", "since")
    for row in sheet.rows:
        for gap in unknown_gaps(row["text"]):
            sheet.refuse(row, "text", _("nothing fills the gap “%(gap)s”") % {"gap": gap})
    sheet.check()
    return sheet


def load_hours(sheet: Sheet) -> Loaded:
    rows = [CallHours(**row.values) for row in sheet.rows]
    return add_missing(_("hours of calling back"), ["since", "urgency", "day", "begins"], rows)


def load_rule(sheet: Sheet) -> Loaded:
    return add_missing(_("rules of calling back"), ["since"], [CallRule(**row.values) for row in sheet.rows])


def load_script(sheet: Sheet) -> Loaded:
    rows = [CallLine(**row.values) for row in sheet.rows]
    return add_missing(_("sentences of calling back"), ["since", "order"], rows)
