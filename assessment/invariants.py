"""What must always hold of marks: each follows from its closing step, and each closing has its marks."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from assessment.days import COUNTS, EXPECTED
from assessment.measures import marks_from, rows_of
from assessment.models import Mark
from audit.asking import Question, broken
from cases.models import Case, Step

BATCH = 1000
SAYS = ("summons_id", "responded", "solved", "satisfied", "evidence", "closed_on")

NOT_A_CLOSING = Question(
    _("Mark %(id)s rests on step %(seq)s of case %(number)s, which did not close it."),
    """
SELECT m.id, s.seq, c.number FROM assessment_mark m JOIN cases_step s ON s.id = m.step_id
  JOIN cases_case c ON c.id = m.case_id WHERE s.verb <> 'close' OR s.case_id <> m.case_id""",
)
DAYS_APART = Question(
    _("On %(day)s, the day rows of unit %(unit)s for %(street)s say otherwise than its marks."),
    f"""
SELECT day, unit_id AS unit, street_code AS street
  FROM (SELECT day, street_code, unit_id, {", ".join(COUNTS)} FROM assessment_markday
        UNION ALL SELECT day, street_code, unit_id, {", ".join(f"-e.{name}" for name in COUNTS)}
          FROM ({EXPECTED.format(only="true")}) AS e(day, street_code, unit_id, {", ".join(COUNTS)})) b
 GROUP BY day, street_code, unit_id 
 HAVING {" OR ".join(f"sum({name}) <> 0" for name in COUNTS)}""",
)
MISSING = _("Case %(number)s was closed, but unit %(unit)s has no mark (%(part)s) for it.")
TOO_MANY = _("Unit %(unit)s has a mark (%(part)s) for case %(number)s that does not follow from its rows.")
DIFFERENT = _("The mark (%(part)s) of unit %(unit)s for case %(number)s says something else than its rows.")
# A closing step that still waits in the outbox has no marks yet.
CLOSINGS = """
SELECT s.* FROM cases_step s LEFT JOIN outbox_message o ON o.dedupe_key = 'step:' || s.id
 WHERE s.verb = 'close' AND s.id > %s AND coalesce(o.fate, '') <> 'waiting' ORDER BY s.id LIMIT %s"""


def faults(at: datetime) -> Iterator[str]:
    yield from broken([NOT_A_CLOSING, DAYS_APART])
    last = 0
    while steps := list(Step.objects.raw(CLOSINGS, [last, BATCH])):
        yield from _differing(steps)
        last = steps[-1].pk


def _differing(steps: Sequence[Step]) -> Iterator[str]:
    """Marks made anew from the same rows, against those that are there."""
    cases = Case.objects.in_bulk({step.case_id for step in steps})
    for step in steps:
        step.case = cases[step.case_id]
    rows = rows_of(steps)
    there = {_key(mark): _says(mark) for mark in Mark.objects.filter(step__in=[step.pk for step in steps])}
    made = {_key(mark): _says(mark) for step in steps for mark in marks_from(step, rows[step.pk])}
    numbers = {step.pk: step.case.number for step in steps}
    for key in sorted(made.keys() | there.keys()):
        if made.get(key) != there.get(key):
            words = MISSING if key not in there else TOO_MANY if key not in made else DIFFERENT
            yield words % {"number": numbers[key[0]], "unit": key[1], "part": key[2]}


def _key(mark: Mark) -> tuple[int, int, str]:
    return mark.step_id, mark.unit_id, str(mark.part)


def _says(mark: Mark) -> list[Any]:
    return [getattr(mark, name) for name in SAYS]
