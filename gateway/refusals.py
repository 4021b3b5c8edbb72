"""How a file, a row or a cell is refused: a sentence for people, kept as its key so that each reads their language."""

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as in_words

WHOLE_ROW = "-"


class FileRefused(Exception):
    """The file as a whole cannot be read: the sentence says why."""

    def __init__(self, says: str, **params: Any) -> None:
        super().__init__(says)
        self.says, self.params = says, params

    def __str__(self) -> str:
        return said(self.says, self.params)


class CellRefused(ValueError):
    """One cell cannot be taken. What stood in it is not repeated: it may be a person's."""

    def __init__(self, column: str, says: str, **params: Any) -> None:
        super().__init__(says)
        self.column, self.says, self.params = column, says, params


@dataclass(frozen=True)
class Refused:
    """One row that is left out: where, and why."""

    row: int
    column: str
    says: str
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def why(self) -> str:
        return said(self.says, self.params)


def said(says: str, params: dict[str, Any]) -> str:
    return in_words(says) % params if params else in_words(says)
