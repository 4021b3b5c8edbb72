"""The three figures counted by local day, street and unit: appended with each mark, summed by the sweep."""

from collections.abc import Iterable

from django.db import connection

from assessment.models import Mark, MarkDay
from audit import folding
from cases.days import street_of

KEYS = ("day", "street_code", "unit_id")
FIGURES = ("responded", "solved", "satisfied")
COUNTS = ("number", *(f"{figure}_{word}" for figure in FIGURES for word in ("yes", "no")))

# An event is marked once, but each of those who reported it counts with their own satisfaction.
_SAID = "(m.evidence -> 'satisfied' -> 'params' ->> '{}')::int"
_CONTENT, _ASKED = _SAID.format("content"), _SAID.format("asked")
_SATISFIED = (
    f"coalesce(sum(coalesce({_CONTENT}, m.satisfied::int)) FILTER (WHERE m.satisfied IS NOT NULL), 0)",
    f"coalesce(sum(coalesce({_ASKED} - {_CONTENT}, (NOT m.satisfied)::int)) FILTER (WHERE m.satisfied IS NOT NULL), 0)",
)
_COUNTED = ", ".join([
    "count(*)",
    *(f"count(*) FILTER (WHERE {value} m.{figure})" for figure in ("responded", "solved") for value in ("", "NOT")),
    *_SATISFIED,
])  # fmt: skip
# What the day rows must sum up to, counted from the marks; narrowed by a condition on `m`.
EXPECTED = f"""
SELECT m.closed_on AS day, left(c.place_code, 9) AS street_code, m.unit_id, {_COUNTED}
  FROM assessment_mark m JOIN cases_case c ON c.id = m.case_id WHERE {{only}} GROUP BY 1, 2, 3"""
ADD = f"""
INSERT INTO assessment_markday (day, street_code, unit_id, {", ".join(COUNTS)}, folded)
SELECT e.*, false FROM ({EXPECTED}) e"""


def days_of(marks: Iterable[Mark]) -> list[MarkDay]:
    """The row that each of these marks adds; its case must be there."""
    return [_row(mark) for mark in marks]


def _row(mark: Mark) -> MarkDay:
    counts = {
        f"{figure}_{word}": int(getattr(mark, figure) is value)
        for figure in FIGURES
        for word, value in (("yes", True), ("no", False))
    }
    several = mark.evidence["satisfied"]["params"]
    if mark.satisfied is not None and "asked" in several:
        counts |= {"satisfied_yes": several["content"], "satisfied_no": several["asked"] - several["content"]}
    street = street_of(mark.case.place_code)
    return MarkDay(day=mark.closed_on, street_code=street, unit_id=mark.unit_id, number=1, **counts)


def add_copied(case_ids: Iterable[int]) -> None:
    """The day rows of marks of cases that were copied as rows."""
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(only="m.case_id = ANY(%(ids)s)"), {"ids": list(case_ids)})


def fold() -> int:
    """Sum up what was appended since; returns how many rows went into it."""
    return folding.fold(MarkDay, KEYS, COUNTS)
