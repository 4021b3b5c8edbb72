"""Reads another system's file row by row; a row that cannot be taken is named by row and column."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_noop as _

from gateway.mapping import Mapping
from gateway.refusals import WHOLE_ROW, CellRefused, FileRefused, Refused
from gateway.stages import Stage
from gateway.tables import LOST, Cell, rows_of

LONGEST = 20_000
LONGEST_TOLD = 80
LONGEST_NUMBER = 60
WORDY = ("subject", "words", "reply")


@dataclass(frozen=True)
class Reply:
    """What an office answered, and when."""

    words: str
    at: datetime


@dataclass(frozen=True)
class Message:
    """One matter as another system had it: what was said when, where, and what was answered when."""

    row: int
    number: str
    opened_at: datetime
    words: str
    kinds: tuple[str, ...] = ()
    area: str = ""
    place: str = ""
    unit: str = ""
    stage: Stage = Stage.WAITS
    reply: Reply | None = None
    told: tuple[str, ...] = ()
    mark: str = ""
    again: bool = False


def read(name: str, data: bytes, mapping: Mapping, at: datetime) -> Iterator[Message | Refused]:
    """Every row, as a message or as what is wrong with it; the heading is row 1. Nothing may be later than `at`.

    The same number twice is the same matter: said again it is marked so, with other words it is refused.
    """
    rows = rows_of(name, data, mapping.sheet)
    heading = [str(cell).strip() for cell in next(rows, (1, []))[1]]
    _check_heading(name, heading, mapping)
    seen: dict[str, tuple[int, str]] = {}
    for number, cells in rows:
        try:
            yield _first_or_again(_message(number, _named(heading, cells, mapping), mapping, at), seen)
        except CellRefused as refused:
            column = mapping.columns.get(refused.column, refused.column)
            yield Refused(number, column, refused.says, refused.params)


def _check_heading(name: str, heading: list[str], mapping: Mapping) -> None:
    missing = [column for column in mapping.wanted_columns() if column not in heading]
    if missing:
        raise FileRefused(
            _("%(file)s has no column %(columns)s. Choose the mapping that fits this file."),
            file=name,
            columns=", ".join(missing),
        )


def _named(heading: list[str], cells: list[Cell], mapping: Mapping) -> dict[str, str]:
    """The cells that the mapping reads, by the file's names of their columns."""
    if any(cells[len(heading) :]):
        raise CellRefused(WHOLE_ROW, _("the row has more cells than the heading"))
    found = dict(zip(heading, cells, strict=False))
    return {column: _text(column, found.get(column, ""), mapping) for column in mapping.wanted_columns()}


def _text(column: str, cell: Cell, mapping: Mapping) -> str:
    if isinstance(cell, list):
        raise CellRefused(column, LOST[cell[0]])
    text = cell.strip()
    if "\x00" in text:
        raise CellRefused(column, _("holds a sign that cannot be stored"))
    return "" if text in mapping.nothing else text


def _message(row: int, found: dict[str, str], mapping: Mapping, at: datetime) -> Message:
    cell = {ours: found[theirs] for ours, theirs in mapping.columns.items()}
    _check_lengths(cell, mapping)
    _check_told(found, mapping)
    opened_at = _moment(cell, "opened_at", mapping, at)
    told = tuple(says for told in mapping.told if (says := told.of(found.get(told.column, ""))))
    return Message(
        row=row,
        number=mapping.number_prefix + cell["number"],
        opened_at=opened_at,
        words="\n".join(part for part in (cell.get("subject", ""), cell.get("words", "")) if part),
        kinds=tuple(cell[name] for name in ("label", "finer_label", "finest_label") if cell.get(name)),
        area=_area(cell, mapping),
        place=" ".join(cell[name] for name in ("street", "community") if cell.get(name)),
        unit=cell.get("unit", ""),
        stage=_stage(cell, mapping),
        reply=_reply(cell, opened_at, mapping, at),
        told=told,
        mark=hashlib.sha256("\x1f".join(found.values()).encode()).hexdigest()[:16],
    )


def _check_lengths(cell: dict[str, str], mapping: Mapping) -> None:
    for column in ("number", "words" if mapping.says_messages else "label"):
        if not cell[column]:
            raise CellRefused(column, _("is empty"))
    for column, value in cell.items():
        longest = LONGEST if column in WORDY else LONGEST_TOLD
        if column == "number":
            longest = LONGEST_NUMBER - len(mapping.number_prefix)
        if len(value) > longest:
            raise CellRefused(column, _("longer than %(longest)s characters"), longest=longest)


def _check_told(found: dict[str, str], mapping: Mapping) -> None:
    for told in mapping.told:
        if len(found.get(told.column, "")) > LONGEST_TOLD:
            raise CellRefused(told.column, _("longer than %(longest)s characters"), longest=LONGEST_TOLD)


def _area(cell: dict[str, str], mapping: Mapping) -> str:
    """The code of the smallest area that the mapping names for this row; nothing where the row names none."""
    codes = [codes.get(cell[column], "") for column, codes in mapping.areas.items() if cell.get(column)]
    if codes and not any(codes):
        raise CellRefused(next(iter(mapping.areas)), _("the mapping names no area of ours for it"))
    return max(codes, key=len, default="")


def _stage(cell: dict[str, str], mapping: Mapping) -> Stage:
    if "stage" not in cell:
        return Stage.WAITS
    if cell["stage"] not in mapping.stages:
        raise CellRefused("stage", _("the mapping does not know this state"))
    return mapping.stages[cell["stage"]]


def _reply(cell: dict[str, str], opened_at: datetime, mapping: Mapping, at: datetime) -> Reply | None:
    words = cell.get("reply", "")
    if not words:
        return None
    replied_at = _moment(cell, "replied_at", mapping, at)
    if replied_at < opened_at:
        raise CellRefused("replied_at", _("the reply came before the message"))
    return Reply(words, replied_at)


def _moment(cell: dict[str, str], column: str, mapping: Mapping, at: datetime) -> datetime:
    text = cell.get(column, "")
    if not text:
        raise CellRefused(column, _("is empty"))
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=mapping.time_zone)
        late = moment > at
    except (ValueError, OverflowError):
        raise CellRefused(column, _("is not a time like 2019-11-22T09:30")) from None
    if late:
        raise CellRefused(column, _("lies in the future"))
    return moment


def _first_or_again(message: Message, seen: dict[str, tuple[int, str]]) -> Message:
    row, mark = seen.setdefault(message.number, (message.row, message.mark))
    if row == message.row:
        return message
    if mark != message.mark:
        raise CellRefused("number", _("row %(row)s has this number with other words"), row=row)
    return replace(message, again=True)
