"""Moves by programs: made by those who may, refused like on a page, and never on a state that was not seen."""

import pytest

from cases.models import Case, State
from tests import stories
from tests.api.asking import program
from tests.present import now, present

pytestmark = pytest.mark.django_db
ACCEPT = {"summary": "路口烧烤", "category": "city", "item": "ZHZF-01", "urgency": "normal"}
WHISTLE = {"kind": "enforcement", "first_action": "已劝阻两次", "why": "无处罚权", "item": "ZHZF-01"}
BOTH = [{"unit": "CG", "leads": True}, {"unit": "GA"}]
CONTACT = {"contact": "诉求人", "means": "phone", "note": "约定现场见"}


@pytest.fixture
def w(monkeypatch):
    return present(monkeypatch)


def of_case(case, verb):
    return f"cases/{case.number}/moves/{verb}/"


def test_a_street_accepts_and_reads_the_next_version(w):
    case = stories.reported(w)
    answer = program(w.dispatcher).move(of_case(case, "accept"), ACCEPT, case.version)
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert answer.json() == {
        "case": case.number, "version": 2, "state": "accepted", "round": 1, "due_at": answer.json()["due_at"],
        "summons": None,
    }  # fmt: skip


def test_the_mark_of_what_was_read_is_taken_for_its_version(w):
    case, street = stories.reported(w), program(w.dispatcher)
    read = street.get(f"cases/{case.number}/")["ETag"]
    assert street.post(of_case(case, "turn_down"), {"note": "重复"}, if_match=read).status_code == 200


@pytest.mark.parametrize("seen", ['"7"', '"1.0123456789abcdef01"', 'W/"9"'])
def test_a_stale_version_is_told_how_the_case_stands(w, seen):
    case = stories.accepted(w)
    answer = program(w.dispatcher).post(of_case(case, "whistle"), WHISTLE | {"calls": BOTH}, if_match=seen)
    told = answer.json()
    assert (answer.status_code, told["code"], told["fresh"]["version"]) == (412, "stale", case.version)
    assert "whistle" in {move["verb"] for move in told["fresh"]["allowed_moves"]}


@pytest.mark.parametrize("seen", ["1", '"x"', '"1", "2"', '"1.0"', "{}"])
def test_what_is_no_version_of_ours_is_no_stale_one(w, seen):
    case = stories.accepted(w)
    answer = program(w.dispatcher).post(of_case(case, "whistle"), WHISTLE | {"calls": BOTH}, if_match=seen)
    assert (answer.status_code, answer.json()["code"]) == (400, "if_match_unreadable")


@pytest.mark.parametrize(
    ("who", "status", "code"),
    [("outsider", 404, "not_found"), ("works_officer", 404, "not_found"), ("worker", 403, "wrong_person")],
)
def test_whoever_may_not_is_refused_before_any_word_is_judged(w, who, status, code):
    case = stories.reported(w)
    answer = program(getattr(w, who)).move(of_case(case, "accept"), ACCEPT, case.version)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert Case.objects.get(pk=case.pk).state == State.REPORTED


def test_a_move_out_of_its_state_is_a_conflict(w):
    case = stories.accepted(w)
    answer = program(w.dispatcher).move(of_case(case, "accept"), ACCEPT, case.version)
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_whistle_calls_the_units_of_the_list(w):
    case = stories.accepted(w)
    answer = program(w.dispatcher).move(of_case(case, "whistle"), WHISTLE | {"calls": BOTH}, case.version)
    assert answer.json()["state"] == "in_hand"
    assert list(case.summonses.order_by("pk").values_list("unit__code", "leads")) == [("CG", True), ("GA", False)]


def test_whoever_is_left_out_is_named_with_the_reason(w):
    case, street = stories.accepted(w), program(w.dispatcher)
    one = WHISTLE | {"calls": BOTH[:1]}
    refused = street.move(of_case(case, "whistle"), one, case.version)
    assert (refused.status_code, refused.json()["code"], refused.json()["field"]) == (422, "reason_missing", "left_out")
    said = one | {"left_out": [{"unit": "GA", "reason": "先由城管处置"}]}
    assert street.move(of_case(case, "whistle"), said, case.version).status_code == 200
    assert "先由城管处置" in case.whistles.get().first_action


