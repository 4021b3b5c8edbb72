"""What a grid cannot settle goes up; the street takes back and gives on; nobody gains a minute by it."""

import pytest
from django.urls import reverse

from accountability.models import Clock
from cases import actions
from cases.models import Answer, Case, Level, Summons, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.present import present
from tests.world import world

pytestmark = pytest.mark.django_db


def at_the_grid(w) -> Case:
    return actions.self_handle(
        stories.accepted(w),
        by=w.of(w.dispatcher),
        at=w.at + stories.HOUR,
        level="grid",
        worker=w.worker,
        note="今晚清出",
    )


@pytest.fixture
def w():
    w = world()
    w.case = at_the_grid(w)
    return w


def move(w, verb: Verb, by, note="店主不肯开门", **facts) -> Summons:
    at = w.at + 2 * stories.HOUR
    call = w.case.summonses.get()
    return actions.answer(call, verb, by=w.of(by, at), at=at, note=note, facts=facts)


def refusal(w, verb: Verb, by, **more) -> str:
    with pytest.raises(MoveRefused) as refused:
        move(w, verb, by, **more)
    return refused.value.code


def clocks() -> list:
    return list(Clock.objects.order_by("pk").values("pk", "holder", "due_at", "started_at", "stopped_at", "lapsed_at"))


@pytest.mark.parametrize("level", ["community", "street"])
def test_the_grid_hands_up_and_no_clock_moves(w, level):
    before = clocks()
    worker = w.community_worker if level == "community" else None
    call = move(w, Verb.HAND_UP, w.worker, level=level, worker=worker and worker.pk)
    assert (call.level, call.worker, call.state) == (level, worker, Answer.SIGNED)
    assert clocks() == before
    step = w.case.steps.get(verb=Verb.HAND_UP)
    assert (step.note, step.facts["level_before"], step.facts["had"]) == ("店主不肯开门", "grid", w.worker.pk)


def test_whoever_gets_it_answers_and_whoever_had_it_no_longer_does(w):
    move(w, Verb.HAND_UP, w.worker, level="community", worker=w.community_worker.pk)
    at = w.at + 3 * stories.HOUR
    with pytest.raises(MoveRefused) as refused:
        actions.answer(w.case.summonses.get(), Verb.RESPOND, by=w.of(w.worker), at=at, facts=stories.CONTACT)
    assert refused.value.code == "wrong_person"
    actions.answer(w.case.summonses.get(), Verb.RESPOND, by=w.of(w.community_worker), at=at, facts=stories.CONTACT)


def test_up_is_up_and_ends_at_the_street(w):
    assert refusal(w, Verb.HAND_UP, w.worker, level="grid", worker=w.worker.pk) == "no_higher_level"
    assert refusal(w, Verb.HAND_UP, w.worker, level="called") == "no_worker"
    assert refusal(w, Verb.HAND_UP, w.worker, level="community", worker=w.far_worker.pk) == "no_worker"
    assert refusal(w, Verb.HAND_UP, w.worker, level="street", note=" ") == "note_missing"
    move(w, Verb.TAKE_BACK, w.dispatcher)
    assert refusal(w, Verb.TAKE_BACK, w.dispatcher) == "at_the_top"


def test_only_who_has_it_hands_up_and_only_the_street_takes_back_or_gives_on(w):
    for by in (w.next_worker, w.community_worker, w.outsider):
        assert refusal(w, Verb.HAND_UP, by, level="street") == "wrong_person"
    for by in (w.worker, w.desk_officer, w.outsider):
        assert refusal(w, Verb.TAKE_BACK, by) == "wrong_person"
        assert refusal(w, Verb.HAND_ON, by, level="grid", worker=w.next_worker.pk) == "wrong_person"


def test_the_street_takes_back_and_gives_on(w):
    before = clocks()
    assert move(w, Verb.TAKE_BACK, w.dispatcher).level == Level.STREET
    call = move(w, Verb.HAND_ON, w.dispatcher, level="community", worker=w.community_worker.pk)
    assert (call.level, call.worker) == (Level.COMMUNITY, w.community_worker)
    assert clocks() == before
    assert refusal(w, Verb.HAND_ON, w.dispatcher, level="community", worker=w.community_worker.pk) == "same_hand"


def test_whoever_did_some_of_the_work_does_not_inspect_it_though_another_hand_replied(w):
    move(w, Verb.RESPOND, w.worker, contact="诉求人", contacted_at=(w.at + stories.HOUR).isoformat(), means="phone")
    move(w, Verb.TAKE_BACK, w.dispatcher)
    move(w, Verb.REPLY, w.dispatcher, note="已清出")
    case, at = Case.objects.get(pk=w.case.pk), w.at + 3 * stories.HOUR
    with pytest.raises(MoveRefused) as refused:
        actions.advance(case, Verb.PASS, by=w.of(w.worker), at=at, note="已清净")
    assert refused.value.code == "wrong_person"
    assert actions.advance(case, Verb.PASS, by=w.of(w.next_worker), at=at, note="已清净").state == "calling_back"


def test_whoever_only_handed_it_up_may_look_afterwards(w):
    move(w, Verb.HAND_UP, w.worker, level="street")
    for verb, more in (
        (Verb.RESPOND, {**stories.CONTACT, "contacted_at": (w.at + stories.HOUR).isoformat()}),
        (Verb.REPLY, {}),
    ):
        move(w, verb, w.dispatcher, **more)
    case = Case.objects.get(pk=w.case.pk)
    assert actions.advance(case, Verb.PASS, by=w.of(w.worker), at=w.at + 3 * stories.HOUR, note="已清净")


def test_a_unit_called_by_whistle_has_no_levels(w):
    call = stories.whistled(w).summonses.get(unit=w.works)
    with pytest.raises(MoveRefused) as refused:
        actions.answer(call, Verb.TAKE_BACK, by=w.of(w.dispatcher), at=w.at + stories.HOUR, note="收回")
    assert refused.value.code == "not_own"


def test_handed_up_and_back_on_its_pages(client, monkeypatch):
    w = present(monkeypatch)
    case = at_the_grid(w)
    call = case.summonses.get()
    where = [case.number, call.pk]
    client.force_login(w.worker)
    up = reverse("cases:summons_move", args=[*where, Verb.HAND_UP])
    assert f'href="{up}"' in client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert client.post(up, {"who": "street:", "note": "店主不肯开门"}).status_code == 302
    client.force_login(w.dispatcher)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "店主不肯开门" in page
    on = reverse("cases:summons_move", args=[*where, Verb.HAND_ON])
    assert f'href="{on}"' in page
    assert client.post(on, {"who": f"grid:{w.worker.pk}", "note": "请到场"}).status_code == 302
    assert Summons.objects.get(pk=call.pk).worker == w.worker
