"""Late cases and summonses lapse in a fixed number of statements, however many are late at once."""

from datetime import timedelta
from time import monotonic

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability import sweep
from cases.models import Step, Verb
from tests import stories
from tests.world import world

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
