"""Closed cases are marked together: as many statements for many as for one, and the same marks."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assessment.consumers import mark_closed_case
from assessment.invariants import faults
from assessment.models import Mark
from cases.models import Answer, Step, Verb
from outbox.actions import drain_all
from outbox.models import Fate, Message
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


def asked_to_mark(w, cases: int) -> int:
    closed = [stories.closed(w) for _ in range(cases)]
    payloads = [{"step": step.pk, "verb": step.verb} for step in Step.objects.filter(case__in=closed)]
    with CaptureQueriesContext(connection) as said:
        mark_closed_case(payloads, w.at + stories.HOUR * 6)
    assert Mark.objects.filter(case__in=closed).count() == 3 * cases
    return len(said)


def test_many_closed_cases_ask_no_more_than_one():
    w = world()
    assert asked_to_mark(w, 5) == asked_to_mark(w, 1)


def test_marked_together_each_has_the_marks_that_follow_from_its_own_rows():
    w = world()
    stories.closed(w)
    stories.closed(w, solved=False, grade="dissatisfied")
    stories.closed(w, solved=None, grade="")
    drain_all(w.at + stories.HOUR * 6)
    assert list(faults(w.at)) == []
    assert sorted(Mark.objects.filter(part="lead").values_list("satisfied", flat=True), key=str) == [False, None, True]


def test_a_case_that_cannot_be_marked_stands_in_no_others_way():
    w = world()
    spoilt, sound = stories.closed(w), stories.closed(w)
    twice = spoilt.summonses.get(leads=True)
    twice.pk, twice.state, twice._state.adding = None, Answer.RELEASED, True  # let go by no step: marked twice
    twice.save()
    drain_all(w.at + stories.HOUR * 6)
    assert set(Mark.objects.values_list("case", flat=True)) == {sound.pk}
    waiting = Message.objects.get(fate=Fate.WAITING)
    assert waiting.dedupe_key == f"step:{spoilt.steps.get(verb=Verb.CLOSE).pk}"
    assert "a_unit_is_marked_once_a_closing" in waiting.last_error
