"""What goes up and comes back, walked by programs of those whose it is: through the district desk, from bench to bench
up to the district leader; what is objected to, refused, ordered by hand, sent back and undone. Each meets those who may
not, and is told why."""

import pytest

from accountability.models import Urgency
from cases.models import Dispute, Precedent
from people.models import Role, Unit, UnitRole, User
from tests.api.calling import Caller
from tests.journeys.calls import Calls
from tests.journeys.test_other_ways_by_api import accepted, makes, reported, tries, whistled, workday
from tests.journeys.test_whole_life_by_api import contact, refused

pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def j(house) -> Calls:
    return Calls(house)


def holding(j: Calls, role: str) -> Caller:
    return j.who(User.objects.filter(unit_roles__role=role).order_by("pk")[0])


def stranger(j: Calls) -> Unit:
    """Somebody whom the list does not name for the item, so that the desk has to decide."""
    seats = UnitRole.objects.filter(role=Role.RESPONDER, unit__kind="government", unit__commanded=True, unit__seat="")
    return seats.exclude(unit__in=j.units).select_related("unit").order_by("unit__code")[0].unit


def asks_the_desk(j: Calls, whom: Unit) -> dict:
    return j.moves(j.dispatcher, "whistle", {
        "kind": "prominent", "first_action": "已劝离两次", "why": "无处罚权", "item": j.item.code,
        "calls": [{"unit": whom.code, "leads": True, "reason": "涉及证照"}], "lead_why": "证照归这家管",
        "left_out": [{"unit": unit.code, "reason": "先由一家处置"} for unit in j.units],
    })  # fmt: skip


def test_a_whistle_off_the_list_goes_up_to_the_desk_comes_back_and_is_sent_out(j):
    accepted(j)
    desk, leader, other = j.seated(Role.DISTRICT_DESK), j.who(j.place.leader), stranger(j)
    sent = {"calls": [{"unit": other.code, "leads": True, "reason": "涉及证照"}], "lead_why": "证照归这家管",
            "left_out": [{"unit": unit.code, "reason": "先由一家处置"} for unit in j.units]}  # fmt: skip
    assert asks_the_desk(j, other)["state"] == "accepted"
    refused(tries(j, j.dispatcher, "pass_up", {}), 403, "wrong_person")
    assert j.moves(leader, "pass_up")["state"] == "at_desk"
    refused(tries(j, j.dispatcher, "send_back", {"note": "先自行处置"}), 403, "wrong_person")
    refused(tries(j, desk, "send_back", {"note": "\u200b"}), 422, "required")
    assert j.moves(desk, "send_back", {"note": "先自行处置一次"})["state"] == "accepted"
    asks_the_desk(j, other)
    j.moves(leader, "pass_up")
    refused(tries(j, j.dispatcher, "dispatch", sent), 403, "wrong_person")
    assert j.moves(desk, "dispatch", sent)["state"] == "in_hand"
    refused(tries(j, desk, "dispatch", sent), 409, "wrong_state")
    assert [call["unit"] for call in j.read(desk).json()["summonses"]] == [other.code]


def test_the_leader_objects_afterwards_to_what_could_not_wait(j):
    reported(j)
    said = {"summary": "摊点占道", "category": j.item.category.code, "item": j.item.code, "urgency": Urgency.URGENT}
    j.moves(j.dispatcher, "accept", said)
    lead, *others = j.units
    j.moves(j.dispatcher, "whistle", {
        "kind": "emergency", "first_action": "已拉警戒线", "why": "无处罚权", "item": j.item.code,
        "calls": [{"unit": lead.code, "leads": True}],
        "left_out": [{"unit": unit.code, "reason": "先由一家处置"} for unit in others],
    })  # fmt: skip
    leader = j.who(j.place.leader)
    refused(tries(j, j.dispatcher, "object", {"note": "街道自己能办"}), 403, "wrong_person")
    refused(tries(j, leader, "object", {"note": "\u200b"}), 422, "required")
    assert j.moves(leader, "object", {"note": "街道自己能办"})["state"] == "in_hand"
    refused(tries(j, leader, "object", {"note": "再说一次"}), 422, "nothing_to_approve")
    assert [row["approved"] for row in j.rows(leader, "whistles")] == [False]


