"""Telling people of steps: the right ones, once, and nobody of what happened long ago."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.models import Clock
from accountability.sweep import run_once
from alerts.consumers import tell_of_step
from alerts.models import Alert
from audit import clock
from cases.actions import answer, approve_whistle
from cases.models import Step, Verb
from outbox.actions import drain_all
from people.models import Role, User
from tests import stories
from tests.lately import lately
from tests.world import person, post, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    """The small world, now: a step of a past day tells nobody."""
    return lately(monkeypatch)


def told(*verbs: Verb) -> set[str]:
    return set(Alert.objects.filter(step__verb__in=verbs).values_list("recipient__username", flat=True))


def test_a_report_reaches_the_dispatcher_of_its_street_alone(w):
    stories.reported(w)
    drain_all(clock.now())
    assert told(Verb.OPEN) == {"dispatcher"}


def test_a_report_without_a_street_reaches_the_desk(w):
    stories.reported(w, area=w.district)
    drain_all(clock.now())
    assert told(Verb.OPEN) == {"desk"}


def test_each_unit_called_hears_of_its_own_summons(w):
    stories.whistled(w)
    drain_all(clock.now())
    assert told(Verb.SUMMON) == {"works", "police"}
    assert told(Verb.WHISTLE) == {"desk"}


def test_the_leader_of_the_street_hears_of_a_whistle_that_asks_for_approval(w):
    case = stories.before_the_leader(w)
    drain_all(clock.now())
    assert told(Verb.ASK_LEADER) == {"leader"}
    approve_whistle(case, by=w.of(w.street_leader), at=clock.now())
    drain_all(clock.now())
    assert (told(Verb.APPROVE), told(Verb.SUMMON)) == ({"dispatcher", "desk"}, {"works", "police"})


def test_what_is_given_to_somebody_is_told_to_them_and_to_who_had_it(w):
    second = seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    seat(person("works_3", "城管三", w.works), Role.DEPT_LEADER, w.works)
    call = stories.whistled(w).summonses.get(unit=w.works)
    head = w.of(User.objects.get(username="works_3"))
    for verb, by, to in ((Verb.CLAIM, w.of(w.works_officer), None), (Verb.ASSIGN, head, second)):
        answer(call, verb, by=by, at=clock.now(), facts={"to": to.pk} if to else {})
    drain_all(clock.now())
    assert told(Verb.CLAIM) == set()
    assert told(Verb.ASSIGN) == {"works", "works_2"}


def test_what_is_overdue_is_told_to_the_whole_unit_whoever_has_it_in_hand(w):
    seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    call = stories.whistled(w).summonses.get(unit=w.works)
    answer(call, Verb.CLAIM, by=w.of(w.works_officer), at=clock.now())
    Clock.objects.of("summons", [call.pk]).filter(phase="sign").update(due_at=clock.now() - timedelta(minutes=1))
    run_once(clock.now())
    drain_all(clock.now())
    assert {"works", "works_2"} <= told(Verb.LAPSE)


def test_those_near_the_place_are_told_when_it_can_be_inspected(w):
    stories.inspecting(w)
    drain_all(clock.now())
    assert told(Verb.SETTLE) == {"worker", "next_worker", "community"}


def test_telling_twice_is_telling_once(w):
    case = stories.whistled(w)
    payloads = [{"step": step.pk, "case": case.pk, "verb": step.verb} for step in case.steps.all()]
    tell_of_step(payloads, clock.now())
    number = Alert.objects.count()
    tell_of_step(payloads, clock.now())
    assert number == Alert.objects.count() > 0


def test_steps_of_a_past_day_tell_nobody(w):
    w.at -= timedelta(days=2)
    stories.whistled(w)
    drain_all(clock.now())
    assert not Alert.objects.exists()


def test_who_took_the_step_and_who_is_switched_off_are_not_told(w):
    other = post(type(w.worker).objects.create(username="off", name="停", is_active=False), "dispatcher", w.street)
    stories.at_desk(w)
    drain_all(clock.now())
    assert not Alert.objects.filter(recipient=other).exists()
    assert "dispatcher" not in told(Verb.ACCEPT, Verb.ASK_DESK)


def test_a_lapse_is_in_the_inboxes_of_unit_street_and_inspector(w):
    w.at -= timedelta(hours=20)
    stories.whistled(w)
    late = clock.now() + timedelta(days=6)
    run_once(late)
    drain_all(clock.now())
    assert {"works", "police", "dispatcher", "leader", "inspector"} <= told(Verb.LAPSE)
    assert "outsider" not in told(Verb.LAPSE)


def test_a_case_without_a_street_that_lapses_reaches_the_desk(w):
    stories.reported(w, area=w.district)
    run_once(clock.now() + timedelta(days=6))
    drain_all(clock.now())
    assert {"desk", "inspector"} <= told(Verb.LAPSE)


def test_many_steps_take_no_more_queries_than_few(w):
    def queries() -> int:
        rows = [{"step": pk} for pk in Step.objects.values_list("pk", flat=True)]
        with CaptureQueriesContext(connection) as asked:
            tell_of_step(rows, clock.now())
        return len(asked)

    stories.whistled(w)
    few = queries()
    for _ in range(5):
        stories.whistled(w)
    assert queries() == few <= 8
