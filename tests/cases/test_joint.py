"""Joint action: who may when, whose silence it is, and that nobody leaves before the street agrees."""

from datetime import timedelta

import pytest

from accountability import sweep
from accountability.models import Clock
from cases import actions
from cases.actions import joining
from cases.actions.joint import begin_due
from cases.invariants import faults
from cases.models import Answer, Case, JointAction, JointMember, Step, Summons, Verb, WrongCode
from cases.moves import MoveRefused
from cases.proving import LASTS, TRIES, WITHIN, code_of, try_code
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db
HOUR = stories.HOUR
INSTANT = timedelta(microseconds=1)
MEETS = 4 * HOUR


@pytest.fixture
def w():
    """Two units called, of which one leads."""
    w = world()
    w.case = stories.whistled(w)
    w.lead, w.other = w.case.summonses.get(unit=w.works), w.case.summonses.get(unit=w.police)
    return w


def convene(w, by=None, **more) -> Case:
    facts = {
        "kind": "enforcement", "place": "北门", "meets_at": (w.at + MEETS).isoformat(), "lead": "CG",
        "members": ["CG", "GA"],
    }  # fmt: skip
    by, at = by or w.dispatcher, w.at + 2 * HOUR
    return actions.advance(w.case, Verb.CONVENE, by=w.of(by), at=at, note="先查后清", facts=facts | more)


def does(w, call: Summons, verb: Verb, *, at=MEETS, by=None, note="", **facts) -> Summons:
    officers = {w.works.pk: w.works_officer, w.police.pk: w.police_officer}
    by = by or officers[call.unit_id]
    fresh = Summons.objects.get(pk=call.pk)
    return actions.answer(fresh, verb, by=w.of(by, w.at + at), at=w.at + at, note=note, facts=facts)


def signs_in(w, call, at=MEETS, **facts) -> Summons:
    return does(w, call, Verb.ATTEND, at=at, **{"who": "王队", "people": 3, **facts})


def result(w, call, at=MEETS + HOUR) -> Summons:
    return does(w, call, Verb.OUTCOME, at=at, note="已查处")


def concludes(w, at=MEETS + 2 * HOUR, by=None, note="三家到场，摊位已清") -> Case:
    case = Case.objects.get(pk=w.case.pk)
    return actions.advance(case, Verb.CONCLUDE, by=w.of(by or w.dispatcher), at=w.at + at, note=note)


def refused(do, *given, **more) -> str:
    before = Step.objects.count()
    with pytest.raises(MoveRefused) as caught:
        do(*given, **more)
    assert caught.value.sentence.strip()
    assert Step.objects.count() == before
    return str(caught.value.code)


def part(call) -> JointMember:
    return JointMember.objects.get(summons=call)


def time_of(call) -> Clock | None:
    return Clock.objects.filter(subject_kind="joint_member", subject_id=part(call).pk).first()


def streets_time() -> Clock | None:
    return Clock.objects.filter(subject_kind="joint").first()


def sweep_at(w, after) -> None:
    begin_due(w.at + after)
    sweep.lapse_kind("joint_member", w.at + after, 0)
    sweep.lapse_kind("joint", w.at + after, 0)


def sound(w) -> None:
    """Nothing that must hold is broken; the moments of this world are not the database's."""
    assert [fault for fault in faults(w.at) if "recorded" not in fault and "记录" not in fault] == []


# ---- Opening


def test_units_are_called_together_and_nothing_runs_before_they_meet(w):
    case = convene(w)
    joint = JointAction.objects.get()
    assert (case.state, joint.place, joint.meets_at) == ("in_hand", "北门", w.at + MEETS)
    assert [(one.summons_id, one.leads) for one in joint.members.all()] == [(w.lead.pk, True), (w.other.pk, False)]
    assert begin_due(w.at + MEETS - INSTANT) == 0
    assert begin_due(w.at + MEETS + HOUR) == 1
    assert begin_due(w.at + MEETS + HOUR) == 0
    assert (time_of(w.other).started_at, time_of(w.lead)) == (w.at + MEETS, None)
    sound(w)


