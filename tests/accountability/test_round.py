"""A whole round of the sweep, with all that is late in it, asks as often for many of each as for one of each."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from accountability.models import Clock
from accountability.sweep import run_once
from tests import stories
from tests.admission.ground import applied, forwarded, granted, ground, heard, task
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db


def test_a_round_asks_no_more_for_many_of_each_than_for_one_of_each():
    w = ground(with_ladder(world()))

    def asked(number: int) -> int:
        for nth in range(number):
            for story in (stories.reported, stories.whistled, stories.calling_back, stories.closed):
                story(w)
            for kind, walk in (("甲", applied), ("乙", forwarded), ("丙", heard)):
                walk(w, matter=f"{kind}{nth}")
            task(w, granted(w, days=80, matter=f"丁{nth}"), title=f"第{nth}次")
        run_once(w.at + timedelta(hours=6))
        with CaptureQueriesContext(connection) as said:
            assert run_once(w.at + timedelta(days=30)) > 9 * number
        assert not Clock.objects.filter(attempts__gt=0).exists()
        return len(said)

    with transaction.atomic():
        of_one = asked(1)
        transaction.set_rollback(True)
    assert asked(5) == of_one
