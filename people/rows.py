"""Reads data files row by row, and names what is wrong with them by file, row and column."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

Parser = Callable[[str], Any]


@dataclass(frozen=True)
class Fault:
    """One cell that cannot be taken."""

    file: str
    row: int
    column: str
    why: str

    def __str__(self) -> str:
        where = {"file": self.file, "row": self.row, "column": self.column, "why": self.why}
        return _("%(file)s, row %(row)s, column %(column)s: %(why)s") % where


class RefusedRows(Exception):
    """A file has rows that cannot be taken; nothing of it is saved."""

    code = "bad_rows"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults[:20]))


@dataclass(frozen=True)
class Row:
    """A row as read: its number in the file (the heading is row 1) and its values."""

    number: int
    values: dict[str, Any]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]


class Sheet:
    """The rows of one file; refuses them together, so that one reading shows every fault."""

    def __init__(self, path: Path, columns: Mapping[str, Parser]) -> None:
        self.name = path.name
        self.faults: list[Fault] = []
        self.rows: list[Row] = []
        self._read(path, columns)
        self.check()

    def _read(self, path: Path, columns: Mapping[str, Parser]) -> None:
        if not path.is_file():
            why = _("the file is missing from %(folder)s") % {"folder": path.parent}
            raise RefusedRows([Fault(self.name, 1, "-", why)])
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [column for column in columns if column not in (reader.fieldnames or [])]
            if missing:
                raise RefusedRows(Fault(self.name, 1, column, _("this column is missing")) for column in missing)
            self.rows = [self._parsed(number, raw, columns) for number, raw in enumerate(reader, start=2)]

    def _parsed(self, number: int, raw: dict[str, str | None], columns: Mapping[str, Parser]) -> Row:
        row = Row(number, {})
        for column, parse in columns.items():
            try:
                row.values[column] = parse((raw[column] or "").strip())
            except ValueError as error:
                self.refuse(row, column, str(error))
        return row

    def refuse(self, row: Row, column: str, why: str) -> None:
        self.faults.append(Fault(self.name, row.number, column, why))

    def check(self) -> None:
        if self.faults:
            raise RefusedRows(self.faults)

    def unique(self, *columns: str) -> None:
        """No two rows may have the same values in these columns."""
        seen: dict[tuple, int] = {}
        for row in self.rows:
            first = seen.setdefault(tuple(row[column] for column in columns), row.number)
            if first != row.number:
                self.refuse(row, columns[-1], _("the same as in row %(row)s") % {"row": first})
        self.check()

    def known(self, column: str, codes: Iterable[str]) -> None:
        """Whatever stands in this column must be one of these codes, or nothing."""
        codes = set(codes)
        for row in self.rows:
            if row[column] and row[column] not in codes:
                self.refuse(row, column, _("“%(code)s” is not known") % {"code": row[column]})
        self.check()


def text(longest: int) -> Parser:
    def parse(value: str) -> str:
        if len(value) > longest:
            raise ValueError(_("longer than %(longest)s characters") % {"longest": longest})
        return value

    return parse


def filled(longest: int) -> Parser:
    def parse(value: str) -> str:
        if not value:
            raise ValueError(_("is empty"))
        return text(longest)(value)

    return parse


def one_of(values: Iterable[str]) -> Parser:
    allowed = list(values)

    def parse(value: str) -> str:
        if value not in allowed:
            about = {"value": value, "allowed": ", ".join(allowed)}
            raise ValueError(_("“%(value)s” is not one of %(allowed)s") % about)
        return value

    return parse


def whole(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise ValueError(_("“%(value)s” is not a whole number") % {"value": value})
    return int(value)


def number_or_none(value: str) -> float | None:
    try:
        return float(value) if value else None
    except ValueError:
        raise ValueError(_("“%(value)s” is not a number") % {"value": value}) from None


def yes_or_no(value: str) -> bool:
    return one_of("01")(value) == "1"


def day(value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(_("“%(value)s” is not a date like 2026-01-31") % {"value": value}) from None


def or_none(parse: Parser) -> Parser:
    """The same, where the cell may be empty."""
    return lambda value: parse(value) if value else None


def hour(value: str) -> time:
    try:
        return time.fromisoformat(value)
    except ValueError:
        raise ValueError(_("“%(value)s” is not a time like 08:30") % {"value": value}) from None
