"""The rows of a CSV or Excel file, as text: what a number, a day or a formula's result says, not how it is stored."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_noop as _

from gateway.refusals import FileRefused

EXCEL = b"PK\x03\x04"
PROGRAM = Path(__file__).with_name("unpack.py")
SECONDS = 60
BARE = {"MALLOC_ARENA_MAX": "1", "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}
# What the program says of a cell instead of its text.
LOST = {
    "digits": _("Excel has cut its figures; make the column text"),
    "formula": _("This cell holds a formula, and formulas are never counted. Write what it should say."),
    "error": _("This cell holds an error of Excel. Write what it should say."),
}
REFUSALS = {
    "large": _("%(file)s is too large once unpacked. Save only the sheet that holds the rows, or as CSV."),
    "sheet": _("%(file)s has no sheet “%(sheet)s”. Choose the mapping that fits this file."),
    "damaged": _("%(file)s is no Excel file that can be read. Save it anew as .xlsx or CSV."),
}
SHEETS_REFUSED = {
    "large": _("%(file)s is too large once unpacked. Save only the sheets that are asked for."),
    "macro": _("%(file)s holds macros. Save it as .xlsx without them."),
    "damaged": _("%(file)s is no Excel file that can be read. Save it anew as .xlsx."),
}

Cell = str | list[str]  # text, or a list with the key of LOST
Row = tuple[int, list[Cell]]


def rows_of(name: str, data: bytes, sheet: str = "") -> Iterator[Row]:
    """Each row that is not empty, with its number in the file; raises FileRefused."""
    return _of_excel(name, data, sheet) if data.startswith(EXCEL) else _of_csv(name, data)


def _of_csv(name: str, data: bytes) -> Iterator[Row]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FileRefused(_("%(file)s is not UTF-8. Save it as UTF-8 and try again."), file=name) from fault
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            if any(cells):
                yield number, list(cells)
    except csv.Error as fault:
        told = {"file": name, "line": reader.line_num, "fault": str(fault)}
        raise FileRefused(_("%(file)s stops being a table at line %(line)s: %(fault)s."), **told) from fault


def _of_excel(name: str, data: bytes, sheet: str) -> Iterator[Row]:
    for line in _unpacked([sheet], data, REFUSALS, file=name, sheet=sheet).splitlines():
        number, cells = json.loads(line)
        yield number, cells


def sheets_of(name: str, data: bytes) -> dict[str, list[Row]]:
    """The rows of every sheet of an Excel file, by its name; a cell that is a formula says so and nothing else.

    Raises FileRefused.
    """
    if not data.startswith(EXCEL):
        raise FileRefused(SHEETS_REFUSED["damaged"], file=name)
    lines = _unpacked(["", "every"], data, SHEETS_REFUSED, file=name).splitlines()
    return dict(json.loads(line) for line in lines)


def _unpacked(wanted: list[str], data: bytes, refusals: dict[str, str], **params: str) -> bytes:
    """Unpacked by a program apart, with little memory and time: whatever the file does, it does to that."""
    asked = [sys.executable, "-I", str(PROGRAM), *wanted]
    try:
        return subprocess.run(asked, input=data, capture_output=True, timeout=SECONDS, env=BARE, check=True).stdout
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as died:
        why = (getattr(died, "stderr", b"") or b"").decode(errors="replace").strip()
        raise FileRefused(refusals.get(why, refusals["damaged"]), **params) from died