def duty_of(j: Calls, by: Caller) -> int:
    said = by.get("items/", version=j.read(by).json()["list_version"], category=j.item.category.code).json()["results"]
    return next(item for item in said if item["code"] == j.item.code)["duties"][0]["id"]


def test_a_dispute_goes_from_the_desk_to_the_conferral_and_the_leader_rules(j):
    whistled(j)
    unit, believed = j.units[0], stranger(j)
    officer, desk = j.officers[0], j.seated(Role.DISTRICT_DESK)
    confers, rules = holding(j, Role.ESTABLISHMENT), j.seated(Role.DISTRICT_LEADER)
    call, why = j.call_of(officer, unit)["id"], {"note": "两家职责都沾边"}
    ground = {"note": "清单写明我局只负责指导", "to": believed.code, "duty": duty_of(j, officer)}
    refused(tries(j, j.officers[1], "decline", ground, call), 403, "wrong_person")
    makes(j, officer, "decline", ground, call)
    refused(tries(j, officer, "decline", ground, call), 422, "declined_before")
    refused(tries(j, officer, "deny", why, call), 403, "wrong_person")
    refused(tries(j, rules, "deny", why, call), 403, "wrong_person")
    makes(j, desk, "confer", why, call)
    refused(tries(j, desk, "refer", why, call), 403, "wrong_person")
    makes(j, confers, "refer", why, call)
    refused(tries(j, confers, "deny", why, call), 403, "wrong_person")
    makes(j, rules, "deny", {"note": "由该局继续牵头"}, call)
    refused(tries(j, rules, "deny", why, call), 422, "no_dispute")
    dispute = Dispute.objects.get(summons=call)
    assert (dispute.bench, dispute.ruling) == ("leader", "denied")
    assert Precedent.objects.get(dispute=dispute).unit == unit


def test_a_rest_is_refused_an_order_is_given_by_hand_and_a_unit_is_sent_back(j):
    whistled(j)
    (lead, other), (first, second) = j.units[:2], j.officers[:2]
    inspector = j.seated(Role.INSPECTOR)
    j.answers(lead, "sign")
    call = j.call_of(first, lead)["id"]
    makes(j, first, "pause", {"until": workday(5), "note": "连日低温"}, call)
    refused(tries(j, first, "disallow", {"note": "不行"}, call), 403, "wrong_person")
    makes(j, j.dispatcher, "disallow", {"note": "可先清占道"}, call)
    refused(tries(j, j.dispatcher, "disallow", {"note": "可先清占道"}, call), 422, "nothing_asked")

    refused(tries(j, j.dispatcher, "order", {"note": "限期办结"}, call), 403, "wrong_person")
    makes(j, inspector, "order", {"note": "限三日内办结"}, call)
    refused(tries(j, inspector, "order", {"note": "再下一份"}, call), 422, "ordered_already")

    for verb, body in (("sign", {}), ("respond", contact()), ("arrive", {"people": 2, "note": "北门外"}),
                       ("reply", {"note": "证照已查，三户齐全"})):  # fmt: skip
        j.answers(other, verb, body)
    back = j.call_of(second, other)["id"]
    refused(tries(j, second, "recall", {"note": "再查"}, back), 403, "wrong_person")
    assert makes(j, j.dispatcher, "recall", {"note": "一户没查到"}, back)["summons"]["state"] == "signed"
    refused(tries(j, j.dispatcher, "recall", {"note": "一户没查到"}, back), 409, "wrong_state")


def test_a_slip_is_undone_by_whoever_made_it_and_nobody_else(j):
    reported(j)
    refused(tries(j, j.dispatcher, "undo", {"note": "点错了"}), 422, "nothing_to_undo")
    j.moves(j.dispatcher, "turn_down", {"note": "不属本辖区"})
    desk = j.seated(Role.DISTRICT_DESK)
    refused(tries(j, j.worker, "undo", {"note": "点错了"}), 403, "wrong_person")
    refused(tries(j, desk, "undo", {"note": "点错了"}), 403, "wrong_person")
    assert j.moves(j.dispatcher, "undo", {"note": "点错了"})["state"] == "reported"
