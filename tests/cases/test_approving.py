"""The street's leader says yes or no to a whistle: beforehand, or afterwards where it could not wait."""

import pytest

from accountability.models import Clock
from cases import actions
from cases.invariants import faults as all_faults
from cases.models import Answer, Case, Step, Verb, Whistle
from cases.moves import MoveRefused
from tests import stories
from tests.stories import HOUR
from tests.world import post, seat, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return stories.with_leaders(world())


def blown(w, case=None, kind="enforcement", calls=None, at=None) -> Case:
    case = case or stories.accepted(w)
    calls = stories.calls(w) if calls is None else calls
    return actions.blow_whistle(
        case, by=w.of(w.dispatcher), at=at or w.at + HOUR, kind=kind, first_action="已劝阻两次", calls=calls
    )


def approve(w, case, verb=Verb.APPROVE, who="street_leader", at=None):
    return actions.approve_whistle(case, verb=verb, by=w.of(getattr(w, who)), at=at or w.at + 2 * HOUR)


def said(w, case, verb, note="", who="street_leader", at=None):
    return actions.advance(case, verb, by=w.of(getattr(w, who)), at=at or w.at + 2 * HOUR, note=note)


def refused(made, *given, **named) -> str:
    with pytest.raises(MoveRefused) as caught:
        made(*given, **named)
    assert caught.value.sentence.strip()
    return caught.value.code


def faults(at) -> list[str]:
    """What does not fit together; that these stories lie in another year than the test is no fault of theirs."""
    return [said for said in all_faults(at) if "记录时间" not in said]


def running(case) -> dict:
    return {one.phase: one for one in Clock.objects.of("case", [case.pk]).running()}


def test_nobody_is_called_before_the_leader_has_said_yes(w):
    case = blown(w)
    assert (case.state, case.approval, case.summonses.count()) == ("accepted", "before", 0)
    case = approve(w, case)
    assert (case.state, case.approval) == ("in_hand", "")
    assert {str(call.unit) for call in case.summonses.all()} == {"区城管局", "区公安分局"}
    whistle = case.whistles.get()
    assert (whistle.sent_at, whistle.judged_by, whistle.approved) == (w.at + 2 * HOUR, w.street_leader, True)
    assert [call.duty is not None for call in case.summonses.all()] == [True, True]
    assert faults(w.at + 2 * HOUR) == []


def test_the_time_to_decide_runs_on_while_the_leader_thinks(w):
    case = stories.accepted(w)
    before = running(case)["dispatch"]
    case = blown(w, case)
    now = running(case)
    assert (now["dispatch"].pk, now["dispatch"].due_at) == (before.pk, before.due_at)
    assert now["approve"].holder == w.office
    assert set(running(approve(w, case))) == {"promise"}


def test_what_needs_the_desk_goes_there_once_it_is_approved(w):
    case = blown(w, calls=[])
    assert (case.state, case.approval) == ("accepted", "desk")
    assert refused(approve, w, case) == "nothing_to_approve"
    case = approve(w, case, Verb.PASS_UP)
    assert (case.state, case.approval, case.whistles.get().sent_at) == ("at_desk", "", None)
    case = actions.dispatch(case, by=w.of(w.desk_officer), at=w.at + 3 * HOUR, calls=stories.calls(w))
    assert case.state == "in_hand"


def test_what_the_leader_does_not_approve_never_leaves_the_street(w):
    case = blown(w)
    assert refused(said, w, case, Verb.REJECT) == "note_missing"
    case = said(w, case, Verb.REJECT, "先与社区再上门一次")
    assert (case.state, case.approval, case.summonses.count()) == ("accepted", "", 0)
    assert set(running(case)) == {"dispatch", "promise"}
    assert not Whistle.objects.left_the_street().exists()
    assert not Whistle.objects.not_needed().exists()
    assert blown(w, case, at=w.at + 3 * HOUR).approval == "before"


def test_nothing_else_is_begun_while_a_whistle_waits(w):
    case = blown(w)
    assert refused(blown, w, case) == "whistle_waits"
    own = {"by": w.of(w.dispatcher), "at": w.at + 2 * HOUR, "level": "grid", "worker": w.worker, "note": "去看"}
    assert refused(actions.self_handle, case, **own) == "whistle_waits"


def test_the_street_takes_it_back_before_the_leader_has_decided(w):
    case = blown(w)
    due = running(case)["dispatch"].due_at
    case = said(w, case, Verb.WITHDRAW, "已自行撤离", who="dispatcher")
    assert (case.state, case.approval, running(case)["dispatch"].due_at) == ("accepted", "", due)
    assert refused(approve, w, case) == "nothing_to_approve"
    assert not Whistle.objects.not_needed().exists()  # nobody outside the street ever heard of it


def test_an_urgent_whistle_goes_at_once_and_is_approved_afterwards(w):
    case = blown(w, kind="emergency")
    assert (case.state, case.approval, case.summonses.count()) == ("in_hand", "after", 2)
    assert refused(approve, w, case) == "nothing_to_approve"
    case = said(w, case, Verb.CONFIRM)
    assert (case.state, case.approval, case.whistles.get().approved) == ("in_hand", "", True)
    assert "approve" not in running(case)


