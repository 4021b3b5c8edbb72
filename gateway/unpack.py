"""Run apart, as a program with little memory and time: an Excel file on stdin, its rows on stdout, one JSON line each.

Of one sheet by its name, or of the first; or of `every` sheet, where cells that are no plain values are named as such.
It gets no secrets and no database. A file that unpacks to more than it should ends this program and nothing else.
"""

import io
import json
import posixpath
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree
from xml.parsers import expat

from python_calamine import CalamineWorkbook, SheetTypeEnum

MEMORY = 1536 * 1024 * 1024
SECONDS = 40
MOST_UNPACKED = 64 * 1024 * 1024
MOST_COLUMNS = 500
EXACT = 10**15  # an Excel number holds fifteen figures
PART = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
STRICT_PART = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
# In the raw bytes of a sheet: an element f (a formula), or a cell of the type e (an error); looked for in full if hit.
NOT_PLAIN = re.compile(rb"""<(?:\w+:)?f[\s/>]|\st\s*=\s*["']e["']""")
PLAIN_BYTES = re.compile(rb"""\A\s*<\?xml[^>]*encoding\s*=\s*["'](?i:utf-8)["'][^>]*\?>(?!\s*<!)""")
MACROS = ("vbaProject.bin", "macrosheets/")


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data, wanted, every = sys.stdin.buffer.read(), sys.argv[1], "every" in sys.argv[2:]
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(entry.file_size for entry in archive.infolist()) > MOST_UNPACKED:
            sys.exit("large")
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if every:
            write_sheets(book, archive)
        else:
            write_rows(book, wanted)
    except (SystemExit, BrokenPipeError):
        raise
    except MemoryError:
        sys.exit("large")
    except BaseException:  # whatever the reader stumbles over, a panic of its own included
        sys.exit("damaged")


def write_rows(book: CalamineWorkbook, wanted: str) -> None:
    if wanted and wanted not in book.sheet_names:
        sys.exit("sheet")
    for number, cells in rows_of(book, wanted or book.sheet_names[0]):
        print(json.dumps([number, cells]))


def write_sheets(book: CalamineWorkbook, archive: zipfile.ZipFile) -> None:
    """For each sheet its name and all its rows; in the place of what a formula last said stands a word."""
    if any(mark in name for name in archive.namelist() for mark in MACROS):
        sys.exit("macro")
    parts = parts_of(archive)
    for told in book.sheets_metadata:
        name, cells_inside = told.name, told.typ == SheetTypeEnum.WorkSheet
        odd = not_plain(archive.read(parts[name])) if cells_inside else {}
        rows = dict(rows_of(book, name)) if cells_inside else {}
        for (row, column), what in odd.items():
            cells = rows.setdefault(row, [])
            cells.extend([""] * (column + 1 - len(cells)))
            cells[column] = [what]
        print(json.dumps([name, sorted(rows.items())]))


def rows_of(book: CalamineWorkbook, name: str) -> Iterator[tuple[int, list]]:
    """Each row of a sheet that is not empty, with its number."""
    sheet = book.get_sheet_by_name(name)
    if sheet.width > MOST_COLUMNS:
        sys.exit("large")
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [text_of(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            yield number, cells


def parts_of(archive: zipfile.ZipFile) -> dict[str, str]:
    """In which part of the file each sheet is."""
    targets = {
        one.get("Id"): posixpath.normpath(posixpath.join("/xl", one.get("Target", ""))).lstrip("/")
        for one in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    tree = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    sheets = [one for one in tree.iter() if one.tag.endswith("}sheet")]
    return {one.get("name", ""): targets[one.get(PART) or one.get(STRICT_PART)] for one in sheets}


def not_plain(sheet: bytes) -> dict[tuple[int, int], str]:
    """The cells, by row from 1 and column from 0, that are a formula or say an error."""
    if PLAIN_BYTES.match(sheet) and not NOT_PLAIN.search(sheet):
        return {}
    found: dict[tuple[int, int], str] = {}
    here = {"row": 0, "column": -1}

    def start(name: str, told: dict[str, str]) -> None:
        name = name.rsplit(":", 1)[-1]
        if name == "row":
            here.update(row=int(told.get("r", here["row"] + 1)), column=-1)
        elif name == "c":
            column = column_of(told["r"]) if "r" in told else here["column"] + 1
            here.update(column=column)
            if told.get("t") == "e":
                found[here["row"], column] = "error"
        elif name == "f":
            found[here["row"], here["column"]] = "formula"

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.Parse(sheet, True)
    return found


def column_of(place: str) -> int:
    """From 0: A1 is 0, AB7 is 27."""
    number = 0
    for letter in place.rstrip("0123456789"):
        number = 26 * number + ord(letter) - 64
    return number - 1


def text_of(value: object) -> object:
    """What the cell says; a list with a word where it says it no more."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number(value)
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def number(value: float) -> object:
    if abs(value) >= EXACT:
        return ["digits"]
    return str(int(value)) if value == int(value) else format(value, ".15g")


if __name__ == "__main__":
    main()
