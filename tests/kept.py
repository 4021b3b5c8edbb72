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


class Undone(Exception):
    """Nothing of it stays."""


class Kept:
    """What `build` makes, and the rows behind it. A process makes them once; their ids stay the same."""

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
        before = {table: self._last(table) for table in self._tables()}
        made = self.build()
        for table, last in before.items():
            self._keep(table, last)
        self.things = pickle.dumps(made)
        return made

    def _tables(self) -> list[str]:
        with CaptureQueriesContext(connection) as said, suppress(Undone), transaction.atomic():
            self.build()
            raise Undone
        return list(dict.fromkeys(INTO.findall(" ".join(query["sql"] for query in said.captured_queries))))

    def _last(self, table: str) -> int:
        return self._one(f'SELECT coalesce(max(id), 0) FROM "{table}"')

    def _keep(self, table: str, last: int) -> None:
        columns = self._one(COLUMNS, table)
        self.rows.append(json.dumps(self._one(f'SELECT json_agg(kept) FROM "{table}" kept WHERE id > %s', last)))
        found = f'json_populate_recordset(NULL::"{table}", %s)'
        self.sql += f'INSERT INTO "{table}" ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {found};\n'

    def _one(self, sql: str, *params: object) -> Any:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchone()[0]
