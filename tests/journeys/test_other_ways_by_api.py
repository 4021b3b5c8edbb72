"""The other ways that a case can go, walked by programs of those whose they are: up the street's levels, longer and
resting, called back and let go, joined and split, hidden. Each meets those who may not, and is told why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from accountability import calendars, worktime
from accountability.worktime import LOCAL
from audit import clock
from people.models import Role, Unit, UnitRole
from tests.api.calling import Caller
from tests.journeys.calls import Calls, move_of
from tests.journeys.test_whole_life_by_api import contact, refused

pytestmark = pytest.mark.timeout(300)
WORDS = "北门外三个摊位占着人行道，轮椅过不去。"


@pytest.fixture
def j(house) -> Calls:
    return Calls(house)


def reported(j: Calls, **more) -> str:
    said = {
        "channel": "hotline", "words": WORDS, "place": "北门外十米", "area": j.place.community.code,
        "phone": "13800000009", **more,
    }  # fmt: skip
    told = j.seated(Role.CLERK).post("reports/", said, Idempotency_Key=str(uuid4()))
    assert told.status == 201, told.body.decode()
    j.number = told.json()["case"]
    return j.number


def accepted(j: Calls, **more) -> str:
    reported(j, **more)
    accepts(j)
    return j.number


def accepts(j: Calls, **more) -> None:
    said = {"summary": "摊点占道", "category": j.item.category.code, "item": j.item.code, "urgency": "normal"}
    j.moves(j.dispatcher, "accept", {**said, **more})


def whistled(j: Calls) -> str:
    """To the unit that leads and one that supports; it can wait, so the leader of the street says yes first."""
    accepted(j)
    return whistles(j)


def whistles(j: Calls) -> str:
    lead, support, third = j.units
    j.moves(j.dispatcher, "whistle", {
        "kind": "enforcement", "first_action": "昨晚两次劝离，散后复来", "why": "无处罚权", "item": j.item.code,
        "calls": [{"unit": lead.code, "leads": True}, {"unit": support.code}],
        "left_out": [{"unit": third.code, "reason": "先由两家处置"}],
    })  # fmt: skip
    j.moves(j.who(j.place.leader), "approve")
    return j.number


def tries(j: Calls, by, verb: str, body, call: int | None = None):
    """Somebody makes a move by its address, whatever they were told of it."""
    seen = j.read(by).headers["ETag"]
    where = f"summonses/{call}/moves/{verb}/" if call else f"cases/{j.number}/moves/{verb}/"
    return by.post(where, body, If_Match=seen)


def makes(j: Calls, by, verb: str, body, call: int) -> dict:
    answer = tries(j, by, verb, body, call)
    assert answer.status == 200, answer.body.decode()
    return answer.json()


def workday(after: int) -> str:
    """The working day that lies this many working days ahead."""
    calendar, day = calendars.current(), localdate(clock.now(), LOCAL)
    while worktime.workdays_between(localdate(clock.now(), LOCAL), day, calendar) < after:
        day += timedelta(days=1)
    return day.isoformat()


def test_what_a_grid_cannot_settle_goes_up_and_no_clock_is_won(j):
    accepted(j)
    worker, near = j.worker, j.who(j.place.one(Role.COMMUNITY))
    j.moves(j.dispatcher, "self_handle", {"level": "grid", "worker": worker.user.username, "note": "今晚劝离"})
    [call] = j.read(j.dispatcher).json()["summonses"]
    due = [row["due_at"] for row in j.rows(j.dispatcher, "clocks")]
    up = {"level": "community", "worker": near.user.username, "note": "店主不开门"}
    refused(tries(j, j.dispatcher, "hand_up", up, call["id"]), 403, "wrong_person")
    refused(tries(j, worker, "hand_up", {**up, "note": "\u200b"}, call["id"]), 422, "required")
    makes(j, worker, "hand_up", up, call["id"])
    refused(tries(j, worker, "hand_up", up, call["id"]), 403, "wrong_person")
    refused(tries(j, near, "hand_up", up, call["id"]), 422, "invalid_choice")
    makes(j, near, "hand_up", {"level": "street", "note": "须持证人员到场"}, call["id"])
    refused(tries(j, j.dispatcher, "take_back", {"note": "统一安排"}, call["id"]), 422, "at_the_top")
    makes(j, j.dispatcher, "hand_on", {"level": "grid", "worker": worker.user.username, "note": "请再上门"}, call["id"])
    makes(j, j.dispatcher, "take_back", {"note": "改由街道统一安排"}, call["id"])
    assert [row["due_at"] for row in j.rows(j.dispatcher, "clocks")] == due
    steps = [step for step in j.rows(j.dispatcher, "steps", size=200) if step["verb"] in UPS]
    assert all(step["note"] for step in steps)
    assert len(steps) == 4


UPS = ("hand_up", "hand_on", "take_back")


def leads(j: Calls, unit: Unit) -> Caller:
    """Whoever leads this unit; in the demo not every unit has somebody."""
    leader = UnitRole.objects.filter(role=Role.DEPT_LEADER).order_by("pk")[0].user
    UnitRole.objects.get_or_create(user=leader, role=Role.DEPT_LEADER, unit=unit, defaults={"since": clock.now()})
    return j.who(leader)


def test_more_time_and_rest_need_a_reason_a_day_and_somebody_else(j):
    whistled(j)
    lead, officer, other = j.units[0], j.officers[0], j.officers[1]
    j.answers(lead, "sign")
    call = j.call_of(officer, lead)["id"]
    longer = {"until": workday(8), "note": "等配件到货"}
    refused(tries(j, other, "extend", longer, call), 403, "wrong_person")
    refused(tries(j, officer, "extend", {**longer, "until": workday(60)}, call), 422, "too_long")
    makes(j, officer, "extend", longer, call)
    refused(tries(j, officer, "extend", {**longer, "until": workday(9)}, call), 403, "wrong_person")
    makes(j, leads(j, lead), "extend", {**longer, "until": workday(9)}, call)

    rest = {"until": workday(5), "note": "连日低温，无法封缝"}
    makes(j, officer, "pause", rest, call)
    refused(tries(j, officer, "allow", {}, call), 403, "wrong_person")
    refused(tries(j, officer, "pause", rest, call), 422, "asked_already")
    makes(j, j.dispatcher, "allow", {"note": "同意"}, call)
    refused(tries(j, leads(j, lead), "extend", {**longer, "until": workday(10)}, call), 422, "extended_twice")
    makes(j, officer, "resume", {"note": "气温已回升"}, call)
    refused(tries(j, officer, "resume", {}, call), 422, "does_not_rest")


def test_the_street_shelves_what_has_to_wait_by_another_units_word(j):
    accepted(j)
    said = {"until": workday(40), "note": "列入改造", "plan": "春季立项", "leader": j.place.leader.username}
    refused(tries(j, j.seated(Role.CLERK), "shelve", said), 403, "wrong_person")
    refused(tries(j, j.dispatcher, "shelve", {**said, "plan": "\u200b"}), 422, "required")
    j.moves(j.dispatcher, "shelve", said)
    refused(tries(j, j.dispatcher, "allow", {}), 403, "wrong_person")
    assert j.moves(j.seated(Role.DISTRICT_DESK), "allow", {"note": "同意"})["state"] == "accepted"
    resting, other = j.number, accepted(j)
    refused(tries(j, j.dispatcher, "merge", {"main": resting, "note": "同一处"}), 422, "no_main")
    j.number = resting
    refused(tries(j, j.dispatcher, "merge", {"main": other, "note": "同一处"}), 422, "rests_already")
    j.moves(j.dispatcher, "resume", {"note": "提前动工"})
    refused(tries(j, j.dispatcher, "resume", {}), 422, "does_not_rest")


def test_a_whistle_is_taken_back_until_somebody_signs_and_a_unit_is_let_go(j):
    whistled(j)
    refused(tries(j, j.officers[0], "withdraw", {"note": "不去了"}), 403, "wrong_person")
    assert j.moves(j.dispatcher, "withdraw", {"note": "摊贩已撤离"})["state"] == "accepted"
    refused(tries(j, j.dispatcher, "withdraw", {"note": "再撤一次"}), 422, "no_whistle")
    whistled(j)
    lead, support = j.units[:2]
    j.answers(lead, "sign")
    refused(tries(j, j.dispatcher, "withdraw", {"note": "摊贩已撤离"}), 422, "signed_already")
    calls = {unit.code: j.call_of(j.dispatcher, unit)["id"] for unit in (lead, support)}
    refused(tries(j, j.officers[1], "excuse", {"note": "用不着我们"}, calls[support.code]), 403, "wrong_person")
    refused(tries(j, j.dispatcher, "excuse", {"note": "不用来"}, calls[lead.code]), 422, "lead_stays")
    assert makes(j, j.dispatcher, "excuse", {"note": "一家即可"}, calls[support.code])["summons"]["state"] == "released"
    for verb, body in (
        ("respond", contact()),
        ("arrive", {"people": 2, "note": "北门外"}),
        ("reply", {"note": "已清离"}),
    ):
        told = j.answers(lead, verb, body)
    assert told["state"] == "inspecting"


def test_cases_of_one_matter_are_joined_and_two_matters_parted(j):
    main = accepted(j)
    second = reported(j)
    into = {"main": main, "note": "同一摊位"}
    refused(j.outsider.get(f"cases/{second}/"), 404, "not_found")
    refused(tries(j, j.worker, "merge", into), 403, "wrong_person")
    refused(tries(j, j.dispatcher, "merge", {**into, "main": second}), 422, "no_main")
    assert j.moves(j.dispatcher, "merge", into)["state"] == "merged"
    refused(tries(j, j.dispatcher, "merge", into), 409, "wrong_state")
    assert j.moves(j.dispatcher, "unmerge", {"note": "实为西门店招"})["state"] == "reported"

    j.number = main
    part = {"summary": "北门井盖破损", "category": j.item.category.code, "note": "两件事"}
    refused(tries(j, j.worker, "split", part), 403, "wrong_person")
    j.moves(j.dispatcher, "split", part)
    split_off = j.case.links_down.get(kind="child").child.number
    closing(j)
    told = refused(tries(j, j.seated(Role.DISTRICT_DESK), "close", {"note": "办结"}), 422, "part_open")
    assert split_off in told["sentence"]
    j.number = split_off
    j.moves(j.dispatcher, "turn_down", {"note": "井盖属市政，另案"})
    j.number = main
    assert j.moves(j.seated(Role.DISTRICT_DESK), "close", {"note": "摊位已清"})["state"] == "closed"

    reported(j)
    again = {"main": main, "note": "昨日已答复：摊位已清"}
    refused(tries(j, j.dispatcher, "repeat", again), 403, "wrong_person")
    refused(tries(j, j.who(j.place.leader), "repeat", {**again, "main": second}), 422, "no_earlier")
    assert j.moves(j.who(j.place.leader), "repeat", again)["state"] == "merged"


def closing(j: Calls) -> None:
    """The street settles it, an inspector looks, the resident is asked."""
    settled(j)
    j.moves(j.seated(Role.CLERK), "call_back", {"outcome": "reached", "solved": True, "grade": "satisfied"})


def settled(j: Calls) -> None:
    """By the street's own worker, and an inspector has looked."""
    worker = j.worker
    j.moves(j.dispatcher, "self_handle", {"level": "grid", "worker": worker.user.username, "note": "今晚劝离"})
    [call] = j.read(worker).json()["summonses"]
    makes(j, worker, "respond", contact(), call["id"])
    makes(j, worker, "reply", {"note": "三个摊位已劝离"}, call["id"])
    refused(tries(j, worker, "pass", {"note": "已清"}), 403, "wrong_person")
    j.moves(j.seated(Role.INSPECTOR), "pass", {"note": "晚八点通行正常"})


def test_who_handles_a_confidential_case_never_reads_who_said_what(j):
    accepted(j)
    hides = {"summary": "北门外夜间摆摊", "place": "北门外", "note": "诉求人担心被找上门"}
    refused(tries(j, j.dispatcher, "conceal", hides), 403, "wrong_person")
    refused(tries(j, j.seated(Role.DISTRICT_DESK), "conceal", {**hides, "summary": "\u200b"}), 422, "required")
    j.moves(j.seated(Role.DISTRICT_DESK), "conceal", hides)
    read = j.read(j.dispatcher).body.decode()
    assert "轮椅" not in read
    assert hides["summary"] in read
    refused(tries(j, j.dispatcher, "unveil", {"note": "想知道是谁"}), 403, "wrong_person")
    refused(tries(j, j.seated(Role.DISTRICT_DESK), "unveil", {"note": "不必了"}), 403, "wrong_person")
    j.moves(j.seated(Role.INSPECTOR), "unveil", {"note": "诉求人同意公开"})
    assert move_of(j.read(j.seated(Role.INSPECTOR)).json(), "conceal")["allowed"]
