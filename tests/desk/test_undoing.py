"""Undoing from the queue: for a minute, by whoever did it, while nobody has done anything since."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.urls import reverse

from accountability.models import Clock
from audit import clock
from cases import actions
from cases.models import State, Verb
from cases.moves import MoveRefused
from cases.undoing import WITHIN
from desk.undoing import just_done
from people.models import Role
from tests import stories
from tests.lately import lately
from tests.world import person, post

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def merged(w):
    at = clock.now()
    return actions.merge(stories.reported(w), main=stories.accepted(w), by=w.of(w.dispatcher), at=at, note="同一摊位")


def bar(client, user) -> str:
    client.force_login(user)
    page = client.get(reverse("desk:queue")).content.decode()
    return page.split('class="note ok undo"')[1].split("</form>")[0] if 'class="note ok undo"' in page else ""


def pressed(client, shown: str):
    fields = dict(re.findall(r'name="([a-z_]+)" value="([^"]*)"', shown))
    return client.post(re.search(r'action="([^"]+)"', shown)[1], fields)


def test_a_merge_is_undone_with_one_press(client, w):
    case = merged(w)
    answer = pressed(client, bar(client, w.dispatcher))
    assert answer.url == reverse("desk:queue")
    case.refresh_from_db()
    assert case.state == State.REPORTED
    assert bar(client, w.dispatcher) == ""


def test_it_is_offered_for_a_minute_to_whoever_did_it(client, w):
    case = merged(w)
    at = case.steps.latest("seq").at
    assert just_done(w.of(w.dispatcher), at + WITHIN - timedelta(seconds=1))
    assert just_done(w.of(w.dispatcher), at + WITHIN) is None
    assert bar(client, w.desk_officer) == ""


def test_it_is_offered_no_more_when_something_was_done_since(client, w):
    case = merged(w)
    at = clock.now()
    actions.unmerge(case, by=w.of(w.desk_officer), at=at, note="另一件事")
    assert just_done(w.of(w.dispatcher), at) is None


def accepted(w, case=None):
    said = {"summary": "烧烤占道", "category": w.category, "item": w.item, "urgency": "normal"}
    return actions.accept(case or stories.reported(w), by=w.of(w.dispatcher), at=clock.now(), **said)


def refused(case, by, at) -> str:
    with pytest.raises(MoveRefused) as caught:
        actions.undo(case, by=by, at=at, note="误按")
    assert caught.value.sentence.strip()
    return caught.value.code


def running(case) -> dict:
    clocks = Clock.objects.running().filter(subject_kind="case", subject_id=case.pk)
    return {one.phase: (one.started_at, one.due_at) for one in clocks}


@pytest.mark.parametrize("does", ["accept", "turn_down"])
def test_what_was_accepted_or_turned_down_waits_again_on_the_clock_that_it_had(client, w, does):
    w.at = clock.now()
    case = stories.reported(w)
    before, due = running(case), case.due_at
    if does == "accept":
        accepted(w, case)
    else:
        actions.advance(case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=clock.now(), note="已在办")
    assert running(case) != before
    answer = pressed(client, bar(client, w.dispatcher))
    assert answer.url == reverse("desk:queue")
    case.refresh_from_db()
    assert (case.state, case.accepted_at, case.list_version, case.due_at) == (State.REPORTED, None, None, due)
    assert running(case) == before
    assert not [fault for name in ("cases", "accountability") for fault in faults_of(name)]


def test_what_was_handed_to_the_wrong_street_is_back_with_the_desk_on_the_clock_that_it_had(client, w):
    w.at = clock.now()
    case = stories.reported(w, area=w.district)
    before, stood = running(case), (case.place_code, case.office_id, case.due_at)
    actions.place(case, by=w.of(w.desk_officer), at=clock.now(), area=w.street)
    assert bar(client, w.dispatcher) == ""
    pressed(client, bar(client, w.desk_officer))
    case.refresh_from_db()
    assert (case.place_code, case.office_id, case.due_at) == stood
    assert running(case) == before
    assert not [fault for name in ("cases", "accountability") for fault in faults_of(name)]
    client.force_login(w.dispatcher)
    assert client.get(reverse("desk:case", args=[case.number])).status_code == 404


def faults_of(app: str) -> list[str]:
    return list(import_module(f"{app}.invariants").faults(clock.now()))


def test_accepted_again_it_goes_on_as_any_other(w):
    w.at = clock.now()
    case = accepted(w)
    actions.undo(case, by=w.of(w.dispatcher), at=clock.now(), note="误按")
    case = accepted(w, case)
    assert case.state == State.ACCEPTED
    assert set(running(case)) == {"dispatch", "promise"}
    assert not faults_of("cases")


def test_after_a_minute_it_stands(w):
    case = accepted(w)
    at = case.steps.latest("seq").at
    assert refused(case, w.of(w.dispatcher), at + WITHIN) == "minute_over"


def test_nobody_undoes_what_another_did(w):
    case, second = accepted(w), post(person("second", "调度二", w.office), Role.DISPATCHER, w.street)
    assert refused(case, w.of(second), clock.now()) == "wrong_person"


def test_what_somebody_went_on_with_is_not_undone(w):
    case, by = accepted(w), w.of(w.dispatcher)
    called = [actions.Call(w.market, leads=True, reason="食品")]
    said = {"kind": "prominent", "first_action": "已劝阻", "calls": called}
    actions.blow_whistle(case, by=by, at=clock.now(), **said)
    actions.advance(case, Verb.WITHDRAW, by=by, at=clock.now(), note="自行撤离")
    assert refused(case, by, clock.now()) == "nothing_to_undo"


def test_undone_twice_it_is_undone_once(w):
    case = accepted(w)
    actions.undo(case, by=w.of(w.dispatcher), at=clock.now(), note="误按")
    assert refused(case, w.of(w.dispatcher), clock.now()) == "nothing_to_undo"
