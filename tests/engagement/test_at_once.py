"""Two presses at the same moment, on the real database."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection

from cases.models import Case
from engagement.actions import AnswerRefused, rate
from engagement.models import Guess, Rating, Report
from tests import stories
from tests.engagement.ground import drawn, received
from tests.world import world

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def at_once(times: int, work) -> list:
    def one(_number: int):
        try:
            return work()
        except AnswerRefused as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_one_form_sent_eight_times_at_once_makes_one_case():
    w, key = drawn(world()), uuid4()
    found = at_once(8, lambda: received(w, form_key=key).pk)
    assert len(set(found)) == 1
    assert (Case.objects.count(), Report.objects.count()) == (1, 1)


def test_a_round_rated_four_times_at_once_is_rated_once(monkeypatch):
    w = drawn(world())
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w).case)
    report = stories.calling_back(w).reports.get()
    said = at_once(4, lambda: rate(report, solved=True, grade="satisfied", at=w.at + 4 * stories.HOUR).pk)
    assert said.count("rated_already") == 3
    assert Rating.objects.count() == 1
    assert not Guess.objects.exists()
