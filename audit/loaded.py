"""Reference rows that come from files and are reviewed nowhere else: what they said then is kept as digests."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from audit.models import LoadedRow
from audit.rows import insert

Row = Mapping[str, Any]


def keep(model: type[Model], key: Sequence[str], again: Collection[str] = ()) -> None:
    """Write down what rows say that were never written down, and what those say now that the file told more of.

    `again` holds the keys of those; a key of several fields is told with a space between. Where the table has got
    other columns since, what still says the same in the old ones is written down anew.
    """
    known, columns = _known(model), _columns(model)
    insert([
        LoadedRow(table=model._meta.db_table, key=one, columns=",".join(columns), digest=_digest(row, columns))
        for one, row in _now(model, key).items()
        if one not in known or one in again or (known[one].columns != columns and known[one].fits(row))
    ])  # fmt: skip


def faults(model: type[Model], key: Sequence[str], what: str) -> Iterator[str]:
    """Rows that say something else than when they were loaded, that nobody loaded, and that are gone.

    Nothing is said of a table that was never loaded from a file.
    """
    known = _known(model)
    if not known:
        return
    now = _now(model, key)
    for one in sorted({*known, *now}):
        told = {"what": what, "key": one}
        if one not in known:
            yield _("%(what)s “%(key)s” was added past its file.") % told
        elif one not in now:
            yield _("%(what)s “%(key)s” was loaded and is gone.") % told
        elif not known[one].fits(now[one]):
            yield _("%(what)s “%(key)s” says something else than was loaded.") % told


@dataclass(frozen=True)
class _Kept:
    columns: list[str]
    digest: str

    def fits(self, row: Row) -> bool:
        """Whether the row says the same in the columns that it had then."""
        return _digest(row, self.columns) == self.digest


def _known(model: type[Model]) -> dict[str, _Kept]:
    rows = LoadedRow.objects.filter(table=model._meta.db_table).order_by("pk")
    return {
        key: _Kept(columns.split(","), digest) for key, columns, digest in rows.values_list("key", "columns", "digest")
    }


def _now(model: type[Model], key: Sequence[str]) -> dict[str, Row]:
    rows = model._default_manager.values(*{*_columns(model), *key})
    return {" ".join(str(row[name]) for name in key): row for row in rows}


def _columns(model: type[Model]) -> list[str]:
    return sorted(field.attname for field in model._meta.concrete_fields if not field.primary_key)


def _digest(row: Row, columns: Sequence[str]) -> str:
    """Of a column that is gone nothing is known any more."""
    said = [row.get(name) for name in columns]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()
