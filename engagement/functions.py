"""The functions part by part, and what a version of them changed of the one before it, row by row."""

from collections.abc import Iterable

from accountability.catalogue import rows_of
from accountability.models import Function, FunctionList
from cases.changing.functions import NEW, ROWS, tables
from changes.difference import Line, difference


def by_part(rows: Iterable[Function]) -> dict[str, list[Function]]:
    """In the order in which the parts first come; the codes of one need not lie together."""
    parts: dict[str, list[Function]] = {}
    for one in rows:
        parts.setdefault(one.area, []).append(one)
    return parts


def changed_by(version: FunctionList, before: FunctionList) -> list[Line]:
    return difference(tables(NEW), {ROWS: rows_of(before)}, {ROWS: rows_of(version)})