def test_a_unit_off_the_list_waits_at_the_desk_which_sends_it_out(w):
    case, beside = stories.accepted(w), [{"unit": "SJ", "leads": True, "reason": "食品问题"}]
    left = [{"unit": code, "reason": "不涉及"} for code in ("CG", "GA")]
    said = WHISTLE | {"calls": beside, "left_out": left, "lead_why": "食品问题"}
    told = program(w.dispatcher).move(of_case(case, "whistle"), said, case.version).json()
    assert told["state"] == "at_desk"
    sent = {"calls": beside, "left_out": left, "lead_why": "食品问题", "note": "请办理"}
    answer = program(w.desk_officer).move(of_case(case, "dispatch"), sent, told["version"])
    assert (answer.status_code, answer.json().get("state")) == (200, "in_hand")


def test_a_grid_worker_takes_a_case_on(w):
    case = stories.accepted(w)
    said = {"level": "grid", "worker": "worker", "note": "今晚清理"}
    assert program(w.worker).move(of_case(case, "self_handle"), said, case.version).status_code == 200
    assert case.summonses.get().worker == w.worker


@pytest.mark.parametrize("said", [{"level": "grid", "worker": "nobody"}, {"level": "grid"}, {"level": "station"}])
def test_nobody_who_does_not_serve_the_place_settles_it(w, said):
    case = stories.accepted(w)
    answer = program(w.dispatcher).move(of_case(case, "self_handle"), said | {"note": "清理"}, case.version)
    assert (answer.status_code, answer.json()["field"]) == (422, "worker")


def test_a_unit_signs_makes_contact_arrives_and_replies(w):
    case, unit = stories.whistled(w), program(w.works_officer)
    call = case.summonses.get(unit=w.works)
    now(w)
    version = case.version
    contact = CONTACT | {"contacted_at": w.at.isoformat()}
    steps = {"sign": {}, "respond": contact, "arrive": {"people": 2, "note": "到场"}, "reply": {"note": "已清理"}}
    for verb, said in steps.items():
        answer = unit.move(f"summonses/{call.pk}/moves/{verb}/", said, version)
        assert (verb, answer.status_code) == (verb, 200), answer.json()
        version = answer.json()["version"]
    assert answer.json()["summons"] == {"id": call.pk, "state": "replied"}


def test_a_unit_that_saw_an_older_state_is_told_so(w):
    case = stories.whistled(w)
    call, police = case.summonses.get(unit=w.works), case.summonses.get(unit=w.police)
    assert program(w.police_officer).move(f"summonses/{police.pk}/moves/sign/", {}, case.version).status_code == 200
    answer = program(w.works_officer).move(f"summonses/{call.pk}/moves/sign/", {}, case.version)
    assert (answer.status_code, answer.json()["fresh"]["version"]) == (412, case.version + 1)


def test_only_the_unit_that_is_called_signs(w):
    call = stories.whistled(w).summonses.get(unit=w.works)
    answer = program(w.police_officer).move(f"summonses/{call.pk}/moves/sign/", {}, call.case.version)
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_person")
    assert program(w.outsider).move(f"summonses/{call.pk}/moves/sign/", {}, 1).status_code == 404


@pytest.mark.parametrize(("verb", "status", "code"), [
    ("call_back", 409, "made_elsewhere"), ("miss", 409, "made_elsewhere"), ("rate", 409, "made_elsewhere"),
    ("settle", 409, "wrong_state"), ("dance", 404, "not_found"),
])  # fmt: skip
def test_moves_with_a_door_of_their_own_are_refused_here(w, verb, status, code):
    case = stories.calling_back(w)
    answer = program(w.clerk).move(of_case(case, verb), {}, case.version)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize("body", [
    {"note": 7}, {"note": None}, {"note": ""}, {"note": "好", "more": 1}, [], "好", {"note": "好" * 1001},
    {"note": "\u200b"},
])  # fmt: skip
def test_a_body_of_another_shape_moves_nothing(w, body):
    case = stories.inspecting(w)
    assert program(w.worker).move(of_case(case, "pass"), body, case.version).status_code in (400, 422)
    assert Case.objects.get(pk=case.pk).state == State.INSPECTING
