"""The same matter at one place again and again: counted when a case is accepted, told to the district leader once.

The same: the same situation, or where none is named the same item, in the same grid. What is known no nearer than its
street or community is no place of its own, and is not counted.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localdate

from accountability import rungs
from accountability.models import Rung, Trigger
from accountability.worktime import LOCAL
from audit.rows import insert
from cases.ledger import write_steps
from cases.models import Case, Repeat, State, Step, Verb

GRID_CODE = 15


def notice(payloads: list[dict[str, Any]], at: datetime) -> None:
    """What the outbox says of accepted cases. Twice is once; cases are locked place by place, by key."""
    ladder = rungs.current()
    told = []
    for case in _accepted(payload["case"] for payload in payloads):
        rung = ladder.by(Trigger.REPEATS, case.urgency, localdate(at, LOCAL))
        if rung is not None:
            told += _told(case, rung, at)
    write_steps(told)


def _accepted(ids: Iterable[int]) -> QuerySet[Case]:
    """Those of these cases that lie in a grid and have an item."""
    return Case.objects.filter(pk__in=set(ids), item__isnull=False, accepted_at__isnull=False).order_by(
        "place_code", "item", "pk"
    )


def same_before(case: Case, rung: Rung) -> QuerySet[Case]:
    """This case and those of its kind at its place, accepted within so many days before it."""
    assert case.accepted_at is not None
    since = case.accepted_at - timedelta(days=rung.within or 0)
    rows = Case.objects.filter(place_code=case.place_code, item=case.item_id, situation=case.situation_id)
    return rows.filter(accepted_at__gt=since, accepted_at__lte=case.accepted_at).exclude(
        state__in=(State.TURNED_DOWN, State.WITHHELD)
    )


def _told(case: Case, rung: Rung, at: datetime) -> list[Step]:
    """The step by which the leader hears of it, unless one of these cases has told already."""
    if len(case.place_code) != GRID_CODE or same_before(case, rung).count() < rung.threshold:
        return []
    same = list(same_before(case, rung).select_for_update(of=("self",)).order_by("pk"))
    if Repeat.objects.filter(case__in=same).exists():
        return []
    (mine,) = (one for one in same if one.pk == case.pk)
    insert([
        Repeat(
            case=mine, rung=rung, place_code=mine.place_code, item_id=mine.item_id, situation_id=mine.situation_id,
            count=len(same), told_at=at,
        )
    ])  # fmt: skip
    facts = {"rung": rung.code, "count": len(same), "within": rung.within, "cases": [one.number for one in same]}
    return [
        Step(
            case=mine, verb=Verb.ESCALATE, source=mine.state, target=mine.state, facts=facts,
            list_version_id=mine.list_version_id, at=at,
        )
    ]  # fmt: skip
