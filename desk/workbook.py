"""A list as an Excel file: the same rows in the same order, and no cell that anything would evaluate."""

import tempfile
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from types import TracebackType

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from xlsxwriter import Workbook as Book

from accountability.worktime import LOCAL
from desk.lines import Line
from people.cells import harmless

WIDTH = 24
WIDTHS = (24, 44, 16, 18, 17, 40, 14, 28, 24, 24, 10, 12, 17, 17, 17)
LONGEST_TITLE = 31
FIRST_YEAR = 1901  # Excel knows no day before, and one too many just then
Cell = str | int | datetime | date | None


def headings() -> list[str]:
    return [
        _("Number"), _("Case"), _("State"), _("Time left"), _("Due"), _("Who owes what"), _("In whose hands"),
        _("Where"), _("Place"), _("What it is about"), _("Urgency"), _("Channel"), _("Reported"), _("Accepted"),
        _("Closed"),
    ]  # fmt: skip


def cells(line: Line) -> list[Cell]:
    case = line.case
    owing = _(", ").join(f"{call.unit.short_name} {call.get_state_display()}" for call in line.owing)
    return [
        case.number, case.summary, case.get_state_display(), line.look.words if line.look else "", case.due_at, owing,
        _(", ").join(line.hands), " · ".join(line.where), case.place, line.about, case.get_urgency_display(),
        case.get_channel_display(), case.opened_at, case.accepted_at, case.closed_at,
    ]  # fmt: skip


class Workbook:
    """Written row by row into a folder of its own; `data` holds the finished file.

    A list of cases, unless the title and headings of another are given.
    """

    def __init__(self, at: datetime, title: str = "", heads: Sequence[str] = (), widths: Sequence[int] = ()) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="liixia-export-")
        self.path = Path(self.folder.name) / "list.xlsx"
        self.book = Book(str(self.path), {"constant_memory": True, "tmpdir": self.folder.name})
        self.book.set_properties({"created": _local(at)})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.words = self.book.add_format({"num_format": "@"})
        self.bold = self.book.add_format({"bold": True})
        self.data = b""
        self.begin(title or _("Cases"), heads or headings(), widths or [WIDTH] * len(heads) or WIDTHS)

    def begin(self, title: str, heads: Sequence[str], widths: Sequence[int], words: Collection[int] = ()) -> None:
        """Another sheet, with its row of headings; what is written from here on goes there.

        Whatever somebody types into the columns of these numbers stays words.
        """
        self.sheet = self.book.add_worksheet(title[:LONGEST_TITLE])
        self.row = 1
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width, self.words if column in words else None)
        self.sheet.freeze_panes(1, 0)
        for column, words in enumerate(heads):
            self.sheet.write_string(0, column, words, self.bold)

    def __enter__(self) -> "Workbook":
        return self

    def add(self, lines: list[Line]) -> None:
        self.write([cells(line) for line in lines])

    def write(self, rows: Iterable[Sequence[Cell]]) -> None:
        for row in rows:
            for column, cell in enumerate(row):
                self._write(column, cell)
            self.row += 1

    def _write(self, column: int, cell: Cell) -> None:
        if isinstance(cell, datetime):
            self.sheet.write_datetime(self.row, column, _local(cell), self.moment)
        elif isinstance(cell, date) and cell.year < FIRST_YEAR:
            self.sheet.write_string(self.row, column, cell.isoformat())
        elif isinstance(cell, date):
            self.sheet.write_datetime(self.row, column, cell, self.day)
        elif isinstance(cell, int):
            self.sheet.write_number(self.row, column, cell)
        elif cell:
            self.sheet.write_string(self.row, column, harmless(str(cell)))

    def __exit__(self, kind: type[BaseException] | None, fault: object, trace: TracebackType | None) -> None:
        try:
            self.book.close()
            if kind is None:
                self.data = self.path.read_bytes()
        finally:
            self.folder.cleanup()


def _local(moment: datetime) -> datetime:
    """As a table shows it: the time of day in Shanghai, without a zone."""
    return localtime(moment, LOCAL).replace(tzinfo=None)
