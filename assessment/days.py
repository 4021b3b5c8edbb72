"""The three figures counted by local day, street and unit: appended with each mark, summed by the sweep."""

from collections.abc import Iterable

from django.db import connection

from assessment.models import Mark, MarkDay
from cases.days import street_of

FIGURES = ("responded", "solved", "satisfied")
COUNTS = ("number", *(f"{figure}_{word}" for figure in FIGURES for word in ("yes", "no")))

_COUNTED = ", ".join(
    ["count(*)"] + [f"count(*) FILTER (WHERE {value} m.{figure})" for figure in FIGURES for value in ("", "NOT")]
)
# What the day rows must sum up to, counted from the marks; narrowed by a condition on `m`.
EXPECTED = f"""
SELECT m.closed_on AS day, left(c.place_code, 9) AS street_code, m.unit_id, {_COUNTED}
  FROM assessment_mark m JOIN cases_case c ON c.id = m.case_id WHERE {{only}} GROUP BY 1, 2, 3"""
ADD = f"""
INSERT INTO assessment_markday (day, street_code, unit_id, {", ".join(COUNTS)}, folded)
SELECT e.*, false FROM ({EXPECTED}) e"""
_SUMS = ", ".join(f"sum({name})" for name in COUNTS)
# Of two that fold at once, each takes what the other has not.
FOLD = f"""
WITH loose AS (
    DELETE FROM assessment_markday WHERE id IN (
        SELECT id FROM assessment_markday WHERE NOT folded ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED)
    RETURNING *),
summed AS (
    INSERT INTO assessment_markday (day, street_code, unit_id, {", ".join(COUNTS)}, folded)
    SELECT day, street_code, unit_id, {_SUMS}, true FROM loose GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT (day, street_code, unit_id) WHERE folded
    DO UPDATE SET {", ".join(f"{name} = assessment_markday.{name} + excluded.{name}" for name in COUNTS)} RETURNING 1)
SELECT count(*) FROM loose"""
AT_ONCE = 5_000


def days_of(marks: Iterable[Mark]) -> list[MarkDay]:
    """The row that each of these marks adds; its case must be there."""
    return [_row(mark) for mark in marks]


def _row(mark: Mark) -> MarkDay:
    counts = {
        f"{figure}_{word}": int(getattr(mark, figure) is value)
        for figure in FIGURES
        for word, value in (("yes", True), ("no", False))
    }
    street = street_of(mark.case.place_code)
    return MarkDay(day=mark.closed_on, street_code=street, unit_id=mark.unit_id, number=1, **counts)


def add_copied(case_ids: Iterable[int]) -> None:
    """The day rows of marks of cases that were copied as rows."""
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(only="m.case_id = ANY(%(ids)s)"), {"ids": list(case_ids)})


def fold() -> int:
    """Sum up what was appended since; returns how many rows went into it. Safe to run twice, and at once."""
    with connection.cursor() as cursor:
        cursor.execute(FOLD, [AT_ONCE])
        return int(cursor.fetchone()[0])
