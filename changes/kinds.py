"""What the owner of a kind of change supplies, and where it is found: `settings.CHANGE_KINDS` names a module for each.

To let one more thing go by reviewed change, write a module with what `Kind` asks for and name it in the settings. Its
draft form, difference, page, steps and API follow from that.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import import_module
from typing import Any, Protocol, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import Promise

from people.models import User

Words = str | Promise
Row = dict[str, Any]
Rows = dict[str, list[Row]]  # the rows of each table of a subject, as JSON


class ChangeRefused(ValidationError):
    """Nothing is changed: the message says why and what to do, the code says which rule."""

    def __init__(self, message: str, code: str, params: dict[str, Any] | None = None) -> None:
        super().__init__(message, code=code, params=params)

    @property
    def sentence(self) -> str:
        return str(self.messages[0])


class Holder(Protocol):
    """A person with what they hold at a moment; the app above brings it (`grids.standing.Standing`)."""

    @property
    def user(self) -> User: ...
    @property
    def user_id(self) -> int: ...
    @property
    def roles(self) -> frozenset[str]: ...


@dataclass(frozen=True)
class Who:
    """People who draft or decide: in words, by role, and where a role is not enough by a question about the subject.

    `hands` names, of a change, whoever wrote at it beside its author: they do not decide it either.
    """

    label: Words
    roles: tuple[str, ...]
    test: Callable[[Any, str], bool] | None = None
    hands: Callable[[Any], Collection[int]] | None = None

    def allows(self, by: Holder, subject: str) -> bool:
        return self.test(by, subject) if self.test else bool(by.roles.intersection(self.roles))


@dataclass(frozen=True)
class Column:
    """A cell of a table. `sort` is kept (stays with its row, unseen), fixed (shown, never typed), choice, whole, day,
    time or text; a whole number is `least` or more."""

    name: str
    label: Words
    sort: str
    choices: Sequence[tuple[Any, Words]] = ()
    longest: int = 40
    optional: bool = False
    least: int = 1

    @property
    def is_typed(self) -> bool:
        return self.sort not in ("kept", "fixed")

    def shown(self, value: object) -> str:
        """The value as a reader sees it; "" for nothing."""
        named = dict(self.choices)
        return str(named.get(value, "" if value is None else value))


@dataclass(frozen=True)
class Table:
    """Rows that a draft edits. `key` names the columns by which a row is the same row before and after."""

    name: str
    label: Words
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    spare: int = 0  # empty rows offered beside those that stand; 0: rows are neither added nor taken out
    titled: tuple[str, ...] = ()  # the columns that name a row in the draft form; else it is named by its number


@dataclass(frozen=True)
class Moved:
    """A deadline that the change would move: of which subject, what is owed, from when to when."""

    kind: str
    id: int
    phase: str
    source: datetime
    target: datetime


@dataclass(frozen=True)
class Touched:
    """What the change would do to the work of one unit: what, to how many, and the first subjects behind the figure."""

    what: Words
    unit: str
    count: int
    behind: list[tuple[str, int]]  # kind and id


@dataclass(frozen=True)
class Impact:
    """What a change does: sentences, for each phase how many clocks run, are put off and come sooner, and the first."""

    lines: list[str] = field(default_factory=list)
    counts: list[tuple[str, int, int, int]] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    named: list[tuple[str, str]] = field(default_factory=list)  # what is told, and names as the district writes them
    touched: list[Touched] = field(default_factory=list)


class Kind(Protocol):
    """What a module named in `settings.CHANGE_KINDS` holds."""

    NAME: Words
    TONGUE: str  # the language of what subjects are called, where it is not the reader's: "zh-Hans", or ""
    WHY: Words  # why these draft and those decide
    DRAFTS: Who
    DECIDES: Who
    AT_ONCE: bool  # whether it may be in force on the day it is decided
    ASKS: Mapping[str, Words]  # what the second person decides beside yes or no, each a tick
    MODELS: tuple[str, ...]  # the tables that nothing but an applied change writes, once they are loaded

    def subjects(self, by: Holder, at: datetime) -> list[tuple[str, str]]:
        """What may be changed by this person: keys with names."""

    def label(self, subject: str) -> str:
        """The subject by name. Raises ChangeRefused (unknown_subject)."""

    def tables(self, subject: str) -> tuple[Table, ...]:
        """The tables that a draft for this subject edits."""

    def read(self, subject: str, at: datetime) -> Rows:
        """What the tables say on this day."""

    def check(self, subject: str, before: Rows, after: Rows, day: date, at: datetime) -> None:
        """Raises ChangeRefused for rows that may not stand from this day on."""

    def impact(self, subject: str, before: Rows, after: Rows, day: date, at: datetime) -> Impact:
        """What would come of it; reads only."""

    def apply(self, change: Any, at: datetime) -> None:
        """Make `change.after` hold from `change.in_force_from` on. Called once, in a transaction."""


def kind_of(name: str) -> Kind:
    return cast(Kind, import_module(settings.CHANGE_KINDS[name]))


def kinds() -> dict[str, Kind]:
    return {name: kind_of(name) for name in settings.CHANGE_KINDS}
