"""The same matter at one place again and again: counted when a case is accepted, told to the district leader once.

The same: the same situation, or where none is named the same item, in the same grid. What is known no nearer than its
street or community is no place of its own, and is not counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.timezone import localdate

from accountability import rungs
from accountability.models import Rung, Trigger
from accountability.worktime import LOCAL
from audit.rows import insert
from cases.ledger import write_steps
from cases.models import Case, Repeat, State, Step, Verb

GRID_CODE = 15
NO_REPEAT = (State.TURNED_DOWN, State.WITHHELD)
# Of the same kind at the same place as `c`: what was turned down is none, and nobody counts what is withheld.
ALIKE = """
s.place_code = c.place_code AND s.item_id = c.item_id AND s.situation_id IS NOT DISTINCT FROM c.situation_id
       AND s.state <> ALL(%(but)s) AND s.accepted_at > c.accepted_at - make_interval(days => w.within)"""
# Which of these cases came up often enough, each with those of its kind that were accepted before it.
REACHED = f"""
SELECT c.id, same.ids
  FROM unnest(%(ids)s::bigint[], %(withins)s::int[], %(thresholds)s::int[]) AS w(id, within, threshold)
  JOIN cases_case c ON c.id = w.id
 CROSS JOIN LATERAL (
    SELECT array_agg(s.id ORDER BY s.id) AS ids FROM cases_case s
     WHERE {ALIKE} AND s.accepted_at <= c.accepted_at) same
 WHERE cardinality(same.ids) >= w.threshold
 ORDER BY c.place_code, c.item_id, c.id"""
# Of which of them was told already, by an earlier one or, where a later one was noticed first, by that.
TOLD = f"""
SELECT c.id FROM unnest(%(ids)s::bigint[], %(withins)s::int[]) AS w(id, within) JOIN cases_case c ON c.id = w.id
 WHERE EXISTS (SELECT FROM cases_case s JOIN cases_repeat r ON r.case_id = s.id
                WHERE {ALIKE} AND s.accepted_at < c.accepted_at + make_interval(days => w.within))"""


@dataclass(frozen=True)
class Reached:
    """A case by which a rung is reached, and those that make it so; itself is one of them."""

    case: Case
    rung: Rung
    same: list[Case]


def notice(payloads: list[dict[str, Any]], at: datetime) -> None:
    """What the outbox says of accepted cases. Twice is once; a fixed number of statements for all of them."""
    reached = _reached(_counted((payload["case"] for payload in payloads), at))
    told = _untold(reached) if reached else []
    insert([_repeat(one, at) for one in told])
    write_steps([_step(one, at) for one in told])


def _counted(ids: Iterable[int], at: datetime) -> dict[int, Rung]:
    """Those of these cases that lie in a grid and have an item, each with the rung that repeats of it lead to."""
    ladder, day = rungs.current(), localdate(at, LOCAL)
    rows = Case.objects.filter(pk__in=set(ids), item__isnull=False, accepted_at__isnull=False)
    found = {
        pk: ladder.by(Trigger.REPEATS, urgency, day)
        for pk, urgency, place in rows.values_list("pk", "urgency", "place_code")
        if len(place) == GRID_CODE
    }
    return {pk: rung for pk, rung in found.items() if rung is not None}


def _reached(counted: dict[int, Rung]) -> list[Reached]:
    """Counted at a glance, and only where that is enough locked and counted again."""
    thresholds = [rung.threshold for rung in counted.values()]
    enough = _asked(REACHED, counted, thresholds=thresholds) if counted else []
    locked = _locked({one for _pk, same in enough for one in same})
    found = []
    for pk, ids in enough:
        case, rung = locked[pk], counted[pk]
        same = [locked[one] for one in ids if _is_same(locked[one], case, rung)]
        if case in same and len(same) >= rung.threshold:
            found.append(Reached(case, rung, same))
    return found


def _asked(sql: str, rungs_of: dict[int, Rung], **more: Any) -> list[tuple[Any, ...]]:
    withins = [rung.within or 0 for rung in rungs_of.values()]
    given = {"ids": list(rungs_of), "withins": withins, "but": list(NO_REPEAT), **more}
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _locked(ids: set[int]) -> dict[int, Case]:
    """Always by key, whatever the place: so no two that wait for many cases wait for each other."""
    rows = Case.objects.filter(pk__in=ids).select_for_update(of=("self",)).order_by("pk") if ids else ()
    return {case.pk: case for case in rows}


def _is_same(other: Case, case: Case, rung: Rung) -> bool:
    """Of its kind, at its place and not long before it: what somebody has changed since is counted as it is now."""
    if other.accepted_at is None or case.accepted_at is None or other.state in NO_REPEAT:
        return False
    before = case.accepted_at - other.accepted_at
    return _kind(other) == _kind(case) and timedelta(0) <= before < timedelta(days=rung.within or 0)


def _kind(case: Case) -> tuple[str, int | None, int | None]:
    return case.place_code, case.item_id, case.situation_id


def _untold(reached: list[Reached]) -> list[Reached]:
    """Without those of which was told already, before or just now."""
    before = {pk for (pk,) in _asked(TOLD, {each.case.pk: each.rung for each in reached})}
    found: list[Reached] = []
    for each in reached:
        if each.case.pk not in before and not any(_is_told_by(each, one) for one in found):
            found.append(each)
    return found


def _is_told_by(each: Reached, other: Reached) -> bool:
    return _is_same(other.case, each.case, each.rung) or _is_same(each.case, other.case, each.rung)


def _repeat(one: Reached, at: datetime) -> Repeat:
    case = one.case
    return Repeat(
        case=case, rung=one.rung, place_code=case.place_code, item_id=case.item_id, situation_id=case.situation_id,
        count=len(one.same), told_at=at,
    )  # fmt: skip


def _step(one: Reached, at: datetime) -> Step:
    """By this the leader hears of it."""
    case, rung = one.case, one.rung
    facts = {
        "rung": rung.code, "count": len(one.same), "within": rung.within, "cases": [same.number for same in one.same],
    }  # fmt: skip
    return Step(
        case=case, verb=Verb.ESCALATE, source=case.state, target=case.state, facts=facts,
        list_version_id=case.list_version_id, at=at,
    )  # fmt: skip
