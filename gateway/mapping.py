"""How the columns of another system's file become reports and cases: read from gateway/mappings, data and not code."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

FOLDER = Path(__file__).parent / "mappings"
NEEDED = ("number", "opened_at", "words")
KNOWN = (*NEEDED, "subject", "label", "reply", "replied_at")
STEPS = ("accepted", "handled", "contact", "before_the_list")


class MappingRefused(Exception):
    """There is no such mapping, or it is not whole: the sentence says what to do."""


@dataclass(frozen=True)
class Mapping:
    """Our name of a column → the file's name, and what the file's words mean."""

    name: str
    columns: dict[str, str]
    number_prefix: str
    time_zone: ZoneInfo
    categories: dict[str, str]
    receipt_longest: int
    receipt_says: tuple[str, ...]
    receipt_empty: re.Pattern[str]
    steps: dict[str, str]

    def answers(self, reply: str) -> bool:
        """Whether a reply says more than that the message came in or went on to others."""
        if self.receipt_empty.fullmatch(reply):
            return False
        return len(reply) > self.receipt_longest or not any(word in reply for word in self.receipt_says)


def names() -> list[str]:
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def named(name: str) -> Mapping:
    """The mapping of this name; raises MappingRefused."""
    if name not in names():
        raise MappingRefused(
            _("There is no mapping “%(name)s”. There are: %(names)s.") % {"name": name, "names": ", ".join(names())}
        )
    try:
        return _mapping(name, tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, KeyError, re.error) as fault:
        raise MappingRefused(
            _("The mapping “%(name)s” is not whole: %(fault)s.") % {"name": name, "fault": fault}
        ) from fault


def _mapping(name: str, read: dict[str, Any]) -> Mapping:
    columns, receipt = read["columns"], read.get("receipt_only", {})
    return Mapping(
        name=name,
        columns={ours: columns[ours] for ours in KNOWN if ours in NEEDED or ours in columns},
        number_prefix=read["number_prefix"],
        time_zone=ZoneInfo(read["time_zone"]),
        categories=dict(read.get("categories", {})),
        receipt_longest=receipt.get("longest", 0),
        receipt_says=tuple(receipt.get("says", ())),
        receipt_empty=re.compile(receipt.get("empty", "")),
        steps={key: read["steps"][key] for key in STEPS},
    )
