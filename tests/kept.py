"""Rows that many tests begin with: made by the models once in a process, then put back by one statement."""

import json
import pickle
import re
from collections.abc import Callable
from contextlib import suppress
from types import SimpleNamespace
from typing import Any

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

INTO = re.compile(r'INSERT INTO "(\w+)"')
COLUMNS = """
    SELECT string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
    WHERE table_schema = current_schema AND table_name = %s AND is_generated = 'NEVER'
"""


FAR = 1_000_000  # from here on: nothing that a test makes before has such an id


class Undone(Exception):
    """Nothing of it stays."""


class Kept:
    """What `build` makes, and the rows behind it; their ids stay the same, in every database of the process."""

    def __init__(self, build: Callable[[], SimpleNamespace]) -> None:
        self.build = build
        self.things = b""
        self.sql, self.rows = "", []

    def again(self) -> SimpleNamespace:
        if not self.things:
            return self._first()
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.rows)
        return pickle.loads(self.things)  # noqa: S301 - pickled by this process

    def _first(self) -> SimpleNamespace:
        """Built twice: once to see which tables it fills, and once for good."""
        tables = self._tables()
        for table in tables:
            self._ask(self._further(table, FAR))
        made = self.build()
        for table in tables:
            self._keep(table)
        self.things = pickle.dumps(made)
        return made

    def _tables(self) -> list[str]:
        with CaptureQueriesContext(connection) as said, suppress(Undone), transaction.atomic():
            self.build()
            raise Undone
        return list(dict.fromkeys(INTO.findall(" ".join(query["sql"] for query in said.captured_queries))))

    def _keep(self, table: str) -> None:
        columns, last = self._ask(COLUMNS, table), self._ask(f'SELECT max(id) FROM "{table}"')
        self.rows.append(json.dumps(self._ask(f'SELECT json_agg(kept) FROM "{table}" kept WHERE id > %s', FAR)))
        found = f'json_populate_recordset(NULL::"{table}", %s)'
        self.sql += f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {found};\n'
        self.sql += f"{self._further(table, last)};\n"

    def _further(self, table: str, last: int) -> str:
        """The next id of this table comes after this one, in whatever database."""
        counter = self._ask("SELECT pg_get_serial_sequence(%s, 'id')", table)
        return f"SELECT setval('{counter}', greatest(last_value, {last})) FROM {counter}"

    def _ask(self, sql: str, *params: object) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, params or None)
            return cursor.fetchone()[0]
