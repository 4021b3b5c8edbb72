"""Loads what departments do beyond the list, everyday words, and which of two neighbours applies.

What is in force or there already stays as it is.
"""

from collections.abc import Iterable
from pathlib import Path

from django.utils.translation import gettext as _

from accountability.catalogue import seal
from accountability.models import Boundary, Function, FunctionList, Item, ItemWords, TimeUnit
from audit.loaded import keep
from people.loading import Loaded, add_missing
from people.models import Unit
from people.rows import Row, Sheet, day, filled, one_of, or_none, text, whole, yes_or_no

COLUMNS = {
    "function_list": {
        "number": whole,
        "label": filled(120),
        "in_force_from": day,
        "reference": yes_or_no,
        "basis": filled(300),
    },
    "functions": {
        "code": filled(12),
        "area": filled(40),
        "title": filled(80),
        "kind": one_of(Function.Kind.values),
        "unit": text(20),
        "amount": or_none(whole),
        "time_unit": one_of(["", *TimeUnit.values]),
        "answer": text(300),
        "words": filled(300),
    },
    "item_words": {"item": filled(12), "words": filled(300)},
    "boundaries": {"one": filled(12), "other": filled(12), "note": filled(200)},
}
UNIQUE = {"function_list": ("number",), "functions": ("code",), "item_words": ("item",), "boundaries": ("one", "other")}


def read_functions(where: dict[str, Path], units: Iterable[str], items: Iterable[str]) -> dict[str, Sheet]:
    """Whichever of these files are there, each checked by itself and against the list."""
    sheets = {name: Sheet(path, COLUMNS[name]) for name, path in where.items()}
    for name, sheet in sheets.items():
        sheet.unique(*UNIQUE[name])
    known = set(items)
    if "item_words" in sheets:
        sheets["item_words"].known("item", known)
    if "functions" in sheets:
        sheets["functions"].known("unit", units)
        _refuse_halves(sheets["functions"])
        known |= {row["code"] for row in sheets["functions"].rows}
    if "boundaries" in sheets:
        _refuse_odd_pairs(sheets["boundaries"], known)
    return sheets


def _refuse_halves(sheet: Sheet) -> None:
    for row in sheet.rows:
        handled = bool(row["unit"] and row["amount"] and row["time_unit"])
        if row["kind"] == Function.Kind.HANDLE and not handled:
            sheet.refuse(row, "unit", _("what is to be handled names its unit and its limit"))
        if row["kind"] == Function.Kind.ANSWER and (not row["answer"] or row["amount"] or row["time_unit"]):
            sheet.refuse(row, "answer", _("what is answered at once has an answer, and no limit"))
    sheet.check()


def _refuse_odd_pairs(sheet: Sheet, known: set[str]) -> None:
    sheet.known("one", known)
    sheet.known("other", known)
    for row in sheet.rows:
        if row["one"] >= row["other"]:
            sheet.refuse(row, "other", _("the smaller code stands first"))
    sheet.check()


def load_functions(sheets: dict[str, Sheet]) -> list[Loaded]:
    """The functions as a version of their own, unless a version of that number is there; new words and notes."""
    loaded = []
    if {"function_list", "functions"} <= sheets.keys():
        loaded += _load_versions(sheets)
    if "item_words" in sheets:
        ids = dict(Item.objects.values_list("code", "id"))
        words = [ItemWords(item_id=ids[row["item"]], words=row["words"]) for row in sheets["item_words"].rows]
        loaded.append(add_missing(_("everyday words of items"), ["item_id"], words))
        keep(ItemWords, ["item__code"])
    if "boundaries" in sheets:
        rows = [Boundary(**row.values) for row in sheets["boundaries"].rows]
        loaded.append(add_missing(_("boundary notes"), ["one", "other"], rows))
        keep(Boundary, ["one", "other"])
    return loaded


def _load_versions(sheets: dict[str, Sheet]) -> list[Loaded]:
    there = set(FunctionList.objects.values_list("number", flat=True))
    wanted = [FunctionList(**row.values) for row in sheets["function_list"].rows]
    loaded = [add_missing(_("versions of the functions"), ["number"], wanted)]
    units = dict(Unit.objects.values_list("code", "id"))
    for version in FunctionList.objects.filter(number__in=[made.number for made in wanted]):
        if version.number in there:
            loaded.append(Loaded(_("functions"), 0, version.functions.count()))
        else:
            rows = [_function(row, version, units) for row in sheets["functions"].rows]
            loaded.append(add_missing(_("functions"), ["version_id", "code"], rows))
        if not version.digest:  # one that was loaded before versions were sealed
            seal(version)
    return loaded


def _function(row: Row, version: FunctionList, units: dict[str, int]) -> Function:
    said = {column: value for column, value in row.values.items() if column != "unit"}
    return Function(version=version, unit_id=units.get(row["unit"]), **said)
