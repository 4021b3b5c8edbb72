"""The letters of many cases leave by as many statements as those of one, with everything that our own consumers do."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from admission.models import Application
from alerts.models import Alert
from assessment.models import Mark
from audit import clock
from outbox import actions
from outbox.models import Fate, Message
from tests import stories
from tests.admission.ground import granted, ground, task
from tests.present import now, present
from tests.world import with_ladder

pytestmark = pytest.mark.django_db


def test_a_drain_of_what_many_have_done_asks_no_more_than_of_one(monkeypatch):
    w = with_ladder(ground(present(monkeypatch)))

    def drained(number: int) -> int:
        for _ in range(number):
            stories.closed(now(w))
            nth = Application.objects.count()
            task(w, granted(w, matter=f"第{nth}件"), title=f"第{nth}次")
        before = Mark.objects.count(), Alert.objects.count()
        with CaptureQueriesContext(connection) as said:
            actions.drain(clock.now())
        actions.drain_all(clock.now())  # what the first one had to tell
        assert set(Message.objects.values_list("fate", flat=True)) == {Fate.SENT}
        assert Mark.objects.count() == before[0] + 3 * number
        assert Alert.objects.count() > before[1]
        return len(said)

    drained(3)  # now the same comes up again and again
    assert drained(1) == drained(5)
