"""How the columns of another system's file become reports and cases: read from gateway/mappings, data and not code."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gateway.stages import Stage

FOLDER = Path(__file__).parent / "mappings"
NEEDED = ("number", "opened_at")
KNOWN = (
    *NEEDED, "words", "subject", "label", "finer_label", "finest_label", "street", "community", "unit", "stage",
    "reply", "replied_at",
)  # fmt: skip
STEPS = ("accepted", "handled", "replied", "contact", "before_the_list")


class MappingRefused(Exception):
    """There is no such mapping, or it is not whole: the sentence says what to do."""


@dataclass(frozen=True)
class Told:
    """What the opening step says beside the words: always, or of a column as it stands, or where it holds a value."""

    says: str
    column: str = ""
    when: str | None = None

    def of(self, value: str) -> str:
        if self.column and (not value or self.when not in (None, value)):
            return ""
        return self.says.replace("{}", value)


@dataclass(frozen=True)
class Mapping:
    """Our name of a column → the file's name, and what the file's words mean."""

    name: str
    title: str
    title_en: str
    columns: dict[str, str]
    number_prefix: str
    time_zone: ZoneInfo
    sheet: str = ""
    says_messages: bool = True
    nothing: tuple[str, ...] = ()
    categories: dict[str, str] = field(default_factory=dict)
    areas: dict[str, dict[str, str]] = field(default_factory=dict)
    stages: dict[str, Stage] = field(default_factory=dict)
    told: tuple[Told, ...] = ()
    receipt_longest: int = 0
    receipt_says: tuple[str, ...] = ()
    receipt_empty: re.Pattern[str] = re.compile("")
    steps: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title

    def answers(self, reply: str) -> bool:
        """Whether a reply says more than that the message came in or went on to others."""
        if self.receipt_empty.fullmatch(reply):
            return False
        return len(reply) > self.receipt_longest or not any(word in reply for word in self.receipt_says)

    def wanted_columns(self) -> list[str]:
        """Every column of the file that this mapping reads."""
        return list(dict.fromkeys([*self.columns.values(), *(told.column for told in self.told if told.column)]))

    def area_codes(self) -> set[str]:
        return {code for codes in self.areas.values() for code in codes.values()}


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
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as fault:
        raise MappingRefused(
            _("The mapping “%(name)s” is not whole: %(fault)s.") % {"name": name, "fault": fault}
        ) from fault


def _mapping(name: str, read: dict[str, Any]) -> Mapping:
    columns, receipt = read["columns"], read.get("receipt_only", {})
    messages = read.get("rows", "messages") == "messages"
    needed = (*NEEDED, "words" if messages else "label")
    return Mapping(
        name=name,
        title=read["title"],
        title_en=read["title_en"],
        columns={ours: columns[ours] for ours in KNOWN if ours in needed or ours in columns},
        number_prefix=read["number_prefix"],
        time_zone=ZoneInfo(read["time_zone"]),
        sheet=read.get("sheet", ""),
        says_messages=messages,
        nothing=tuple(read.get("nothing", ())),
        categories=dict(read.get("categories", {})),
        areas={column: dict(codes) for column, codes in read.get("areas", {}).items()},
        stages={says: Stage(stage) for says, stage in read.get("stages", {}).items()},
        told=tuple(Told(**told) for told in read.get("told", ())),
        receipt_longest=receipt.get("longest", 0),
        receipt_says=tuple(receipt.get("says", ())),
        receipt_empty=re.compile(receipt.get("empty", "")),
        steps={key: read["steps"][key] for key in STEPS},
    )
