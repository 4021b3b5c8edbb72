"""Who of a unit takes a played summons in hand: most are claimed or given out once signed, a few are handed over."""

import random
from datetime import datetime
from typing import Any

from cases import actions
from cases.models import Origin, Summons, Verb
from liixia.demo.cast import Crew

# Of ten signed by a unit of several: how many are claimed, how many are given out; the rest stay nobody's.
CLAIMED, GIVEN = 0.4, 0.7
HANDED_OVER = 0.2
LEFT = "已联系诉求人，问清了情况；现场还没有去，约好的时间请接着办。"


def pass_on(call: Summons, thing: str, *, crew: Crew, rng: random.Random, at: datetime) -> Summons:
    """What a unit's people agree on after this thing; a unit of one, or whom the street named, agrees on nothing."""
    people = crew.people.get(call.unit_id, [])
    if call.is_named or len(people) < 2 or thing not in ("sign", "respond"):
        return call
    chance, one, other = rng.random(), *rng.sample(people, 2)
    if thing == "respond":
        if not call.worker or chance > HANDED_OVER:
            return call
        other = next(person for person in (one, other) if person != call.worker)
        return _do(call, Verb.HAND_OVER, crew, call.worker, at, facts={"to": other.pk}, note=LEFT)
    if chance < CLAIMED:
        return _do(call, Verb.CLAIM, crew, one, at)
    if chance < GIVEN:
        return _do(call, Verb.ASSIGN, crew, crew.leader(call.unit_id), at, facts={"to": other.pk})
    return call


def _do(call: Summons, verb: Verb, crew: Crew, who: Any, at: datetime, **words: Any) -> Summons:
    return actions.answer(call, verb, by=crew.standing(who), at=at, origin=Origin.DEMO, **words)
