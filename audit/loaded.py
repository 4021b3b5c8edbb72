"""Reference rows that come from files and are reviewed nowhere else: what they said then is kept as digests."""

import hashlib
import json
from collections.abc import Collection, Iterator, Sequence

from django.db.models import Model
from django.utils.translation import gettext as _

from audit.models import LoadedRow
from audit.rows import insert


def keep(model: type[Model], key: Sequence[str], again: Collection[str] = ()) -> None:
    """Write down what rows say that were never written down, and what those say now that the file told more of.

    `again` holds the keys of those; a key of several fields is told with a space between.
    """
    known = _known(model)
    insert([
        LoadedRow(table=model._meta.db_table, key=one, digest=digest)
        for one, digest in _now(model, key).items() if one not in known or one in again
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
        elif now[one] != known[one]:
            yield _("%(what)s “%(key)s” says something else than was loaded.") % told


def _known(model: type[Model]) -> dict[str, str]:
    rows = LoadedRow.objects.filter(table=model._meta.db_table).order_by("pk")
    return dict(rows.values_list("key", "digest"))


def _now(model: type[Model], key: Sequence[str]) -> dict[str, str]:
    names = sorted(field.attname for field in model._meta.concrete_fields if not field.primary_key)
    rows = model._default_manager.values(*{*names, *key})
    return {" ".join(str(row[name]) for name in key): _digest([row[name] for name in names]) for row in rows}


def _digest(said: list[object]) -> str:
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, default=str).encode()).hexdigest()
