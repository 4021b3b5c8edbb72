"""The sweep beside real cases: movers and sweepers at once, one lapse step a clock, and no deadlock."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection, transaction

from accountability.models import Clock
from accountability.sweep import run_once
from cases import actions
from cases.models import Case, Step, Summons, Verb
from tests import stories
from tests.accountability.test_races import at_once
from tests.world import world

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
LATE = timedelta(days=2)


@pytest.fixture
def w(settings):
    settings.OUTBOX_CONSUMERS = {}
    return world()


def lapse_steps() -> Counter:
    return Counter(step.facts["clock"] for step in Step.objects.filter(verb=Verb.LAPSE))


def deadlocks() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot(), sum(deadlocks) FROM pg_stat_database")
        return cursor.fetchone()[1]


def test_signing_late_while_two_sweepers_run_gives_each_clock_one_lapse_step(w):
    signs = [stories.whistled(w).summonses.get(leads=True) for _ in range(12)]
    before, late = deadlocks(), w.at + LATE

    def sign(call: Summons) -> None:
        actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=late)

    jobs = [lambda call=call: sign(call) for call in signs]
    assert at_once(*jobs, *[lambda: run_once(late)] * 2) == []
    run_once(late)
    lapsed = set(Clock.objects.exclude(lapsed_at=None).values_list("pk", flat=True))
    assert set(lapse_steps()) == lapsed
    assert set(lapse_steps().values()) == {1}
    assert deadlocks() == before


def test_a_case_in_somebodys_hands_lapses_in_the_next_round(w):
    case = stories.whistled(w)
    rounds: list[int] = []
    with_case_locked(case, lambda: rounds.append(run_once(w.at + LATE)))
    assert (rounds, len(lapse_steps())) == ([0], 0)
    assert run_once(w.at + LATE) == len(lapse_steps()) > 0


def with_case_locked(case: Case, job) -> None:
    with transaction.atomic():
        Case.objects.select_for_update().get(pk=case.pk)
        assert at_once(job) == []