def test_one_that_cannot_begin_stands_in_nobodys_way(w, monkeypatch):
    ill, sound_one = convene(w), stories.convened(w, MEETS)
    whole = joining.keep_up

    def poisoned(pairs):
        if any(ledger.case.pk == ill.pk for ledger, _joint in pairs):
            raise ValueError("poison")
        whole(pairs)

    monkeypatch.setattr(joining, "keep_up", poisoned)
    assert begin_due(w.at + MEETS + HOUR) == 1
    assert JointAction.objects.get(begun_at=None).case_id == ill.pk
    assert JointAction.objects.get(case=sound_one).begun_at == w.at + MEETS


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"members": ["CG", "SJ"]}, "no_member"),
        ({"lead": "GA", "members": ["CG"]}, "no_joint_lead"),
        ({"meets_at": "2026-03-09T09:00:00+08:00"}, "meeting_over"),
        ({"meets_at": "soon"}, "meeting_unclear"),
        ({"members": []}, "facts_missing"),
    ],
)
def test_what_does_not_fit_is_refused(w, facts, code):
    assert refused(convene, w, **facts) == code


@pytest.mark.parametrize("who", ["works_officer", "desk_officer", "outsider", "worker", "street_leader"])
def test_only_the_dispatcher_of_the_street_opens_and_ends_it(w, who):
    assert refused(convene, w, by=getattr(w, who)) == "wrong_person"
    convene(w)
    assert refused(concludes, w, by=getattr(w, who)) == "wrong_person"


def test_one_at_a_time_and_only_over_units_that_are_called(w):
    convene(w)
    assert refused(convene, w) == "joint_open"
    own = stories.accepted(w)
    w.case = actions.self_handle(own, by=w.of(w.dispatcher), at=w.at + HOUR, level="street", note="自办")
    assert refused(convene, w) == "nobody_called"


# ---- Signing in


def test_each_signs_in_itself_when_it_has_begun_and_once(w):
    assert refused(signs_in, w, w.other) == "no_joint"
    convene(w)
    assert refused(signs_in, w, w.other, at=MEETS - INSTANT) == "not_begun"
    assert refused(does, w, w.other, Verb.ATTEND, by=w.works_officer, who="代签", people=1) == "wrong_person"
    signs_in(w, w.other)
    assert (part(w.other).proof, part(w.other).people, part(w.other).who) == ("said", 3, "王队")
    assert refused(signs_in, w, w.other) == "signed_in"
    sound(w)


def test_the_streets_code_proves_it_and_is_not_kept(w):
    convene(w)
    code = code_of(w.case, w.at + MEETS).figures
    signs_in(w, w.other, code=code)
    step = w.other.steps.get(verb=Verb.ATTEND)
    assert (step.facts["proof"], part(w.other).proof) == ("code", "code")
    assert code not in str(step.facts)
    wrong = str((int(code) + 1) % 10**6).zfill(6)
    assert refused(signs_in, w, w.lead, code=wrong) == "wrong_code"


def test_a_code_holds_for_its_five_minutes_and_the_next_five(w):
    code = code_of(w.case, w.at)
    assert code.until - LASTS <= w.at < code.until
    try_code(w.other, code.figures, w.of(w.police_officer), code.until + LASTS - INSTANT)
    assert refused(try_code, w.other, code.figures, w.of(w.police_officer), code.until + LASTS) == "wrong_code"
    assert code_of(stories.whistled(w), w.at).figures != code.figures


def test_wrong_codes_are_counted_and_then_no_code_is_taken_for_a_while(w):
    by, right = w.of(w.police_officer), code_of(w.case, w.at).figures
    wrong = str((int(right) + 7) % 10**6).zfill(6)
    codes = [refused(try_code, w.other, wrong, by, w.at) for _ in range(TRIES + 2)]
    assert codes == ["wrong_code"] * TRIES + ["too_many_codes"] * 2
    assert WrongCode.objects.count() == TRIES
    assert refused(try_code, w.other, right, by, w.at) == "too_many_codes"
    try_code(w.lead, right, w.of(w.works_officer), w.at)
    later = w.at + WITHIN
    try_code(w.other, code_of(w.case, later).figures, by, later)


def test_the_position_is_kept_with_its_distance_from_the_place(w):
    Case.objects.filter(pk=w.case.pk).update(lon=117.0, lat=36.65)
    convene(w)
    signs_in(w, w.other, lon=117.0, lat=36.651, accuracy=12)
    facts = w.other.steps.get(verb=Verb.ATTEND).facts
    assert (facts["proof"], facts["metres"], facts["accuracy"]) == ("place", 111, 12)
    assert part(w.other).metres == 111


