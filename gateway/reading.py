"""Reads another system's file row by row; a row that cannot be taken is named by row and column."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext as _

from gateway.mapping import Mapping
from people.rows import Fault

LONGEST = 20_000
LONGEST_NUMBER = 60
EXTRA = "-"


class FileRefused(Exception):
    """The file as a whole cannot be read: the sentence says why."""


class CellRefused(ValueError):
    """One cell cannot be taken."""

    def __init__(self, column: str, why: str) -> None:
        super().__init__(why)
        self.column = column


@dataclass(frozen=True)
class Reply:
    """What an office answered, and when."""

    words: str
    at: datetime


@dataclass(frozen=True)
class Message:
    """One message as another system had it: what was said when, and what was answered when."""

    row: int
    number: str
    opened_at: datetime
    words: str
    label: str = ""
    reply: Reply | None = None


def read(path: Path, mapping: Mapping, at: datetime) -> Iterator[Message | Fault]:
    """Every row, as a message or as what is wrong with it; the heading is row 1. Nothing may be later than `at`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey=EXTRA, strict=True)
            _check_heading(path, reader.fieldnames or [], mapping)
            for number, raw in enumerate(reader, start=2):
                yield _row(path, number, raw, mapping, at)
    except OSError as fault:
        raise FileRefused(
            _("%(file)s cannot be opened: %(fault)s.") % {"file": path, "fault": fault.strerror}
        ) from fault
    except UnicodeDecodeError as fault:
        raise FileRefused(_("%(file)s is not UTF-8. Save it as UTF-8 and try again.") % {"file": path.name}) from fault
    except csv.Error as fault:
        raise FileRefused(
            _("%(file)s stops being a table at line %(line)s: %(fault)s.")
            % {"file": path.name, "line": reader.line_num + 1, "fault": fault}
        ) from fault


def _check_heading(path: Path, heading: list[str] | tuple[str, ...], mapping: Mapping) -> None:
    missing = [column for column in mapping.columns.values() if column not in heading]
    if missing:
        raise FileRefused(
            _("%(file)s has no column %(columns)s. Choose the mapping that fits this file.")
            % {"file": path.name, "columns": ", ".join(missing)}
        )


def _row(path: Path, number: int, raw: dict[str, str | None], mapping: Mapping, at: datetime) -> Message | Fault:
    try:
        return _message(number, raw, mapping, at)
    except CellRefused as refused:
        return Fault(path.name, number, mapping.columns.get(refused.column, refused.column), str(refused))


def _message(row: int, raw: dict[str, str | None], mapping: Mapping, at: datetime) -> Message:
    if EXTRA in raw:
        raise CellRefused(EXTRA, _("the row has more cells than the heading"))
    cell = {ours: (raw[theirs] or "").strip() for ours, theirs in mapping.columns.items()}
    for ours, value in cell.items():
        _check_text(ours, value)
    opened_at = _moment(cell, "opened_at", mapping, at)
    words = "\n".join(part for part in (cell.get("subject", ""), cell["words"]) if part)
    reply = _reply(cell, opened_at, mapping, at)
    return Message(row, _number(cell, mapping), opened_at, words, cell.get("label", ""), reply)


def _reply(cell: dict[str, str], opened_at: datetime, mapping: Mapping, at: datetime) -> Reply | None:
    words = cell.get("reply", "")
    if not words:
        return None
    replied_at = _moment(cell, "replied_at", mapping, at)
    if replied_at < opened_at:
        raise CellRefused("replied_at", _("the reply came before the message"))
    return Reply(words, replied_at)


def _check_text(column: str, value: str) -> None:
    if column in ("number", "words") and not value:
        raise CellRefused(column, _("is empty"))
    if len(value) > LONGEST:
        raise CellRefused(column, _("longer than %(longest)s characters") % {"longest": LONGEST})
    if "\x00" in value:
        raise CellRefused(column, _("holds a sign that cannot be stored"))


def _number(cell: dict[str, str], mapping: Mapping) -> str:
    number = mapping.number_prefix + cell["number"]
    if len(number) > LONGEST_NUMBER:
        raise CellRefused("number", _("longer than %(longest)s characters") % {"longest": LONGEST_NUMBER})
    return number


def _moment(cell: dict[str, str], column: str, mapping: Mapping, at: datetime) -> datetime:
    text = cell.get(column, "")
    if not text:
        raise CellRefused(column, _("is empty"))
    try:
        moment = datetime.fromisoformat(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=mapping.time_zone)
        late = moment > at
    except (ValueError, OverflowError):
        raise CellRefused(column, _("“%(value)s” is not a time like 2019-11-22T09:30") % {"value": text[:40]}) from None
    if late:
        raise CellRefused(column, _("lies in the future"))
    return moment
