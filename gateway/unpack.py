"""Run apart, as a program with little memory and time: an Excel file on stdin, its rows on stdout, one JSON line each.

It gets no secrets and no database. A file that unpacks to more than it should ends this program and nothing else.
"""

import io
import json
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineWorkbook

MEMORY = 1536 * 1024 * 1024
SECONDS = 40
MOST_UNPACKED = 64 * 1024 * 1024
MOST_COLUMNS = 500
EXACT = 10**15  # an Excel number holds fifteen figures


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data, wanted = sys.stdin.buffer.read(), sys.argv[1]
    try:
        unpacked = sum(entry.file_size for entry in zipfile.ZipFile(io.BytesIO(data)).infolist())
        if unpacked > MOST_UNPACKED:
            sys.exit("large")
        write_rows(CalamineWorkbook.from_filelike(io.BytesIO(data)), wanted)
    except (SystemExit, BrokenPipeError):
        raise
    except MemoryError:
        sys.exit("large")
    except BaseException:  # whatever the reader stumbles over, a panic of its own included
        sys.exit("damaged")


def write_rows(book: CalamineWorkbook, wanted: str) -> None:
    if wanted and wanted not in book.sheet_names:
        sys.exit("sheet")
    sheet = book.get_sheet_by_name(wanted or book.sheet_names[0])
    if sheet.width > MOST_COLUMNS:
        sys.exit("large")
    for number, row in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [text_of(value) for value in row]
        while cells and cells[-1] == "":
            cells.pop()
        if cells:
            print(json.dumps([number, cells]))


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
