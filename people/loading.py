"""Loads units from a data file; adds what is missing and never overwrites what is there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Model
from django.utils.translation import gettext as _

from people.models import Seat, Unit, UnitKind
from people.rows import Row, Sheet, filled, one_of, text, yes_or_no

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
