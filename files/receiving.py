"""Takes any file in pieces, over whatever connection: the next piece is kept, the last one seals the whole."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.keys import box
from files import storing
from files.models import PIECE_BYTES, InPieces


class PieceRefused(Exception):
    """Why a file or a piece of it is not taken: a code for programs and a sentence for people."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


def keep_piece(file: InPieces, *, offset: int, data: bytes) -> bool:
    """Keep the next piece of a locked row; one that came before is only confirmed. True when all of it is there."""
    if offset < file.received:
        return False
    if offset > file.received:
        words = _("A piece before this one is missing. Go on from byte %(byte)s.") % {"byte": file.received}
        raise PieceRefused("gap", words)
    if not data or len(data) > PIECE_BYTES or offset + len(data) > file.size:
        raise PieceRefused("wrong_piece", _("This piece does not fit the file. Choose the file again."))
    storing.put(storing.piece_name(file.pk, offset), data)
    file.received += len(data)
    return file.received == file.size


def seal(file: InPieces, *, at: datetime) -> None:
    """Join the pieces into the sealed original; the caller saves the row."""
    data = b"".join(storing.get(name) for name in storing.pieces_of(file.pk))[: file.size]
    if len(data) != file.size:
        raise PieceRefused("gap", _("Pieces of this file are lost. Choose the file again."))
    storing.put(storing.original_name(file.pk), box().encrypt(data))
    file.sha256 = hashlib.sha256(data).hexdigest()
    file.stored_at = at
    transaction.on_commit(lambda: storing.drop_pieces(file.pk))


def unsealed(file: InPieces) -> bytes:
    """What was sent."""
    return box().decrypt(storing.get(storing.original_name(file.pk)))


def drop(file: InPieces) -> None:
    """Nothing of what was sent stays."""
    storing.drop_pieces(file.pk)
    storing.drop(storing.original_name(file.pk))


def plain(name: str) -> str:
    """The last part of a file's name, without what cannot be shown."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[:255]
