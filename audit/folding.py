"""Rows that only say how much more there is of something, summed up into one row a key."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Model

AT_ONCE = 5_000
# Of two that fold at once, each takes what the other has not.
FOLD = """
WITH loose AS (
    DELETE FROM {table} WHERE id IN (
        SELECT id FROM {table} WHERE NOT folded ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING {keys}, {numbers}),
summed AS (
    INSERT INTO {table} ({keys}, {numbers}, folded)
    SELECT {keys}, {sums}, true FROM loose GROUP BY {keys} ORDER BY {keys}
    ON CONFLICT ({keys}) WHERE folded
    DO UPDATE SET {added} RETURNING 1)
SELECT count(*) FROM loose"""


def fold(model: type[Model], keys: Sequence[str], numbers: Sequence[str]) -> int:
    """Sum up what was appended since; returns how many rows went into it. Safe to run twice, and at once.

    The model has a column `folded`, and one folded row at most for the columns `keys`; the columns `numbers` are added.
    """
    table = model._meta.db_table
    sql = FOLD.format(
        table=table,
        keys=", ".join(keys),
        numbers=", ".join(numbers),
        sums=", ".join(f"sum({name})" for name in numbers),
        added=", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in numbers),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [AT_ONCE])
        return int(cursor.fetchone()[0])
