"""What differs between two sets of rows, row by row and cell by cell, in the words of their columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from changes.kinds import Column, Row, Rows, Table


@dataclass(frozen=True)
class Cell:
    label: str
    before: str
    after: str
    typed: bool  # words of the district, in its language

    @property
    def differs(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True)
class Line:
    """A row that is new, gone or changed."""

    table: str
    name: str
    named: bool  # by words of the district
    what: str  # new | gone | changed
    cells: list[Cell]


def difference(tables: tuple[Table, ...], before: Rows, after: Rows) -> list[Line]:
    return [line for table in tables for line in _of_table(table, before, after)]


def _of_table(table: Table, before: Rows, after: Rows) -> Iterator[Line]:
    old = {_key(table, row): row for row in before.get(table.name, [])}
    new = {_key(table, row): row for row in after.get(table.name, [])}
    for key in [*old, *(key for key in new if key not in old)]:
        was, now = old.get(key), new.get(key)
        if was != now:
            yield _line(table, was, now)


def _line(table: Table, was: Row | None, now: Row | None) -> Line:
    what = "new" if was is None else "gone" if now is None else "changed"
    named = now or was or {}
    name = " · ".join(filter(None, (one.shown(named.get(one.name)) for one in table.columns if one.name in table.key)))
    told = (column for column in table.columns if column.name not in table.key and column.is_typed)
    cells = [_cell(column, was, now) for column in told]
    named_by_words = any(column.sort == "text" for column in table.columns if column.name in table.key)
    return Line(str(table.label), name or str(table.label), named_by_words, what, cells)


def _cell(column: Column, was: Row | None, now: Row | None) -> Cell:
    before, after = ((row or {}).get(column.name) for row in (was, now))
    return Cell(str(column.label), column.shown(before), column.shown(after), column.sort == "text")


def _key(table: Table, row: Row) -> tuple[str, ...]:
    return tuple(str(row.get(name)) for name in table.key)
