"""Workbooks of the list to test with: written as the page writes them, changed cell by cell, handed over in pieces."""

import io
from collections.abc import Callable

import xlsxwriter
from python_calamine import CalamineWorkbook

from accountability.models import ListVersion
from audit import clock
from desk.actions import listimports
from desk.listbook.columns import SHEETS
from desk.listbook.writing import written
from desk.models import ListImport
from files.models import PIECE_BYTES
from grids.standing import standing_of
from people.models import User

Sheets = dict[str, list[list]]
ITEMS, DUTIES, AREAS, FLOWS, MANUALS = "事项", "职责", "所属部分", "流程", "说明书"


def workbook(version: ListVersion) -> bytes:
    return written(version, clock.now())[0]


def sheets(data: bytes) -> Sheets:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def made(found: Sheets, formulas: dict[tuple[str, str], str] | None = None) -> bytes:
    """A workbook that holds these rows, and these formulas at their places ("sheet", "B2")."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for title, rows in found.items():
        sheet = book.add_worksheet(title)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if hasattr(cell, "year"):
                    sheet.write_datetime(row, column, cell, day)
                elif isinstance(cell, str):
                    sheet.write_string(row, column, cell)
                else:
                    sheet.write(row, column, cell)
        for (where, place), formula in (formulas or {}).items():
            if where == title:
                sheet.write_formula(place, formula, None, "4711")
    book.close()
    return out.getvalue()


def changed(version: ListVersion, change: Callable[[Sheets], object]) -> bytes:
    found = sheets(workbook(version))
    change(found)
    return made(found)


def column(title: str, header: str) -> int:
    sheet = next(one for one in SHEETS if one.title == title)
    return [one.header for one in sheet.columns].index(header)


def put(found: Sheets, title: str, row: int, header: str, value: object) -> None:
    """Write into a cell: the row as Excel counts it, the column by its heading."""
    cells = found[title][row - 1]
    place = column(title, header)
    cells.extend([""] * (place + 1 - len(cells)))
    cells[place] = value


def sent(draft: ListVersion, user: User, data: bytes, name: str = "清单.xlsx") -> ListImport:
    at = clock.now()
    one = listimports.begin(draft, size=len(data), name=name, by=standing_of(user, at), at=at)
    for offset in range(0, len(data), PIECE_BYTES):
        listimports.add_piece(one.pk, by=user, offset=offset, data=data[offset : offset + PIECE_BYTES], at=at)
    return one


def compared(draft: ListVersion, user: User, data: bytes, **named) -> ListImport:
    one, at = sent(draft, user, data, **named), clock.now()
    listimports.compare(one.pk, by=standing_of(user, at), at=at)
    listimports.run(one.pk, now=clock.now)
    return ListImport.objects.get(pk=one.pk)


def places(one: ListImport) -> set[tuple[str, int, str]]:
    return {(fault.sheet, fault.row, fault.column) for fault in one.faults.all()}