def test_an_arrival_says_how_it_is_known(w):
    Case.objects.filter(pk=w.case.pk).update(lon=117.0, lat=36.65)
    for call, facts in ((w.lead, {}), (w.other, {"lon": 117.001, "lat": 36.65})):
        does(w, call, Verb.SIGN)
        does(w, call, Verb.RESPOND, **stories.CONTACT)
        assert refused(does, w, call, Verb.ARRIVE, note="到了", code="000000x") == "wrong_code"
        does(w, call, Verb.ARRIVE, note="到了", **facts)
    told = [step.facts for step in Step.objects.filter(verb=Verb.ARRIVE).order_by("seq")]
    assert told == [{"proof": "said"}, {"lon": 117.001, "lat": 36.65, "proof": "place", "metres": 89}]


# ---- Results, and silence


def test_a_result_follows_a_sign_in_and_the_lead_comes_last(w):
    convene(w)
    assert refused(result, w, w.other) == "sign_in_first"
    signs_in(w, w.lead)
    signs_in(w, w.other)
    assert refused(result, w, w.lead) == "members_unfinished"
    result(w, w.other)
    assert refused(result, w, w.other) == "result_given"
    assert time_of(w.lead).started_at == w.at + MEETS + HOUR
    result(w, w.lead, at=MEETS + 2 * HOUR)
    assert streets_time().started_at == w.at + MEETS + 2 * HOUR
    assert streets_time().holder == w.office
    sound(w)


def test_a_silent_member_is_marked_on_its_own_summons_and_the_lead_is_not(w):
    convene(w)
    signs_in(w, w.lead)
    due = time_of(w.other).due_at
    late = due - w.at + HOUR
    assert refused(result, w, w.lead, at=due - w.at) == "members_unfinished"
    sweep_at(w, late)
    sweep_at(w, late)
    (step,) = Step.objects.filter(verb=Verb.LAPSE, facts__phase="joint")
    assert (step.summons_id, step.unit) == (w.other.pk, w.police)
    assert (step.facts["silent"], step.facts["came"]) == (True, False)
    assert (part(w.other).silent_at, part(w.lead).silent_at) == (due, None)
    assert time_of(w.lead).started_at == due
    sound(w)
    result(w, w.lead, at=late)
    concludes(w, at=late)
    assert not Clock.objects.running().filter(subject_kind__startswith="joint").exists()
    sound(w)


def test_a_late_sweep_changes_nothing(w):
    """The lead may go on from the due moment on, and who was silent is so when it is ended, swept or not."""
    convene(w)
    signs_in(w, w.lead)
    due = time_of(w.other).due_at
    result(w, w.lead, at=due - w.at + INSTANT)
    concludes(w, at=due - w.at + HOUR)
    assert part(w.other).silent_at == due
    assert Step.objects.get(verb=Verb.LAPSE, facts__phase="joint").summons_id == w.other.pk
    sound(w)


def test_a_result_that_comes_late_is_taken_and_was_silent(w):
    convene(w)
    signs_in(w, w.other)
    due = time_of(w.other).due_at
    result(w, w.other, at=due - w.at + HOUR)
    assert (part(w.other).silent_at, part(w.other).result) == (due, "已查处")
    sound(w)


def test_exactly_at_the_due_moment_is_in_time(w):
    convene(w)
    signs_in(w, w.other)
    due = time_of(w.other).due_at
    result(w, w.other, at=due - w.at)
    assert part(w.other).silent_at is None
    assert not Step.objects.filter(verb=Verb.LAPSE, facts__phase="joint").exists()


# ---- Leaving


def test_the_case_waits_for_the_street_when_all_have_replied(w):
    convene(w)
    for call in (w.lead, w.other):
        signs_in(w, call)
        stories.replies(w, Summons.objects.get(pk=call.pk), at=w.at + MEETS)
    assert Case.objects.get(pk=w.case.pk).state == "in_hand"
    assert refused(actions.advance, w.case, Verb.SETTLE, by=None, at=w.at + MEETS) == "joint_open"
    assert refused(concludes, w) == "members_unfinished"
    result(w, w.other)
    result(w, w.lead, at=MEETS + HOUR)
    assert concludes(w).state == "inspecting"
    assert {one.let_go_at for one in JointMember.objects.all()} == {w.at + MEETS + 2 * HOUR}
    assert streets_time().stopped_at is not None
    sound(w)


