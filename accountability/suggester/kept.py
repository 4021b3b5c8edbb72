"""The prototypes that count now, kept by each process until a row that they come from is another one."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection

from accountability.loading import DATA
from accountability.models import FunctionList, Learnt, ListVersion
from accountability.suggester.learning import Weights, read
from accountability.suggester.nearest import Prototypes
from accountability.suggester.rows import prototypes_of

SEED = DATA / "suggester.json"
MOST = 4
# The rows in a few hundred bytes: what was said a moment ago is not said again.
STAMP = """
SELECT (SELECT max(id) FROM accountability_learnt),
       (SELECT md5(string_agg(concat_ws('|', item_id, name, words, looks_like), '|' ORDER BY id))
          FROM accountability_situation),
       (SELECT md5(string_agg(concat_ws('|', item_id, words), '|' ORDER BY id)) FROM accountability_itemwords),
       (SELECT md5(string_agg(concat_ws('|', item_id, title), '|' ORDER BY id)) FROM accountability_itemversion
         WHERE version_id = %(version)s),
       (SELECT md5(string_agg(concat_ws('|', code, title, words), '|' ORDER BY id)) FROM accountability_function
         WHERE version_id = %(functions)s)"""

_kept: dict[tuple[Any, ...], Prototypes] = {}


def prototypes(version: ListVersion | None, functions: FunctionList | None) -> Prototypes:
    """One statement while nothing changes."""
    stamp = _stamp(version, functions)
    if stamp not in _kept:
        while len(_kept) >= MOST:
            _kept.pop(next(iter(_kept)))
        _kept[stamp] = prototypes_of(version, functions, weights())
    return _kept[stamp]


def _stamp(version: ListVersion | None, functions: FunctionList | None) -> tuple[Any, ...]:
    given = {"version": version.pk if version else None, "functions": functions.pk if functions else None}
    with connection.cursor() as cursor:
        cursor.execute(STAMP, given)
        return (*given.values(), *cursor.fetchone())


def weights() -> Weights:
    """What was learnt last from confirmed cases of this district; before that what we ship."""
    learnt = Learnt.objects.order_by("-pk").first()
    return read(learnt.weights) if learnt else seed(SEED)


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
