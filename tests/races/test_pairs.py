"""Any two moves of one case, made by fifty people at the same moment: nobody waits for ever, and nothing contradicts.

Sixty pairs are drawn here, all of them by `--long`.
"""

import random
from functools import partial

import pytest
from django.db import connection

from audit import clock
from cases import actions
from cases import invariants as of_cases
from cases.models import Case, Step, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.present import now, present
from tests.races.linked import EVERYWHERE, LINKED, LINKED_SIDE_BY_SIDE, MANY_TIMES, REFUSED_TO_ALL, linked_pairs
from tests.races.pairs import SIDE_BY_SIDE, Pair, every_pair
from tests.races.test_cases import at_once, faults

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race, pytest.mark.timeout(600)]
HANDS = 50
DRAWN, PARTS = 60, 4


def parts() -> list[list[Pair]]:
    drawn = random.Random(20261126).sample(every_pair(), DRAWN)
    return [drawn[nth::PARTS] for nth in range(PARTS)]


@pytest.fixture
def w(monkeypatch):
    return present(monkeypatch)


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()")
        return cursor.fetchone()[0]


def told(case: Case) -> list[str]:
    return list(Step.objects.filter(case=case).order_by("seq").values_list("verb", flat=True))


def raced(w, pair: Pair) -> None:
    """Half of the fifty make the one move, half the other."""
    story, moves = EVERYWHERE[pair.site]
    now(w)
    case = story(w)
    w.profile.stages = ["inspect", "callback"]
    w.profile.save()
    case = Case.objects.get(pk=case.pk)
    before = case.version
    one, other = moves[pair.one](w, case), moves[pair.other](w, case)
    results = at_once(*[one, other] * (HANDS // 2))
    refused = faults(results)
    strange = [fault for fault in refused if not isinstance(fault, MoveRefused)]
    assert strange == [], (pair.name, strange)
    made = HANDS - len(refused)
    assert made >= 1 or (pair.site, pair.one) in REFUSED_TO_ALL, pair.name
    assert Case.objects.get(pk=case.pk).version == before + made, pair.name
    if not {pair.one, pair.other} & (SIDE_BY_SIDE | LINKED_SIDE_BY_SIDE):
        assert made == 1, (pair.name, told(case))
    if pair.one == pair.other and pair.one not in MANY_TIMES:
        assert made <= 1, (pair.name, told(case))
    assert [one for one in of_cases.faults(w.at) if "记录时间" not in one] == [], pair.name


@pytest.mark.parametrize("site", LINKED)
def test_fifty_join_part_meet_and_order_at_once(w, site):
    before = deadlocks()
    here = [one for one in linked_pairs() if one.site == site]
    for pair in random.Random(site).sample(here, min(3, len(here))):
        raced(w, pair)
    assert deadlocks() == before


def test_of_cases_merged_into_each_other_at_once_one_stays_the_main_one(w):
    """A into B, B into C, C into A: whoever comes first, there is no chain, no circle, and nobody waits for ever."""
    now(w)
    cases = [stories.accepted(w) for _ in range(3)]
    by = w.of(w.dispatcher, now(w).at)

    def merging(one: Case, main: Case):
        return lambda: actions.merge(one, main=main, by=by, at=clock.now(), note="同一摊位")

    before = deadlocks()
    jobs = [merging(cases[place], cases[(place + 1) % 3]) for place in range(3)]
    refused = faults(at_once(*jobs * 5))
    assert [fault for fault in refused if not isinstance(fault, MoveRefused)] == []
    assert deadlocks() == before
    states = sorted(Case.objects.filter(pk__in=[one.pk for one in cases]).values_list("state", flat=True))
    assert states in (["accepted", "accepted", "merged"], ["accepted", "merged", "merged"])
    assert [one for one in of_cases.faults(w.at) if "记录时间" not in one] == []


def test_a_case_is_not_merged_into_one_that_ends_meanwhile(w):
    now(w)
    main, case = stories.reported(w), stories.accepted(w)
    by = w.of(w.dispatcher, clock.now())
    given = {"by": by, "at": clock.now(), "note": "另案"}
    jobs = [partial(actions.advance, main, Verb.TURN_DOWN, **given), partial(actions.merge, case, main=main, **given)]
    refused = faults(at_once(*jobs * 10))
    assert [fault for fault in refused if not isinstance(fault, MoveRefused)] == []
    assert [one for one in of_cases.faults(w.at) if "记录时间" not in one] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_of_fifty_who_make_two_moves_at_once_each_is_made_or_refused_whole(w, part):
    before = deadlocks()
    for pair in parts()[part]:
        raced(w, pair)
    assert deadlocks() == before


@pytest.mark.long
@pytest.mark.parametrize("pair", [*every_pair(), *linked_pairs()], ids=lambda pair: pair.name)
def test_every_pair(w, pair):
    raced(w, pair)