def test_the_street_lets_one_unit_go_and_may_send_it_back(w):
    convene(w)
    signs_in(w, w.other)
    call = stories.replies(w, Summons.objects.get(pk=w.other.pk), at=w.at + MEETS)
    go = {"by": w.dispatcher, "at": MEETS + HOUR}
    assert refused(does, w, call, Verb.LET_GO, **go) == "result_owed"
    result(w, w.other, at=MEETS)
    assert refused(does, w, call, Verb.LET_GO, at=MEETS + HOUR, by=w.police_officer) == "wrong_person"
    does(w, call, Verb.LET_GO, **go)
    assert refused(does, w, call, Verb.LET_GO, **go) == "let_go_already"
    assert refused(does, w, call, Verb.RECALL, **go) == "note_missing"
    back = does(w, call, Verb.RECALL, note="封条又撕了", **go)
    assert (back.state, part(call).let_go_at) == (Answer.SIGNED, None)
    assert Clock.objects.of("summons", [call.pk]).running().get().phase == "result"
    does(w, call, Verb.REPLY, at=MEETS + 2 * HOUR, note="已重封")
    sound(w)


def test_a_unit_is_sent_back_before_the_inspection_only(w):
    stories.replies(w, w.other)
    assert refused(does, w, w.other, Verb.RECALL, by=w.outsider, note="再查") == "wrong_person"
    does(w, w.other, Verb.RECALL, by=w.dispatcher, note="再查")
    does(w, w.other, Verb.REPLY, note="查了")
    stories.replies(w, w.lead)
    assert refused(does, w, w.other, Verb.RECALL, by=w.dispatcher, note="再查") == "gone_on"
    sound(w)


def test_who_is_not_needed_is_excused_and_the_case_goes_on_without_it(w):
    assert refused(does, w, w.lead, Verb.EXCUSE, by=w.dispatcher, note="不需要") == "lead_stays"
    assert refused(does, w, w.other, Verb.EXCUSE, note="不想去") == "wrong_person"
    assert refused(does, w, w.other, Verb.EXCUSE, by=w.dispatcher) == "note_missing"
    stories.replies(w, w.lead)
    excused = does(w, w.other, Verb.EXCUSE, by=w.dispatcher, note="店家有证")
    assert excused.state == Answer.RELEASED
    assert Case.objects.get(pk=w.case.pk).state == "inspecting"
    assert not Clock.objects.of("summons", [w.other.pk]).running().exists()
    sound(w)


def test_an_excused_member_is_awaited_no_more(w):
    convene(w)
    signs_in(w, w.lead)
    does(w, w.other, Verb.EXCUSE, at=MEETS + HOUR, by=w.dispatcher, note="店家有证")
    assert time_of(w.other).stopped_at == w.at + MEETS + HOUR
    assert part(w.other).silent_at is None
    result(w, w.lead, at=MEETS + 2 * HOUR)
    concludes(w)
    sound(w)


def test_it_can_be_called_off_before_it_begins_and_another_opened(w):
    convene(w)
    concludes(w, at=3 * HOUR, note="下雨改期")
    convene(w)
    assert [one.minutes for one in JointAction.objects.order_by("pk")] == ["下雨改期", ""]
    sound(w)


def test_a_withdrawn_whistle_calls_it_off(w):
    convene(w)
    actions.advance(w.case, Verb.WITHDRAW, by=w.of(w.dispatcher), at=w.at + 3 * HOUR, note="已自行撤离")
    assert JointAction.objects.get().minutes == "已自行撤离"
    sound(w)


def test_the_street_that_leaves_the_minutes_lying_is_overdue_itself(w):
    convene(w)
    for call in (w.other, w.lead):
        signs_in(w, call)
        result(w, call)
    due = streets_time().due_at
    sweep_at(w, due - w.at + HOUR)
    step = Step.objects.get(verb=Verb.LAPSE, facts__phase="minutes")
    assert (step.summons_id, step.unit) == (None, w.office)
    sound(w)


# ---- What `verify` would say


@pytest.mark.parametrize(
    "harm",
    [
        lambda w: JointMember.objects.filter(leads=True).update(leads=False),
        lambda w: JointMember.objects.filter(leads=False).update(silent_at=w.at),
        lambda w: JointMember.objects.update(signed_in_at=w.at, proof="said"),
        lambda w: JointAction.objects.update(over_at=w.at + MEETS, minutes="完"),
        lambda w: JointMember.objects.update(case=stories.accepted(w)),
    ],
)
def test_rows_that_say_otherwise_are_found(w, harm):
    convene(w)
    begin_due(w.at + MEETS)
    sound(w)
    harm(w)
    with pytest.raises(AssertionError):
        sound(w)
