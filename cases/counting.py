"""How many open cases there are, grouped in one pass: by street, category and item, and by the unit called."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models.functions import Substr

from cases.days import STREET_CODE
from cases.filters import JUST, days_ahead
from cases.querysets import CaseQuerySet
from cases.remembered import remembered

# The last column is the moment from which on the numbers before it are others.
_NEXT = "min(due) FILTER (WHERE due >= %s)"
_NUMBERS = f"count(*), count(*) FILTER (WHERE due >= %s AND due < %s), count(*) FILTER (WHERE due < %s), {_NEXT}"
_GROUPED = """
SELECT GROUPING(street, category, item), coalesce(street, category::text, item::text), {numbers}
  FROM (SELECT street, category_id AS category, item_id AS item, {due} AS due FROM ({cases}) v) c
 GROUP BY GROUPING SETS ((), (street), (category), (item))"""
# A unit is charged with its own clocks only.
_BY_UNIT = """
SELECT unit_id, {numbers} FROM (
    SELECT m.unit_id, k.due FROM ({cases}) v JOIN cases_summons m ON m.case_id = v.id AND m.state <> 'released'
      LEFT JOIN (SELECT subject_id, min(due_at) AS due FROM accountability_clock
                  WHERE stopped_at IS NULL AND subject_kind = 'summons' GROUP BY 1) k ON k.subject_id = m.id) c
 GROUP BY unit_id"""
_BY_PLACE = f"""
SELECT place_code, count(*) FILTER (WHERE due < %s), count(*) FILTER (WHERE due >= %s AND due < %s),
       count(*) FILTER (WHERE due >= %s AND due < %s), count(*) FILTER (WHERE due >= %s OR due IS NULL),
       {_NEXT}
  FROM (SELECT place_code, due_at AS due FROM ({{cases}}) v) c GROUP BY place_code"""
_WHISTLED = """
SELECT count(DISTINCT w.case_id), min(w.blown_at) + %s
  FROM cases_whistle w WHERE w.blown_at > %s AND w.case_id IN ({cases})"""
_BY_STATE = f"""
SELECT state, CASE WHEN due < %s THEN 'over' WHEN due < %s THEN 'today' WHEN due < %s THEN 'tomorrow' ELSE 'later' END,
       count(*), {_NEXT}
  FROM (SELECT state, falls_due AS due FROM ({{cases}}) v) c GROUP BY 1, 2"""
CAPPED = "SELECT %s, '', count(*), NULL::timestamptz FROM ({cases}) one"
_NAMES = {7: "all", 3: "street", 5: "category", 6: "item"}


@dataclass(frozen=True)
class Count:
    """So many open cases, so many of them due later today, so many overdue."""

    open: int = 0
    today: int = 0
    over: int = 0


@dataclass(frozen=True)
class Counts:
    """Open cases counted together, and by each thing that they are grouped by: its code or key, as text."""

    all: Count
    street: dict[str, Count]
    category: dict[str, Count]
    item: dict[str, Count]


def counts_of(cases: CaseQuerySet, at: datetime, due: str = "due_at") -> Counts:
    """One pass over these cases, which must be open; `due` names the column that says when each is due."""
    rows = cases.order_by().values("category_id", "item_id", due, street=Substr("place_code", 1, STREET_CODE))
    groups: dict[str, dict[str, Count]] = defaultdict(dict)
    for grouping, key, *numbers in _asked(_GROUPED, rows, at, due):
        groups[_NAMES[grouping]][key or ""] = Count(*numbers)
    return Counts(groups["all"].get("", Count()), groups["street"], groups["category"], groups["item"])


def counts_by_unit(cases: CaseQuerySet, at: datetime) -> dict[int, Count]:
    """Of these open cases, how many each unit is called to, and how many of those it owes something by now or today."""
    rows = cases.order_by().values("id")
    return {unit: Count(*numbers) for unit, *numbers in _asked(_BY_UNIT, rows, at)}


def counts_by_place(cases: CaseQuerySet, at: datetime) -> dict[str, tuple[int, ...]]:
    """Of these open cases, how many stand at each place, by the groups of time left (cases.filters.DUE)."""
    inner, params = cases.order_by().values("place_code", "due_at").query.sql_with_params()
    tomorrow, after = days_ahead(at, 1), days_ahead(at, 2)
    moments = [at, at, tomorrow, tomorrow, after, after, at]
    rows = _counted(_BY_PLACE.format(cases=inner), [*moments, *params], at, params)
    return {place: tuple(numbers) for place, *numbers in rows}


def just_whistled(cases: CaseQuerySet, at: datetime) -> int:
    """For how many of these cases a whistle was blown just now."""
    inner, params = cases.order_by().values("id").query.sql_with_params()
    rows = _counted(_WHISTLED.format(cases=inner), [JUST, at - JUST, *params], at, params)
    return int(rows[0][0])


def counts_by_state(
    opened: Iterable[CaseQuerySet], ended: Iterable[tuple[str, tuple[Any, ...]]], at: datetime
) -> dict[tuple[str, str], int]:
    """Of these open cases, how many stand in each state and group of time left; and what else is counted with them.

    `opened` have the columns `state` and `falls_due`; `ended` are questions with the columns of `CAPPED`.
    """
    pieces, given = [], [at, days_ahead(at, 1), days_ahead(at, 2), at]
    for rows in opened:
        inner, params = rows.query.sql_with_params()
        pieces.append((_BY_STATE.format(cases=inner), given, params))
    pieces += [(sql, [], params) for sql, params in ended]
    asked = [param for _sql, moments, params in pieces for param in (*moments, *params)]
    question = " UNION ALL ".join(f"({sql})" for sql, _moments, _params in pieces)
    found: dict[tuple[str, str], int] = defaultdict(int)
    for state, group, number in _counted(question, asked, at, [params for _sql, _moments, params in pieces]):
        found[state, group] += number
    return found


def _counted(question: str, params: Sequence[Any], at: datetime, key: Any) -> list[tuple[Any, ...]]:
    """The rows of a question without their last column, in which stands when each is to be asked again.

    `key` is what makes the question another one, besides its SQL: everything in it that is no moment.
    """

    def count() -> tuple[list[tuple[Any, ...]], datetime]:
        with connection.cursor() as cursor:
            cursor.execute(question, params)
            rows = cursor.fetchall()
        return [row[:-1] for row in rows], min([days_ahead(at, 1), *(row[-1] for row in rows if row[-1])])

    found: list[tuple[Any, ...]] = remembered((question, repr(key)), at, count)
    return found


def _asked(question: str, rows: CaseQuerySet, at: datetime, due: str = "") -> list[tuple]:
    inner, params = rows.query.sql_with_params()
    question = question.format(numbers=_NUMBERS, cases=inner, due=due)
    return _counted(question, [at, days_ahead(at, 1), at, at, *params], at, params)
