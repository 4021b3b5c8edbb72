"""The gold set: real messages labelled by reading, in two halves by hash. Their texts lie outside the repository."""

import csv
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from accountability.loading import DATA

NONE = "none"


@dataclass(frozen=True)
class Gold:
    """A message, the item or function that it belongs to (or neither), and its half."""

    matter: tuple[str, str]
    item: str
    function: str
    seen: bool

    @property
    def code(self) -> str:
        return self.item if self.item != NONE else self.function


def is_seen(file: str, number: str) -> bool:
    """By a hash of its own, so that no one chose which half a message is in."""
    return int(hashlib.sha256(f"{file}:{number}:half".encode()).hexdigest(), 16) % 2 == 0


def read_gold(texts: Path) -> Iterator[Gold]:
    """Every labelled message whose text lies in this folder."""
    known: dict[str, dict[str, tuple[str, str]]] = {}
    with (DATA / "gold.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row["file"]
            if name not in known:
                known[name] = _texts(texts / f"{name}.csv")
            if row["id"] in known[name]:
                yield Gold(known[name][row["id"]], row["item"], row["function"], is_seen(name, row["id"]))


def _texts(path: Path) -> dict[str, tuple[str, str]]:
    csv.field_size_limit(10**7)
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["id"]: (row["subject"], row["text"]) for row in csv.DictReader(file)}
