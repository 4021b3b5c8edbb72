"""Many hands on one dispute, and sweeps beside them: declined once, ruled once, put up once."""

import pytest

from accountability import sweep
from audit import clock
from cases import actions
from cases.models import Answer, Dispute, Step, Summons, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.present import let_time_pass, present
from tests.races.test_cases import at_once, faults, sound

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
HANDS = 6


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def declining(w):
    call = Summons.objects.get(pk=w.call.pk)
    facts = {"to": "SJ", "duty": w.duty.pk}
    return lambda: actions.decline(call, by=w.of(w.works_officer), at=clock.now(), note="不归我局", facts=facts)


def ruling(w, verb: Verb):
    call = Summons.objects.get(pk=w.call.pk)
    action = actions.uphold if verb == Verb.UPHOLD else actions.deny
    return lambda: action(call, by=w.of(w.desk_officer), at=clock.now(), note="按清单", facts={"to": "SJ"})


def sweeping():
    return sweep.run_once(clock.now())


def codes(results) -> set[str]:
    lost = faults(results)
    assert all(isinstance(one, MoveRefused) for one in lost), lost
    return {one.code for one in lost}


def test_a_unit_with_many_hands_declines_once(w):
    results = at_once(*[declining(w) for _ in range(HANDS)])
    assert codes(results) == {"declined_before"}
    assert Dispute.objects.count() == Step.objects.filter(verb=Verb.DECLINE).count() == 1
    assert sound() == []


def test_of_many_rulings_one_counts(w):
    declining(w)()
    results = at_once(*[ruling(w, verb) for verb in (Verb.UPHOLD, Verb.DENY) * (HANDS // 2)])
    assert len(faults(results)) == HANDS - 1
    assert codes(results) <= {"no_dispute", "wrong_state"}
    dispute, call = Dispute.objects.get(), Summons.objects.get(pk=w.call.pk)
    assert (dispute.ruling == "upheld") == (call.state == Answer.RELEASED)
    assert sound() == []


def test_many_sweeps_put_it_up_once(w):
    declining(w)()
    let_time_pass(subject_kind="dispute")
    assert faults(at_once(*[sweeping] * HANDS)) == []
    assert Step.objects.filter(verb=Verb.CONFER).count() == 1
    assert Dispute.objects.get().bench == "conferral"
    assert sound() == []


def test_a_reply_beside_a_ruling_leaves_nothing_half_done(w):
    declining(w)()
    by = w.of(w.works_officer)
    for verb, given in ((Verb.SIGN, {}), (Verb.RESPOND, {"facts": stories.CONTACT}), (Verb.ARRIVE, {"note": "到"})):
        actions.answer(Summons.objects.get(pk=w.call.pk), verb, by=by, at=clock.now(), **given)
    call = Summons.objects.get(pk=w.call.pk)

    def reply():
        return actions.answer(call, Verb.REPLY, by=by, at=clock.now(), note="已清理")

    codes(at_once(reply, ruling(w, Verb.UPHOLD), sweeping))
    dispute, state = Dispute.objects.get(), Summons.objects.get(pk=w.call.pk).state
    assert (dispute.ruling, state) in (("withdrawn", Answer.REPLIED), ("upheld", Answer.RELEASED))
    assert sound() == []
