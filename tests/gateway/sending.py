"""Hands a file over as the page does: its pieces in order, then the word to try it."""

import csv
import io

from audit import clock
from files.models import PIECE_BYTES
from gateway import actions
from gateway.models import Import
from people.models import User
from tests.gateway.conftest import HEADING, WAITS


def table(*rows: list[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([HEADING, *rows])
    return out.getvalue().encode()


def waiting(count: int, first: int = 1) -> list[list[str]]:
    """So many messages that nobody has answered."""
    return [[str(number), *WAITS[1:]] for number in range(first, first + count)]


def sent(data: bytes, by: User, name: str = "messages.csv") -> Import:
    one = actions.begin(size=len(data), name=name, by=by, at=clock.now())
    for offset in range(0, len(data), PIECE_BYTES):
        piece = data[offset : offset + PIECE_BYTES]
        one = actions.add_piece(one.pk, by=by, offset=offset, data=piece, at=clock.now())
    return one


def asked(data: bytes, by: User, mapping: str = "taidi") -> Import:
    return actions.check(sent(data, by).pk, mapping=mapping, by=by, at=clock.now())


def tried(data: bytes, by: User) -> Import:
    one = asked(data, by)
    actions.work(one.pk)
    return Import.objects.get(pk=one.pk)


def taken(data: bytes, by: User) -> Import:
    one = tried(data, by)
    actions.take(one.pk, by=by, at=clock.now())
    actions.work(one.pk)
    return Import.objects.get(pk=one.pk)
