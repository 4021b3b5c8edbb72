"""The whole life of a case once more, walked by programs: every move by the API of a served site, by whose it is.

As in the browser, nothing is set but limits; what the sweep and the marks do is waited for and read by the API too.
"""

import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command

from accountability.models import Phase
from engagement.models import Grade, Outcome
from people.models import Role
from tests.journeys.calls import Calls, move_of
from tests.journeys.journey import limit

SOON = 5.0
SUMMARY = "巷口摊点占道，行人绕行"
REFUSAL = {"code", "sentence", "field"}

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def j(house) -> Calls:
    return Calls(house)


def refused(answer, status: int, code: str) -> dict:
    told = answer.json()
    assert (answer.status, told["code"]) == (status, code)
    assert set(told) >= REFUSAL
    assert told["sentence"]
    return told


def waited_for(question, within: float = SOON):
    """The first answer that is not empty."""
    until = time.monotonic() + within
    while not (found := question()):
        assert time.monotonic() < until, f"not within {within} s"
        time.sleep(0.1)
    return found


# ---- the street


def a_clerk_takes_it_down_once(j: Calls) -> None:
    clerk, key = j.seated(Role.CLERK), {"Idempotency_Key": str(uuid4())}
    said = {
        "channel": "hotline", "words": "小区北门一到晚上就有三个摊位占着人行道，轮椅过不去。", "place": "北门外十米",
        "area": j.place.community.code, "phone": "13800000001",
    }  # fmt: skip
    refused(clerk.post("reports/", said), 400, "idempotency_key_missing")
    first, again = clerk.post("reports/", said, **key), clerk.post("reports/", said, **key)
    assert (first.status, first.json()) == (201, again.json())
    assert (first.headers["Idempotency-Replayed"], again.headers["Idempotency-Replayed"]) == (None, "true")
    refused(clerk.post("reports/", {**said, "words": "另一件事"}, **key), 422, "form_key_used")
    j.number = first.json()["case"]
    assert j.case.area == j.place.community


def the_street_accepts(j: Calls) -> None:
    street, read = j.dispatcher, j.read(j.dispatcher)
    move = move_of(read.json(), "accept")
    said = {"summary": SUMMARY, "category": j.item.category.code, "item": j.item.code, "urgency": "extreme"}
    refused(j.outsider.get(f"cases/{j.number}/"), 404, "not_found")
    refused(j.outsider.post(move["href"], said, If_Match=read.headers["ETag"]), 404, "not_found")
    refused(street.post(move["href"], said), 428, "if_match_missing")
    assert street.post(move["href"], said, If_Match=read.headers["ETag"]).json()["state"] == "accepted"
    refused(street.post(move["href"], said, If_Match=read.headers["ETag"]), 412, "stale")
    now = j.read(street)
    told = refused(street.post(move["href"], said, If_Match=now.headers["ETag"]), 409, "wrong_state")
    assert told["sentence"] == move_of(now.json(), "accept")["sentence"]


def the_street_whistles_to_two_units(j: Calls) -> None:
    lead, support, third = j.units
    told = j.moves(j.dispatcher, "whistle", {
        "kind": "enforcement", "first_action": "昨晚两次劝离，散后复来", "why": "无处罚权", "item": j.item.code,
        "calls": [{"unit": lead.code, "leads": True}, {"unit": support.code}],
        "left_out": [{"unit": third.code, "reason": "先由两家处置"}],
    })  # fmt: skip
    assert told["state"] == "in_hand"
    called = {(call["unit"], call["leads"]) for call in j.read(j.dispatcher).json()["units"]}
    assert called == {(lead.code, True), (support.code, False)}


def the_leader_approves_afterwards(j: Calls) -> None:
    leader, seen = j.who(j.place.leader), j.read(j.dispatcher).headers["ETag"]
    refused(j.dispatcher.post(f"cases/{j.number}/moves/confirm/", {}, If_Match=seen), 403, "wrong_person")
    j.moves(leader, "confirm")
    assert [row["approved"] for row in j.rows(leader, "whistles")] == [True]


def the_street_calls_a_third_unit(j: Calls) -> None:
    """Under a limit for first contact that nobody can keep."""
    limit(Phase.RESPOND, 2, "clock_second")
    j.moves(j.dispatcher, "whistle", {
        "kind": "enforcement", "first_action": "两家到场后发现另有证照问题", "why": "须查验证照", "item": j.item.code,
        "calls": [{"unit": j.units[2].code}],
    })  # fmt: skip
    limit(Phase.RESPOND, 30, "clock_minute")


# ---- the units


def whoever_is_slower_reads_again(j: Calls) -> None:
    """Both have read the same version; the second is told how the case stands now, and signs by that."""
    (lead, support), (first, second) = j.units[:2], j.officers[:2]
    seen = j.read(first).headers["ETag"]
    calls = [move_of(j.call_of(by, unit), "sign") for by, unit in ((first, lead), (second, support))]
    assert first.post(calls[0]["href"], {}, If_Match=seen).status == 200
    fresh = refused(second.post(calls[1]["href"], {}, If_Match=seen), 412, "stale")["fresh"]
    assert fresh == j.read(second).json()
    answer = second.post(calls[1]["href"], {}, If_Match=f'"{fresh["version"]}"')
    assert (answer.status, answer.json()["version"]) == (200, fresh["version"] + 1)


