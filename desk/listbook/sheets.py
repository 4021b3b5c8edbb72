"""The rows of one sheet by the names of its columns; whatever is wrong is noted by sheet, row and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from desk.listbook.columns import Column, Sheet
from gateway.refusals import said
from gateway.tables import LOST, Cell, Row
from people.cells import plain
from people.days import ISO

LETTERS = 26


class Fault(NamedTuple):
    """Where something is wrong, and what to do: the column by its letter and heading, as the file has it."""

    sheet: str
    row: int
    column: str
    why: str


@dataclass
class Table:
    """A sheet with its rows, and the places of its columns; `faults` gathers what is wrong anywhere in the file."""

    sheet: Sheet
    rows: list[Row]
    faults: list[Fault]

    def __post_init__(self) -> None:
        first = self.rows[0] if self.rows and self.rows[0][0] == 1 else (1, [])
        self.columns = {one.name: one for one in self.sheet.columns}
        self.empty = dict.fromkeys(self.columns, "")
        self.names: list[str] = []
        for number, cell in enumerate(first[1]):
            self.names.append(self._named(number, cell))
        missing = [one for one in self.sheet.columns if not one.optional and one.name not in self.names]
        for column in missing:
            told = _("The heading of this column is missing in row 1. Write it there again.")
            self.faults.append(Fault(self.sheet.title, 1, column.header, told))
        self.sound = not missing

    @classmethod
    def absent(cls, sheet: Sheet) -> "Table":
        """A sheet that the file does not have: no row, and no fault of its own."""
        return cls(sheet, [], [])

    def _named(self, number: int, cell: Cell) -> str:
        """Which column has this heading; "" for an empty cell and for one that is named as a fault."""
        header = "" if isinstance(cell, list) else cell.strip()
        name = next((one.name for one in self.sheet.columns if one.header == header), "")
        if isinstance(cell, list):
            self.fault(1, number, "", said(LOST[cell[0]], {}))
        elif header and not name:
            self.fault(1, number, header, _("No column of this sheet has this heading. Take it out."))
        elif name and name in self.names:
            self.fault(1, number, header, _("This heading stands here twice. Keep one."))
        return name

    def fault(self, row: int, number: int, header: str, why: str) -> None:
        self.faults.append(Fault(self.sheet.title, row, f"{letter(number)} {header}".strip(), why))

    def lines(self) -> Iterator["Line"]:
        """Every row below the headings that says something under them; none where a heading is missing, since nothing
        could be told apart."""
        found = (Line(self, number, cells) for number, cells in self.rows if number > 1 and self.sound)
        return (line for line in found if line.bad or any(line.said.values()))


class Line:
    """One row. Asked for a cell it cannot make sense of, it notes the fault and answers with nothing."""

    def __init__(self, table: Table, row: int, cells: list[Cell]) -> None:
        self.table, self.row = table, row
        self.bad: set[str] = set()
        self.said = table.empty.copy()
        for number, cell in enumerate(cells):
            if cell != "":
                self._take(number, cell)

    def _take(self, number: int, cell: Cell) -> None:
        name = self.table.names[number] if number < len(self.table.names) else ""
        if isinstance(cell, list):
            header = self.table.columns[name].header if name else ""
            self.table.fault(self.row, number, header, said(LOST[cell[0]], {}))
            self.bad |= {name} - {""}
        elif not name:
            self.table.fault(self.row, number, "", _("This cell stands under no heading. Empty it."))
        else:
            self.said[name] = self._checked(self.table.columns[name], plain(cell).strip())

    def _checked(self, column: Column, words: str) -> str:
        if column.longest and len(words) > column.longest:
            told = {"longest": column.longest, "long": len(words)}
            self.fault(column.name, _("Has %(long)s characters; at most %(longest)s fit.") % told)
        return words

    def __getitem__(self, name: str) -> str:
        return self.said[name]

    def fault(self, name: str, why: str) -> None:
        """Note what is wrong with a cell; a second fault of it says nothing new."""
        if name in self.bad:
            return
        self.bad.add(name)
        number = self.table.names.index(name) if name in self.table.names else 0
        self.table.fault(self.row, number, self.table.columns[name].header, why)

    def one_of(self, name: str, choices: Mapping[str, Any]) -> Any:
        """What the word in the cell stands for; None where it is none of them."""
        if self[name] not in choices:
            self.fault(name, _("Write one of these: %(words)s.") % {"words": "、".join(choices)})
            return None
        return choices[self[name]]

    def day(self, name: str) -> date | None:
        """A day of Excel, or one that is written out."""
        words = self[name].removesuffix(" 00:00:00")
        try:
            if words and not ISO.fullmatch(words):
                raise ValueError
            return date.fromisoformat(words) if words else None
        except ValueError:
            self.fault(name, _("Write the day like 2026-03-12."))
            return None


def letter(number: int) -> str:
    """As Excel names it: the column 0 is A, 27 is AB."""
    before, rest = divmod(number, LETTERS)
    return (letter(before - 1) if before else "") + chr(ord("A") + rest)
