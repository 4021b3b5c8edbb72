"""Loads units and their duty rosters from data files: units that are there stay, a roster is replaced as a whole."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db.models import Model
from django.utils.translation import gettext as _

from people.actions import set_roster
from people.models import DutyRoster, Seat, Unit, UnitKind
from people.rosters import RosterRefused
from people.rows import Row, Sheet, day, filled, hour, one_of, or_none, text, whole, yes_or_no

DATA = Path(__file__).parent / "data"
UNIT_COLUMNS = {
    "code": filled(20),
    "name": filled(80),
    "short_name": filled(40),
    "kind": one_of(UnitKind.values),
    "parent": text(20),
    "commanded": yes_or_no,
    "seat": one_of(["", *Seat.values]),
    "basis": text(200),
}
ROSTER_COLUMNS = {
    "unit": filled(20),
    "since": or_none(day),
    "until": or_none(day),
    "weekday": or_none(lambda value: whole(one_of("1234567")(value))),
    "begins": hour,
    "ends": hour,
    "who": filled(40),
    "phone": filled(30),
    "basis": filled(200),
}


@dataclass(frozen=True)
class Loaded:
    """What a step did: rows added, rows kept as they were, and how many of those say something else than the file."""

    what: str
    added: int
    kept: int
    differing: int = 0


def add_missing(what: str, key: Sequence[str], wanted: Iterable[Model]) -> Loaded:
    """Adds the rows whose key is not there yet. A row that is there stays as it is."""
    rows = list(wanted)
    if not rows:
        return Loaded(what, 0, 0)
    model = type(rows[0])
    fields = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
    held = model._default_manager.values(*{*fields, *key})
    there = {tuple(values[name] for name in key): values for values in held}
    new = [row for row in rows if tuple(getattr(row, name) for name in key) not in there]
    model._default_manager.bulk_create(new, batch_size=1000)
    kept = [(row, there.get(tuple(getattr(row, name) for name in key))) for row in rows]
    differing = sum(any(getattr(row, name) != old[name] for name in fields) for row, old in kept if old)
    return Loaded(what, len(new), len(rows) - len(new), differing)


def read_units(path: Path) -> Sheet:
    sheet = Sheet(path, UNIT_COLUMNS)
    sheet.unique("code")
    sheet.known("parent", {row["code"] for row in sheet.rows} | set(Unit.objects.values_list("code", flat=True)))
    sorted_out = [row for layer in layers(sheet.rows) for row in layer]
    seated: dict[str, str] = {}
    for row in sheet.rows:
        if row not in sorted_out:
            sheet.refuse(row, "parent", _("it would be a part of itself"))
        if row["seat"] and seated.setdefault(row["seat"], row["code"]) != row["code"]:
            sheet.refuse(row, "seat", _("%(code)s has this seat already") % {"code": seated[row["seat"]]})
    sheet.check()
    return sheet


def load_units(sheet: Sheet) -> Loaded:
    """Units, those that others are part of first."""
    parts = [load_layer(layer) for layer in layers(sheet.rows)]
    return Loaded(_("units"), *(sum(getattr(part, name) for part in parts) for name in ("added", "kept", "differing")))


def load_layer(rows: list[Row]) -> Loaded:
    ids = dict(Unit.objects.values_list("code", "id"))
    return add_missing(_("units"), ["code"], [unit_from(row, ids) for row in rows])


def unit_from(row: Row, ids: dict[str, int]) -> Unit:
    own = {column: value for column, value in row.values.items() if column != "parent"}
    return Unit(**own, parent_id=ids.get(row["parent"]))


def layers(rows: list[Row]) -> list[list[Row]]:
    """Rows sorted so that a parent stands in an earlier layer than its parts."""
    waiting = {row["code"]: row for row in rows}
    sorted_out = []
    while waiting:
        layer = [row for row in waiting.values() if row["parent"] not in waiting]
        if not layer:
            break
        sorted_out.append(layer)
        waiting = {code: row for code, row in waiting.items() if row not in layer}
    return sorted_out


def read_rosters(path: Path) -> Sheet:
    sheet = Sheet(path, ROSTER_COLUMNS)
    sheet.known("unit", Unit.objects.values_list("code", flat=True))
    return sheet


def load_rosters(sheet: Sheet, at: datetime) -> Loaded:
    """The roster of each unit that the file names, as a whole; one that says the same already is left alone."""
    wanted: dict[str, list[Row]] = defaultdict(list)
    for row in sheet.rows:
        wanted[row["unit"]].append(row)
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=wanted)}
    new = {code: rows for code, rows in wanted.items() if rostered(units[code]) != [roster_of(row) for row in rows]}
    for code, rows in new.items():
        try:
            set_roster(units[code], [DutyRoster(**roster_of(row)) for row in rows], by=None, at=at)
        except RosterRefused as refused:
            sheet.refuse(rows[0], "unit", refused.messages[0])
    sheet.check()
    added = sum(len(rows) for rows in new.values())
    return Loaded(_("rows of duty rosters"), added, len(sheet.rows) - added)


def roster_of(row: Row) -> dict:
    return {column: value for column, value in row.values.items() if column != "unit"}


def rostered(unit: Unit) -> list[dict]:
    return list(unit.rosters.order_by("pk").values(*(column for column in ROSTER_COLUMNS if column != "unit")))
