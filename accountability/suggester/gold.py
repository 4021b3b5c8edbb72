"""The gold set: real messages labelled by reading, in two halves by hash. Their texts lie outside the repository."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accountability import bigrams
from accountability.loading import DATA

NONE = "none"
ALIKE = 60  # signs


@dataclass(frozen=True)
class Gold:
    """A message, the item or function that it belongs to (or neither), and its half.

    `second` is what another reader wrote down, who knew neither the first label nor any suggestion, and `also` a second
    matter that this reader found in it; "" where there is none.
    """

    matter: tuple[str, str]
    item: str
    function: str
    seen: bool
    second: str = ""
    also: str = ""

    @property
    def code(self) -> str:
        return self.item if self.item != NONE else self.function

    @property
    def either(self) -> frozenset[str]:
        """All that somebody found in it."""
        return frozenset(filter(None, (self.code, self.second, self.also)))


def is_seen(file: str, number: str) -> bool:
    """By a hash of its own, so that no one chose which half a message is in."""
    return int(hashlib.sha256(f"{file}:{number}:half".encode()).hexdigest(), 16) % 2 == 0


def read_gold(texts: Path) -> Iterator[Gold]:
    """Every labelled message whose text lies in this folder."""
    known: dict[str, dict[str, tuple[str, str]]] = {}
    for row in gold_rows():
        name = row["file"]
        if name not in known:
            known[name] = _texts(texts / f"{name}.csv")
        if row["id"] in known[name]:
            second, also = row.get("second") or "", row.get("also") or ""
            seen = is_seen(name, row["id"])
            yield Gold(known[name][row["id"]], row["item"], row["function"], seen, second, also)


def read_further(texts: Path) -> Iterator[tuple[tuple[str, str], str]]:
    """More messages with their codes, read to learn from only: none of the gold set, nor the like of one of it."""
    rows = _rows("further.csv")
    files = {name: _texts(texts / f"{name}.csv") for name in dict.fromkeys(row["file"] for row in rows)}
    yield from ((files[row["file"]][row["id"]], row["code"]) for row in rows)


def read_others(texts: Path) -> Iterator[tuple[str, str]]:
    """The messages of these files that nobody labelled, each once, and none that says the same as a labelled one."""
    rows = [*gold_rows(), *_rows("further.csv")]
    files = {name: _texts(texts / f"{name}.csv") for name in dict.fromkeys(row["file"] for row in rows)}
    gold = {(row["file"], row["id"]) for row in rows}
    said = {mark for file, number in gold if number in files[file] for mark in _marks(files[file][number])}
    for name, messages in files.items():
        for number, matter in messages.items():
            marks = _marks(matter)
            if (name, number) not in gold and not marks & said:
                said |= marks
                yield matter


def gold_rows() -> list[dict[str, str]]:
    return _rows("gold.csv")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _marks(matter: tuple[str, str]) -> set[str]:
    """What two copies of a message share, whatever else was changed in one of them."""
    return {folded for text in matter if (folded := bigrams.fold(text)[:ALIKE])}


def _texts(path: Path) -> dict[str, tuple[str, str]]:
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: (row["subject"], row["text"]) for row in csv.DictReader(file)}
