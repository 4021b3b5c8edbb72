"""Who of a unit has a summons in hand: taken, given and handed over, without a lock and without touching a clock."""

import pytest

from accountability.models import Clock
from cases import actions, summons
from cases.hands import HANDS
from cases.models import Answer, Case, Step, Summons, Verb
from cases.moves import MoveRefused
from grids.standing import standing_of
from people.actions import take_role
from people.models import Role, UnitRole
from tests import stories
from tests.world import LONG_AGO, person, post, seat, world

pytestmark = pytest.mark.django_db
LATER = 2 * stories.HOUR


@pytest.fixture
def w():
    w = world()
    w.second = seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    w.third = seat(person("works_3", "城管三", w.works), Role.RESPONDER, w.works)
    return w


def lead(w) -> None:
    w.head = seat(person("works_head", "城管局长", w.works), Role.DEPT_LEADER, w.works)


def called(w) -> Summons:
    return stories.whistled(w).summonses.get(unit=w.works)


def do(w, call, verb, by, to=None, note="问过店主，待测"):
    facts = {"to": to.pk} if to else {}
    return actions.answer(call, verb, by=w.of(by), at=w.at + LATER, note=note, facts=facts)


def code_of(w, call, verb, by, to=None, note="问过店主，待测") -> str:
    with pytest.raises(MoveRefused) as caught:
        do(w, call, verb, by, to, note)
    assert caught.value.sentence
    return caught.value.code


def as_of(w, call, at=None) -> Summons:
    return Summons.objects.in_hands(at or w.at + LATER).get(pk=call.pk)


def in_hand(w) -> Summons:
    return do(w, called(w), Verb.CLAIM, w.works_officer)


def test_whoever_claims_it_has_it_in_hand_and_the_step_says_so(w):
    call = in_hand(w)
    assert as_of(w, call).hand == w.works_officer.pk
    assert call.state == Answer.SENT
    assert Step.objects.get(verb=Verb.CLAIM).facts == {"to": w.works_officer.pk, "name": "城管专员"}


def test_what_somebody_has_in_hand_is_not_claimed_again(w):
    call = in_hand(w)
    with pytest.raises(MoveRefused, match="城管专员") as caught:
        do(w, call, Verb.CLAIM, w.second)
    assert caught.value.code == "in_hand_already"


def test_where_nobody_leads_anybody_of_the_unit_gives_it_out(w):
    call = do(w, called(w), Verb.ASSIGN, w.second, w.third)
    assert as_of(w, call).hand == w.third.pk


def test_where_somebody_leads_only_they_give_it_out(w):
    lead(w)
    call = called(w)
    assert code_of(w, call, Verb.ASSIGN, w.second, w.third) == "wrong_person"
    assert as_of(w, do(w, call, Verb.ASSIGN, w.head, w.third)).hand == w.third.pk


def test_it_goes_to_nobody_outside_the_unit_and_not_to_who_has_it(w):
    call = in_hand(w)
    assert code_of(w, call, Verb.ASSIGN, w.second, w.police_officer) == "no_colleague"
    assert code_of(w, call, Verb.ASSIGN, w.second, w.works_officer) == "same_hand"
    assert code_of(w, call, Verb.ASSIGN, w.second) == "facts_missing"


def test_only_who_has_it_hands_it_over_and_says_how_far_it_is(w):
    call = in_hand(w)
    assert code_of(w, call, Verb.HAND_OVER, w.second, w.third) == "wrong_person"
    assert code_of(w, call, Verb.HAND_OVER, w.works_officer, w.third, note=" ") == "note_missing"
    call = do(w, call, Verb.HAND_OVER, w.works_officer, w.third)
    step = Step.objects.get(verb=Verb.HAND_OVER)
    assert step.facts == {"to": w.third.pk, "name": "城管三", "had": w.works_officer.pk}
    assert as_of(w, call).hand == w.third.pk


@pytest.mark.parametrize("state", [Answer.REPLIED, Answer.RELEASED])
@pytest.mark.parametrize("verb", HANDS)
def test_what_is_answered_is_in_nobodys_way(w, verb, state):
    assert state not in summons.MOVES[verb].sources


@pytest.mark.parametrize("verb", HANDS)
def test_no_move_of_hands_is_for_anybody_outside_the_unit(w, verb):
    call = in_hand(w)
    people = (w.police_officer, w.dispatcher, w.desk_officer, w.inspector, w.worker, w.clerk, w.street_leader)
    assert {code_of(w, call, verb, who, w.third) for who in people} == {"wrong_person"}


def test_a_unit_of_one_has_nothing_to_agree_on(w):
    police = stories.whistled(w).summonses.get(unit=w.police)
    assert code_of(w, police, Verb.CLAIM, w.police_officer) == "wrong_person"


def test_whom_the_street_named_has_it_and_keeps_it(w):
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + LATER, level="grid", worker=w.worker, note="今晚"
    )
    call = case.summonses.get()
    seat(person("dispatcher_2", "调度二", w.office), Role.DISPATCHER, w.office)
    for who in (w.dispatcher, w.worker):
        assert {code_of(w, call, verb, who, w.dispatcher) for verb in HANDS} == {"wrong_person"}


def test_no_deadline_moves_with_the_hands(w):
    call = called(w)
    before = list(Clock.objects.order_by("pk").values())
    for verb, by, to in ((Verb.CLAIM, w.second, None), (Verb.HAND_OVER, w.second, w.third),
                         (Verb.ASSIGN, w.third, w.works_officer)):  # fmt: skip
        call = do(w, call, verb, by, to)
    assert list(Clock.objects.order_by("pk").values()) == before


def test_having_it_in_hand_is_order_and_no_lock(w):
    assert do(w, in_hand(w), Verb.SIGN, w.second).state == Answer.SIGNED


def test_whose_role_ends_has_nothing_in_hand_and_sees_nothing(w):
    call = in_hand(w)
    take_role(UnitRole.objects.get(user=w.works_officer), by=None, at=w.at + LATER)
    later = w.at + 2 * LATER
    assert as_of(w, call, later).hand is None
    gone = standing_of(w.works_officer, later)
    assert not Case.objects.visible_to(gone).exists()
    assert actions.answer(call, Verb.CLAIM, by=standing_of(w.second, later), at=later).worker == w.second


def test_having_it_in_hand_shows_a_case_to_nobody_new(w):
    everybody = [
        w.works_officer,
        w.second,
        w.third,
        w.police_officer,
        w.worker,
        w.far_worker,
        w.outsider,
        w.market_officer,
    ]
    call = called(w)
    before = [Case.objects.visible_to(w.of(who)).count() for who in everybody]
    do(w, call, Verb.CLAIM, w.second)
    assert [Case.objects.visible_to(w.of(who)).count() for who in everybody] == before


def test_who_had_it_in_hand_may_not_inspect_it_even_after_leaving_the_unit(w):
    case = stories.inspecting(w)
    Summons.objects.filter(case=case, unit=w.works).update(worker=w.second)
    UnitRole.objects.filter(user=w.second).delete()
    post(w.second, Role.GRID_WORKER, w.grid, LONG_AGO)
    w.second.unit = None
    with pytest.raises(MoveRefused) as caught:
        actions.advance(case, Verb.PASS, by=w.of(w.second), at=w.at + 9 * stories.HOUR, note="已清")
    assert caught.value.code == "wrong_person"
