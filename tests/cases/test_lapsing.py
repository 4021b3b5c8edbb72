"""What is late lapses and climbs in a fixed number of statements, however much is late at once."""

from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability import climbing, sweep
from cases.actions.joint import begin_due
from cases.models import Order, Step, Verb
from tests import stories
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db


def asked(kind: str, at) -> int:
    with CaptureQueriesContext(connection) as said:
        assert sweep.lapse_kind(kind, at, monotonic())
    return len(said)


@pytest.mark.parametrize(("walk", "kind"), [("reported", "case"), ("whistled", "summons"), ("calling_back", "case")])
def test_a_batch_of_many_asks_no_more_than_a_batch_of_one(walk, kind):
    w = world()
    getattr(stories, walk)(w)
    late = w.at + timedelta(days=60)
    of_one = asked(kind, late)
    for _ in range(4):
        getattr(stories, walk)(w)
    before = Step.objects.filter(verb=Verb.LAPSE).count()
    assert asked(kind, late) == of_one
    assert Step.objects.filter(verb=Verb.LAPSE).count() >= before + 4


def test_orders_to_many_units_ask_no_more_than_orders_to_two():
    w = with_ladder(world())
    late = w.at + timedelta(days=15)

    def asked_to_climb(cases: int) -> int:
        for _ in range(cases):
            stories.whistled(w)
        before = Order.objects.count()
        with CaptureQueriesContext(connection) as said:
            climbing.climb_kind("summons", late)
        assert Order.objects.count() == before + 2 * cases
        return len(said)

    asked_to_climb(1)
    assert asked_to_climb(5) == asked_to_climb(1)


def test_minutes_that_many_streets_owe_ask_no_more_than_those_that_one_owes():
    w = world()
    meets, late = w.at + timedelta(hours=4), w.at + timedelta(days=60)

    def asked_for_minutes(cases: int) -> int:
        for _ in range(cases):
            stories.convened(w, timedelta(hours=4))
        begin_due(meets + timedelta(hours=1))
        sweep.lapse_kind("joint_member", w.at + timedelta(days=10), monotonic())
        sweep.lapse_kind("joint_member", w.at + timedelta(days=20), monotonic())
        return asked("joint", late)

    asked_for_minutes(1)
    assert asked_for_minutes(4) == asked_for_minutes(1)
