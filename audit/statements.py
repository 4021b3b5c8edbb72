"""Statements that PostgreSQL plans once a connection instead of at every question."""

from collections.abc import Sequence
from itertools import count
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

MOST = 300  # plans that one connection holds; then it begins anew
_numbers = count(1)


class Statement:
    """One question. `given` are its values in order; None stands for one that each asking brings."""

    def __init__(self, sql: str, given: Sequence[Any]) -> None:
        self.sql, self.given = sql, given
        self.name = f"kept_{next(_numbers)}"
        self.places = sum(value is None for value in given)

    def on(self, connection: BaseDatabaseWrapper) -> str:
        """How it is asked on this connection, with a placeholder for each value that is brought."""
        connection = connections[connection.alias]  # this thread's own, where a proxy is given that all threads share
        connection.ensure_connection()
        raw = connection.connection
        known = _known(connection)
        if self.name not in known:
            with connection.wrap_database_errors, raw.cursor() as cursor:
                if len(known) >= MOST:
                    cursor.execute("DEALLOCATE ALL")
                    known.clear()
                cursor.execute(f"PREPARE {self.name} AS {self._text(cursor)}")
            known.add(self.name)
        return f"EXECUTE {self.name} ({', '.join(['%s'] * self.places)})" if self.places else f"EXECUTE {self.name}"

    def _text(self, cursor: Any) -> str:
        pieces, nth = [], 0
        first, *rest = self.sql.split("%s")
        for value, piece in zip(self.given, rest, strict=True):
            nth += value is None
            pieces += [f"${nth}" if value is None else cursor.mogrify("%s", [value]).decode(), piece.replace("%%", "%")]
        return first.replace("%%", "%") + "".join(pieces)


def _known(connection: BaseDatabaseWrapper) -> set[str]:
    """What this very connection has planned; another one that took its place has planned nothing."""
    of, known = vars(connection).get("kept_statements", (None, set()))
    if of is not connection.connection:
        known = set()
        vars(connection)["kept_statements"] = connection.connection, known
    return known
