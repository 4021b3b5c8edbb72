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
LOST = {"digits": _("Excel has cut its figures; make the column text")}
REFUSALS = {
    "large": _("%(file)s is too large once unpacked. Save only the sheet that holds the rows, or as CSV."),
    "sheet": _("%(file)s has no sheet “%(sheet)s”. Choose the mapping that fits this file."),
    "damaged": _("%(file)s is no Excel file that can be read. Save it anew as .xlsx or CSV."),
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
    """Unpacked by a program apart, with little memory and time: whatever the file does, it does to that."""
    asked = [sys.executable, "-I", str(PROGRAM), sheet]
    try:
        done = subprocess.run(asked, input=data, capture_output=True, timeout=SECONDS, env=BARE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as died:
        why = (getattr(died, "stderr", b"") or b"").decode(errors="replace").strip()
        says = REFUSALS.get(why, REFUSALS["damaged"])
        raise FileRefused(says, file=name, sheet=sheet) from died
    for line in done.stdout.splitlines():
        number, cells = json.loads(line)
        yield number, cells
