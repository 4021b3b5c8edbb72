"""Goes through another system's file in batches: each row is taken in, or named with what is wrong with it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext_noop as _

from audit import clock
from gateway.actions.taking import Importer, take_in
from gateway.reading import Message, read
from gateway.refusals import WHOLE_ROW, CellRefused, Refused
from gateway.stages import Stage

THERE = "there"
BATCH = 100
Row = Message | Refused
Outcome = str | Refused


def batches(name: str, data: bytes, importer: Importer, *, skip: int = 0) -> Iterator[Sequence[Row]]:
    """The rows of a file after the first ones, some at a time; raises FileRefused."""
    rows = islice(read(name, data, importer.mapping, clock.now()), skip, None)
    while batch := list(islice(rows, BATCH)):
        yield batch


def unanswered(batch: Sequence[Row]) -> list[Row]:
    """The same rows as if nobody had done anything about them yet."""
    return [replace(row, reply=None, stage=Stage.WAITS) if isinstance(row, Message) else row for row in batch]


@transaction.atomic
def take_batch(batch: Sequence[Row], importer: Importer, *, at: datetime, keep: bool = True) -> list[Outcome]:
    """For each row the state in which its case stands, or that it was there, or its fault; tried only, unless kept."""
    importer = importer if keep else Importer(importer.mapping)  # what is taken back must not be remembered
    messages = [row for row in batch if isinstance(row, Message)]
    for message in messages:
        importer.place(message.area)  # before a row can fail: what is made for it must not go with that row
    outcomes = iter(_take(messages, importer, at))
    told = [next(outcomes) if isinstance(row, Message) else row for row in batch]
    if not keep:
        transaction.set_rollback(True)
    return told


def _take(messages: Sequence[Message], importer: Importer, at: datetime) -> list[Outcome]:
    """All together; where one cannot be taken, by halves, until it is found. Nothing of it is saved."""
    if not messages:
        return []
    try:
        return [str(case.state) if case else THERE for case in take_in(messages, importer, at=at)]
    except (CellRefused, ValidationError, DataError, IntegrityError) as refused:
        if len(messages) == 1:
            return [_refused(messages[0], refused, importer)]
    half = len(messages) // 2
    return [*_take(messages[:half], importer, at), *_take(messages[half:], importer, at)]


def _refused(message: Message, refused: Exception, importer: Importer) -> Refused:
    if isinstance(refused, CellRefused):
        column = importer.mapping.columns.get(refused.column, refused.column)
        return Refused(message.row, column, refused.says, refused.params)
    if isinstance(refused, ValidationError):
        return Refused(message.row, WHOLE_ROW, " ".join(refused.messages))
    fault = {"fault": type(refused).__name__}
    return Refused(message.row, WHOLE_ROW, _("the database refuses it (%(fault)s)"), fault)
