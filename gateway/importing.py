"""Goes through another system's file: every row is taken in by itself, or named with what is wrong with it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError
from django.utils.translation import gettext as _

from audit import clock
from gateway.actions import importer, take_in
from gateway.mapping import Mapping
from gateway.reading import CellRefused, Message, read
from grids.standing import Standing
from people.rows import Fault

THERE = "there"
WHOLE_ROW = "-"


def import_rows(file: Path, mapping: Mapping, *, ignore_replies: bool = False) -> Iterator[str | Fault]:
    """For each row the state in which its case stands, or that it was there, or its fault. Moments are the clock's."""
    by = importer()
    for row in read(file, mapping, clock.now()):
        if isinstance(row, Message):
            message = replace(row, reply=None) if ignore_replies else row
            yield _import_row(file, message, mapping, by, clock.now())
        else:
            yield row


def _import_row(file: Path, message: Message, mapping: Mapping, by: Standing, at: datetime) -> str | Fault:
    """Nothing of a refused row is saved."""
    try:
        case = take_in(message, mapping, by=by, at=at)
    except CellRefused as refused:
        column, why = mapping.columns.get(refused.column, refused.column), str(refused)
    except ValidationError as refused:
        column, why = WHOLE_ROW, " ".join(refused.messages)
    except (DataError, IntegrityError) as refused:
        column, why = WHOLE_ROW, _("the database refuses it (%(fault)s)") % {"fault": type(refused).__name__}
    else:
        return str(case.state) if case else THERE
    return Fault(file.name, message.row, column, why)