def test_an_objection_tears_nothing_down_and_counts_against_the_street(w):
    case = said(w, blown(w, kind="emergency"), Verb.OBJECT, "中队两条街外即到")
    assert [call.state for call in case.summonses.all()] == [Answer.SENT, Answer.SENT]
    assert Whistle.objects.not_needed().get() == case.whistles.get()


def test_what_the_desk_sends_back_counts_against_the_street_and_needs_no_word_more(w):
    w.profile.stages.remove("approve")
    w.profile.save()
    urgent = stories.accepted(w)
    urgent.urgency = "urgent"
    urgent.save()
    w.profile.stages.insert(0, "approve")
    w.profile.save()
    case = blown(w, urgent, calls=[])
    assert (case.state, case.approval) == ("at_desk", "after")
    case = said(w, case, Verb.SEND_BACK, "先自行处置", who="desk_officer")
    assert (case.state, case.approval, "approve" in running(case)) == ("accepted", "", False)
    assert Whistle.objects.not_needed().count() == 1


def test_a_leader_who_blows_the_whistle_does_not_approve_it(w):
    post(w.street_leader, "dispatcher", w.street)
    case = actions.blow_whistle(
        stories.accepted(w), by=w.of(w.street_leader), at=w.at + HOUR, kind="enforcement", first_action="已劝阻",
        calls=stories.calls(w),
    )  # fmt: skip
    assert refused(approve, w, case) == "own_whistle"


def test_only_the_leader_of_this_street_approves(w):
    seat(w.outsider, "street_leader", w.other_office)
    case = blown(w)
    for who in ("dispatcher", "outsider", "desk_officer", "works_officer", "worker", "inspector"):
        assert refused(approve, w, case, who=who) == "wrong_person", who


def test_own_people_go_on_until_the_leader_has_decided(w):
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + HOUR, level="grid", worker=w.worker, note="去看"
    )
    case = blown(w, case)
    assert (case.state, case.summonses.get().state) == ("in_hand", Answer.SIGNED)
    assert refused(said, w, case, Verb.WITHDRAW, "算了", who="dispatcher") == "no_whistle"
    case = approve(w, case)
    assert sorted(call.state for call in case.summonses.all()) == ["released", "sent", "sent"]


def test_what_own_people_settle_meanwhile_needs_no_whistle(w):
    case = actions.self_handle(
        stories.accepted(w, has_citizen=False), by=w.of(w.dispatcher), at=w.at + HOUR, level="grid", worker=w.worker,
        note="去看",
    )  # fmt: skip
    case = blown(w, case)
    actions.answer(case.summonses.get(), Verb.REPLY, by=w.of(w.worker), at=w.at + 3 * HOUR, note="已清理")
    case.refresh_from_db()
    assert (case.state, case.approval, "approve" in running(case)) == ("inspecting", "", False)
    assert faults(w.at + 3 * HOUR) == []


def test_a_word_that_comes_too_late_is_on_record_as_late(w):
    case = blown(w, kind="emergency")
    case = said(w, case, Verb.CONFIRM, at=w.at + 80 * HOUR)
    assert Step.objects.filter(case=case, verb=Verb.LAPSE, facts__phase="approve").get().unit == w.office


def test_closing_leaves_no_clock_of_an_approval_behind(w):
    case = blown(w, kind="emergency")
    for call in case.summonses.all():
        stories.replies(w, call)
    case = actions.advance(Case.objects.get(pk=case.pk), Verb.PASS, by=w.of(w.worker), at=w.at + 3 * HOUR, note="净")
    facts = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    case = actions.advance(case, Verb.CALL_BACK, by=w.of(w.clerk), at=w.at + 4 * HOUR, facts=facts)
    case = actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="办结")
    assert (case.approval, running(case), case.whistles.get().approved) == ("", {}, None)
    assert faults(w.at + 5 * HOUR) == []


def test_a_word_that_was_still_owed_at_the_closing_is_not_waited_for_when_the_case_is_opened_again(w):
    case = stories.before_the_leader(w, kind="emergency")
    for call in case.summonses.all():
        stories.replies(w, call)
    case = Case.objects.get(pk=case.pk)
    for verb, by, facts in (
        (Verb.PASS, w.worker, {}),
        (Verb.CALL_BACK, w.clerk, {"outcome": "reached", "solved": True, "grade": "satisfied"}),
        (Verb.CLOSE, w.desk_officer, {}), (Verb.REOPEN, w.inspector, {}),
    ):  # fmt: skip
        at = w.at + 9 * stories.HOUR
        case = actions.advance(Case.objects.get(pk=case.pk), verb, by=w.of(by, at), at=at, note="说明", facts=facts)
    assert (case.state, case.approval) == ("in_hand", "")
    assert [fault for fault in faults(w.at) if "记录时间" not in fault] == []
