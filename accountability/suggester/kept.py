"""What suggestions are made of, kept by each process until a row that it comes from is another one."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from accountability.loading import DATA
from accountability.models import Boundary, Function, FunctionList, ItemVersion, Learnt, ListVersion
from accountability.suggester.learning import Weights, read
from accountability.suggester.nearest import Prototypes
from accountability.suggester.rows import prototypes_of
from audit.statements import Statement

SEED = DATA / "suggester.json"
MOST = 4
# Where each version of a row stands and who wrote it: no two ever share both. What a row says is not read for it.
MARK = "md5(string_agg(concat({row}.ctid, {row}.xmin), ','))"
STAMP = """
WITH standing AS ({standing})
SELECT (SELECT * FROM standing), (SELECT max(id) FROM accountability_learnt),
       (SELECT {situations} FROM accountability_situation s), (SELECT {words} FROM accountability_itemwords w),
       (SELECT {items} FROM accountability_itemversion i WHERE version_id = %s::bigint),
       (SELECT {functions} FROM accountability_function f WHERE version_id = (SELECT * FROM standing)),
       (SELECT {units} FROM people_unit u), (SELECT {notes} FROM accountability_boundary n)"""
MARKS = {name: MARK.format(row=name[0]) for name in ("situations", "words", "items", "functions", "units", "notes")}


@dataclass(frozen=True)
class Known:
    """The prototypes of a version and of the functions of a day, with what a page shows of them."""

    prototypes: Prototypes
    titles: dict[str, str]
    functions: dict[str, Function]
    notes: tuple[Boundary, ...]


_kept: dict[tuple[Any, ...], Known] = {}


def known(version: ListVersion, day: date) -> Known:
    """One statement while nothing changes."""
    stamp = _stamp(version, day)
    if stamp not in _kept:
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)))
        _kept[stamp] = _read(version, stamp[1])
    return _kept[stamp]


def _read(version: ListVersion, functions: int | None) -> Known:
    titles = dict(ItemVersion.objects.filter(version=version).values_list("item__code", "title"))
    rows = Function.objects.filter(version=functions).select_related("unit", "version")
    prototypes = prototypes_of(version, functions, weights())
    return Known(prototypes, titles, {row.code: row for row in rows}, tuple(Boundary.objects.all()))


def _stamp(version: ListVersion, day: date) -> tuple[Any, ...]:
    """The versions of the list and of the functions in force on this day, and what marks each of their rows."""
    with connection.cursor() as cursor:
        cursor.execute(_asked().on(connection), [day, version.pk])
        return (version.pk, *cursor.fetchone())


@cache
def _asked() -> Statement:
    standing, _given = FunctionList.objects.standing(date.max).values("pk")[:1].query.sql_with_params()
    return Statement(STAMP.format(standing=standing, **MARKS), [None, None])


def weights() -> Weights:
    """What was learnt last from confirmed cases of this district; before that what we ship."""
    learnt = Learnt.objects.order_by("-pk").first()
    return read(learnt.weights) if learnt else seed(SEED)


def faults() -> Iterator[str]:
    """The weights that suggestions start from are those that were learnt."""
    newest = Learnt.objects.order_by("-pk").first()
    if newest and read(newest.weights).digest != newest.digest:
        yield _("The weights %(id)s of the suggester are not those that were learnt. Train it anew.") % {
            "id": newest.pk
        }


@lru_cache(maxsize=2)
def seed(path: Path) -> Weights:
    """Weights from a file; one whose hash is another than it says is not believed."""
    if not path.is_file():
        return Weights()
    told = json.loads(path.read_text(encoding="utf-8"))
    found = read(told["weights"])
    if found.digest != told["digest"]:
        raise ValueError(f"{path.name}: the weights are others than their hash says; make the file anew")
    return found


def write_seed(path: Path, learnt: Weights) -> None:
    """With the hash of what it says, whatever it is named."""
    told = {"digest": learnt.digest, "weights": learnt.told()}
    path.write_text(json.dumps(told, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
