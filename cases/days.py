"""Which day rows follow from the steps of an action, and the same counted anew from the cases themselves."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from audit import folding
from cases.models import Answer, Case, CaseDay, State, Step, Verb
from cases.models.day import Happening
from cases.reopening import AGAIN

STREET_CODE = 9
KEYS = ("day", "what", "street_code", "category_id", "unit_id")

# What the day rows must sum up to, counted from the cases; narrowed by a condition on `c`.
EXPECTED = """
SELECT (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date AS day, 'opened' AS what, left(c.place_code, 9) AS street_code,
       c.category_id, NULL::bigint AS unit_id FROM cases_case c WHERE c.state <> 'withheld' AND {only}
UNION ALL
SELECT (s.at AT TIME ZONE 'Asia/Shanghai')::date, 'turned_down', left(c.place_code, 9), c.category_id, NULL
  FROM cases_case c JOIN cases_step s ON s.case_id = c.id AND s.verb = 'turn_down' WHERE {only}
   AND NOT EXISTS (SELECT FROM cases_step u WHERE u.case_id = c.id AND u.verb = 'undo'
                      AND (u.facts ->> 'undone')::int = s.seq)
UNION ALL
SELECT (s.at AT TIME ZONE 'Asia/Shanghai')::date, 'reopened', left(c.place_code, 9), c.category_id, NULL
  FROM cases_case c JOIN cases_step s ON s.case_id = c.id AND s.verb IN ('reopen', 'come_back')
 WHERE s.summons_id IS NULL AND {only}
UNION ALL
SELECT (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date, 'closed', left(c.place_code, 9), c.category_id, NULL
  FROM cases_case c WHERE c.closed_at IS NOT NULL AND {only}
UNION ALL
SELECT (c.closed_at AT TIME ZONE 'Asia/Shanghai')::date, 'closed', left(c.place_code, 9), c.category_id, m.unit_id
  FROM cases_case c JOIN cases_summons m ON m.case_id = c.id AND m.state <> 'released'
 WHERE c.closed_at IS NOT NULL AND {only}
UNION ALL
SELECT (m.called_at AT TIME ZONE 'Asia/Shanghai')::date, 'called', left(c.place_code, 9), c.category_id, m.unit_id
  FROM cases_case c JOIN cases_summons m ON m.case_id = c.id AND m.state <> 'released' WHERE {only}"""
ADD = """
INSERT INTO cases_caseday (day, what, street_code, category_id, unit_id, number, folded)
SELECT day, what, street_code, category_id, unit_id, count(*), false FROM ({expected}) e GROUP BY 1, 2, 3, 4, 5"""


def street_of(place_code: str) -> str:
    """The code of the street that a place lies in; the district's own where no street is known."""
    return place_code[:STREET_CODE]


def days_of(case: Case, steps: Iterable[Step], before: tuple[str, int]) -> list[CaseDay]:
    """The rows that follow from these steps of a case, which stood at street and category `before` them."""
    after = (street_of(case.place_code), case.category_id)
    made = []
    for step in steps:
        made += _of_step(case, step)
    if before != after and not any(step.verb == Verb.OPEN for step in steps):
        made += [_row(Happening.OPENED, case.opened_at, before, -1), _row(Happening.OPENED, case.opened_at, after)]
    return made


def _of_step(case: Case, step: Step) -> list[CaseDay]:
    key, call = (street_of(case.place_code), case.category_id), step.summons
    if step.verb == Verb.OPEN:
        return [_row(Happening.OPENED, case.opened_at, key)]
    if step.verb == Verb.TURN_DOWN:
        return [_row(Happening.TURNED_DOWN, step.at, key)]
    if step.verb == Verb.UNDO and step.facts["what"] == Verb.TURN_DOWN:
        return [_row(Happening.TURNED_DOWN, datetime.fromisoformat(step.facts["at"]), key, -1)]
    if State.WITHHELD in (step.source, step.target):  # nobody counts what is out of sight
        return [_row(Happening.OPENED, case.opened_at, key, 1 if step.source == State.WITHHELD else -1)]
    if step.verb == Verb.CLOSE:
        return _closed(case, step.at, key)
    if step.verb in AGAIN and call is None:
        undone = _closed(case, datetime.fromisoformat(step.facts["closed_at"]), key, -1)
        return [_row(Happening.REOPENED, step.at, key), *undone]
    if call is not None and step.verb in (Verb.SUMMON, Verb.RELEASE, Verb.EXCUSE):
        return [_row(Happening.CALLED, call.called_at, key, 1 if step.verb == Verb.SUMMON else -1, call.unit_id)]
    return []


def _closed(case: Case, at: datetime, key: tuple[str, int], number: int = 1) -> list[CaseDay]:
    """The case is done, and so is each unit's part in it; what is opened again takes that back from the same day."""
    units = case.summonses.exclude(state=Answer.RELEASED).values_list("unit", flat=True)
    return [_row(Happening.CLOSED, at, key, number, unit) for unit in (None, *units)]


def _row(what: str, at: datetime, key: tuple[str, int], number: int = 1, unit_id: int | None = None) -> CaseDay:
    street, category_id = key
    return CaseDay(
        day=localdate(at, LOCAL), what=what, street_code=street, category_id=category_id, unit_id=unit_id, number=number
    )


def add_copied(case_ids: Sequence[int]) -> None:
    """The day rows of cases that were copied as rows."""
    with connection.cursor() as cursor:
        cursor.execute(ADD.format(expected=EXPECTED.format(only="c.id = ANY(%(ids)s)")), {"ids": list(case_ids)})


def fold() -> int:
    """Sum up what was appended since; returns how many rows went into it."""
    return folding.fold(CaseDay, KEYS, ["number"])