def each_is_told_why_the_rest_is_not_open(j: Calls) -> None:
    """In the case read, and again by whoever tries all the same."""
    officer, (lead, support) = j.officers[0], j.units[:2]
    own, others = j.call_of(officer, lead), j.call_of(officer, support)
    assert move_of(own, "respond")["allowed"]
    tries = ((own, "sign", {}, 409, "wrong_state"), (own, "reply", {"note": "已清离"}, 422, "contact_owed"),
             (others, "respond", contact(), 403, "wrong_person"))  # fmt: skip
    for thing, verb, body, status, code in tries:
        move = move_of(thing, verb)
        told = refused(officer.post(move["href"], body, If_Match=f'"{thing["version"]}"'), status, code)
        assert (move["allowed"], move["code"], move["sentence"]) == (False, code, told["sentence"])


def contact() -> dict:
    at = datetime.now(UTC).isoformat()
    return {"contact": "诉求人", "contacted_at": at, "means": "phone", "note": "约定今晚现场见"}


def make_contact_and_arrive(j: Calls, *units) -> None:
    for unit in units:
        j.answers(unit, "respond", contact())
        j.answers(unit, "arrive", {"people": 2, "note": "北门外，三个摊位"})


def the_third_is_late(j: Calls) -> None:
    """The sweep lapses its clock at the moment it was due; afterwards the unit comes."""
    officer, unit = j.officers[2], j.units[2]

    def late() -> list:
        clocks = j.rows(officer, "clocks", holder=unit.code, phase="respond")
        return [clock for clock in clocks if clock["lapsed_at"]]

    [clock] = waited_for(late, 2 + SOON)
    assert clock["lapsed_at"] == clock["due_at"]
    since = datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"])
    assert since == timedelta(seconds=2)
    j.answers(unit, "sign")
    make_contact_and_arrive(j, unit)


def all_reply(j: Calls) -> None:
    for unit in j.units:
        told = j.answers(unit, "reply", {"note": "三个摊位已清离，物品已登记"})
    assert (told["state"], told["summons"]["state"]) == ("inspecting", "replied")


# ---- looking, asking, closing


def it_is_inspected_sent_back_and_passes(j: Calls) -> None:
    assert j.moves(j.worker, "rework", {"note": "又回来一个摊位"})["round"] == 2
    j.answers(j.units[0], "reply", {"note": "摊位已移走，加派晚间值守"})
    assert j.moves(j.worker, "pass", {"note": "晚八点通行正常"})["state"] == "calling_back"


def the_resident_is_reached(j: Calls) -> None:
    said = {"outcome": Outcome.REACHED, "solved": True, "grade": Grade.SATISFIED, "words": "很快就清走了"}
    assert j.moves(j.seated(Role.CLERK), "call_back", said)["state"] == "closing"


def nobody_is_reached_three_times(j: Calls) -> None:
    states = [j.moves(j.seated(Role.CLERK), "call_back", {"outcome": Outcome.NO_ANSWER})["state"] for _ in range(3)]
    assert states == ["calling_back", "calling_back", "closing"]


def the_desk_closes(j: Calls) -> None:
    desk = j.seated(Role.DISTRICT_DESK)
    assert j.moves(desk, "close", {"note": "办结"})["state"] == "closed"
    assert [move["verb"] for move in j.read(desk).json()["allowed_moves"] if move["allowed"]] == ["reopen"]


# ---- what is left


def every_unit_has_its_mark(j: Calls, satisfied: bool | None) -> None:
    waited_for(lambda: j.rows(j.seated(Role.DISTRICT_DESK), "marks"))
    marks = {mark["unit"]: mark for mark in j.rows(j.seated(Role.DISTRICT_DESK), "marks")}
    assert set(marks) == {j.place.street.office.code, *(unit.code for unit in j.units)}
    assert [marks[unit.code]["responded"] for unit in j.units] == [True, True, False]
    lead = marks[j.units[0].code]
    assert (lead["part"], lead["solved"], lead["satisfied"]) == ("lead", satisfied, satisfied)
    assert [mark["unit"] for mark in j.rows(j.officers[2], "marks")] == [j.units[2].code]


def the_steps_tell_it_all(j: Calls, *asked: str) -> None:
    steps = j.rows(j.dispatcher, "steps", size=200)[::-1]
    assert [step["seq"] for step in steps] == list(range(1, len(steps) + 1))
    assert list(dict.fromkeys(step["verb"] for step in steps)) == [
        "open", "accept", "whistle", "summon", "confirm", "sign", "respond", "arrive", "lapse", "reply", "settle",
        "rework", "pass", *asked, "close",
    ]  # fmt: skip
    assert {step["origin"] for step in steps} == {"live"}


@pytest.mark.parametrize(
    ("is_asked", "told", "satisfied"),
    [
        pytest.param(the_resident_is_reached, ("call_back",), True, id="the resident answers"),
        pytest.param(nobody_is_reached_three_times, ("miss", "call_back"), None, id="nobody is reached"),
    ],
)
def test_from_a_call_to_the_marks_by_the_api(j, is_asked, told, satisfied):
    a_clerk_takes_it_down_once(j)
    the_street_accepts(j)
    the_street_whistles_to_two_units(j)
    the_leader_approves_afterwards(j)
    whoever_is_slower_reads_again(j)
    each_is_told_why_the_rest_is_not_open(j)
    make_contact_and_arrive(j, *j.units[:2])
    the_street_calls_a_third_unit(j)
    the_third_is_late(j)
    all_reply(j)
    it_is_inspected_sent_back_and_passes(j)
    is_asked(j)
    the_desk_closes(j)
    every_unit_has_its_mark(j, satisfied)
    the_steps_tell_it_all(j, *told)
    call_command("verify", verbosity=0)
