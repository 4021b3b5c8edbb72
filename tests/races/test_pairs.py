"""Any two moves of one case, made by fifty people at the same moment: nobody waits for ever, and nothing contradicts.

Sixty pairs are drawn here, all of them by `--long`.
"""

import random

import pytest
from django.db import connection

from cases import invariants as of_cases
from cases.models import Case, Step
from cases.moves import MoveRefused
from tests.present import now, present
from tests.races.pairs import SIDE_BY_SIDE, SITES, Pair, every_pair
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
    story, moves = SITES[pair.site]
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
    assert made >= 1, pair.name
    assert Case.objects.get(pk=case.pk).version == before + made, pair.name
    if not {pair.one, pair.other} & SIDE_BY_SIDE:
        assert made == 1, (pair.name, told(case))
    if pair.one == pair.other:
        assert made == 1, (pair.name, told(case))
    assert [one for one in of_cases.faults(w.at) if "记录时间" not in one] == [], pair.name


@pytest.mark.parametrize("part", range(PARTS))
def test_of_fifty_who_make_two_moves_at_once_each_is_made_or_refused_whole(w, part):
    before = deadlocks()
    for pair in parts()[part]:
        raced(w, pair)
    assert deadlocks() == before


@pytest.mark.long
@pytest.mark.parametrize("pair", every_pair(), ids=lambda pair: pair.name)
def test_every_pair(w, pair):
    raced(w, pair)
