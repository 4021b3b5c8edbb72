"""Questions that nearly every page asks are put into SQL once: that takes Django longer than PostgreSQL to answer.

    @Kept
    def steps(case: int) -> QuerySet[Step]:
        return Step.objects.filter(case=case).order_by("-seq")

    steps(case=case.pk)

The function is called once for each `shape` (what else its SQL depends on: given without a name) and with markers for
its values (given by name); from then on only the values change. They must stand in the query as they are given.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from copy import copy
from datetime import UTC, date, datetime
from typing import Any, Generic, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model, QuerySet

from audit.statements import Statement

Row = TypeVar("Row", bound=Model)
MOST = 256
# Of each kind of value one that is never asked for.
_MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda nth: 8_070_605_040_302_010 + nth,
    str: lambda nth: f"\ufdd0{nth}",
    datetime: lambda nth: datetime(9, 9, 9, 9, 9, nth, tzinfo=UTC),
    date: lambda nth: date(9, 9, 9 + nth),
    list: lambda nth: [8_070_605_040_302_010 + nth],
}


class Kept(Generic[Row]):
    """A question that is written once for each shape; the oldest shapes are forgotten first."""

    def __init__(self, build: Callable[..., QuerySet[Row]]) -> None:
        self.build = build
        self.known: OrderedDict[Hashable, _Written[Row]] = OrderedDict()

    def __call__(self, *shape: Hashable, **values: Any) -> list[Row]:
        """The rows, read anew."""
        written = self.known.get(shape)
        if written is None:
            written = self.known[shape] = _Written(self.build, shape, values)
            while len(self.known) > MOST:
                self.known.popitem(last=False)
        return written.read(values)


class _Written(Generic[Row]):
    """The SQL of one shape, and where its values go."""

    def __init__(self, build: Callable[..., QuerySet[Row]], shape: tuple[Hashable, ...], values: dict[str, Any]):
        marks = {name: _MARKS[type(value)](nth) for nth, (name, value) in enumerate(values.items())}
        self.asked = build(*shape, **marks)
        self.compiler = self.asked.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            sql, params = self.compiler.as_sql()
        except EmptyResultSet:  # of somebody who sees nothing, say: it is not even asked
            sql, params, values = "", (), {}
        names = [_name(param, marks) for param in params]
        missing = set(values) - set(names)
        if missing:
            raise ValueError(f"not in the query as given: {', '.join(sorted(missing))}")
        self.names = [name for name in names if name]
        self.converters: dict[int, Any] | None = None
        self.statement = Statement(sql, [None if name else param for name, param in zip(names, params, strict=True)])

    def read(self, values: dict[str, Any]) -> list[Row]:
        if not self.statement.sql:
            return []
        compiler = copy(self.compiler)
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        asked = self.statement.on(compiler.connection), tuple(values[name] for name in self.names)
        compiler.as_sql = lambda *_args, **_more: asked
        compiler.get_converters = self._converters
        rows = self.asked._chain()  # type: ignore[attr-defined]
        rows.query.get_compiler = lambda *_args, **_more: compiler
        return list(rows)

    def _converters(self, columns: list[Any]) -> dict[int, Any]:
        """How values of the database become values of the fields: the same for every answer to this question."""
        if self.converters is None:
            self.converters = self.compiler.get_converters(columns)
        return self.converters


def _name(param: Any, marks: dict[str, Any]) -> str | None:
    """The value that stands here; None for what is always the same."""
    return next((name for name, mark in marks.items() if type(mark) is type(param) and mark == param), None)
