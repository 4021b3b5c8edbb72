"""Many rows written in one short statement: its text is the same for any number of them."""

import json
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, TypeVar

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import AutoField, CharField, Field, JSONField, Model, TextField

from audit.statements import Statement

Row = TypeVar("Row", bound=Model)


def insert(rows: Sequence[Row], *, again: bool = False) -> Sequence[Row]:
    """Write these rows of one model, in this order, and give them their keys.

    Columns that the database fills itself are left to it. With `again`, rows that are there already are dropped, and
    nobody gets a key.
    """
    if not rows:
        return rows
    statement, columns = _statement(type(rows[0]), again, len(rows) == 1)
    for row in rows:  # what they point at may have got its key only now
        row._prepare_related_fields_for_save(operation_name="insert")
    with connection.cursor() as cursor:
        written = [[plain(getattr(row, name)) for row in rows] for name, plain in columns]
        cursor.execute(statement.on(connection), written if len(rows) > 1 else [value for (value,) in written])
        if not again:
            for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
                row.pk, row._state.adding = key, False
    return rows


@cache
def _statement(model: type[Model], again: bool, one: bool) -> tuple[Statement, list[tuple[str, Callable[[Any], Any]]]]:
    """For one row by its values, which the database takes in faster, else by a list for each column."""
    meta = model._meta
    fields = [field for field in meta.concrete_fields if not _by_database(field)]
    names = ", ".join(f'"{field.column}"' for field in fields)
    given = ", ".join(f"%s::{_type(field, '' if one else '[]')}" for field in fields)
    rows = f"VALUES ({given})" if one else f"SELECT * FROM unnest({given})"
    tail = "ON CONFLICT DO NOTHING" if again else f'RETURNING "{meta.pk.column}"'
    sql = f'INSERT INTO "{meta.db_table}" ({names}) {rows} {tail}'
    return Statement(sql, [None] * len(fields)), [(field.attname, _plain(field)) for field in fields]


def _by_database(field: Field) -> bool:
    return isinstance(field, AutoField) or field.has_db_default()


def _type(field: Field, many: str) -> str:
    """The column's type without its length: that is checked where the row arrives."""
    name = str(field.db_type(connection)).partition("(")[0] + many
    return f"text{many}::{name}" if isinstance(field, JSONField | SearchVectorField) else name


def _plain(field: Field) -> Callable[[Any], Any]:
    if isinstance(field, JSONField):
        return json.dumps
    return _text if isinstance(field, CharField | TextField) else _as_it_is


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _as_it_is(value: Any) -> Any:
    return value
