"""The page of every move: who gets it, what it refuses and how, and that nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accountability.models import Clock, Limit
from audit import clock
from cases import actions
from cases.forms import FORMS
from cases.models import Case, State, Step, Summons, Verb, Whistle
from cases.workflow import MOVES
from files.tickets import new_ticket, number_of
from people.models import Role
from tests import stories
from tests.files.conftest import store  # noqa: F401 - photos go to a folder of the test
from tests.files.pictures import sound
from tests.files.sending import sent
from tests.world import person, post, seat, world

pytestmark = pytest.mark.django_db

DID = "两次上门劝导，收回三张桌子"
WHY = "须由有处罚权的单位查处"


@pytest.fixture
def w():
    return world()


def address(case, verb, call=None) -> str:
    if call:
        return reverse("cases:summons_move", args=[case.number, call.pk, verb])
    return reverse("cases:move", args=[case.number, verb])


def see(client, user, where):
    client.force_login(user)
    client.cookies["django_language"] = "en"
    return client.get(where)


def drawn(page) -> dict:
    """The hidden fields that say how far the case had come when the page was drawn."""
    return dict(re.findall(r'type="hidden" name="(seen\w*)" value="(\d+)"', page.content.decode()))


def send(client, user, where, **typed):
    """What a browser would send: the hidden fields of the page as drawn, and what was typed."""
    return client.post(where, {**drawn(see(client, user, where)), **typed})


def colleague(w):
    """A second dispatcher of the same street."""
    return post(person("dispatcher_2", "调度二", w.office), Role.DISPATCHER, w.street)


def whistle_of(w, **typed) -> dict:
    units = {f"unit_{w.works.code}": "on", f"unit_{w.police.code}": "on", "lead": w.works.code}
    return {"first_action": DID, "why": WHY, "item": w.item.code, "kind": "enforcement", **units, **typed}


def state_of(case) -> str:
    return Case.objects.get(pk=case.pk).state


SUMMER = "2026-12-30"


def shelving(w):
    """A case whose street asks to shelve it."""
    facts = {"until": SUMMER, "plan": "夏季施工", "leader": w.street_leader.pk}
    case, at = stories.accepted(w), w.at + stories.HOUR
    case = actions.advance(case, Verb.SHELVE, by=w.of(w.dispatcher), at=at, note="列入改造", facts=facts)
    Clock.objects.running().update(due_at=clock.now() + timedelta(days=9))  # the pages ask at this very moment
    return case


def shelved(w):
    return actions.advance(shelving(w), Verb.ALLOW, by=w.of(w.desk_officer), at=w.at + stories.HOUR)


def concealed(w):
    """A case that an inspector has made confidential."""
    facts, at = {"summary": "北门占道", "place": "北门"}, w.at + stories.HOUR
    case = stories.accepted(w)
    return actions.advance(case, Verb.CONCEAL, by=w.of(w.inspector), at=at, note="怕被找上门", facts=facts)


def accepted_just_now(w):
    said = {"summary": "烧烤占道", "category": w.category, "urgency": "normal"}
    return actions.accept(stories.reported(w), by=w.of(w.dispatcher), at=clock.now(), **said)


def outlet(w, code: str) -> str:
    return stories.outlets(w)[code].code


# Every move of the case: the story that leads there, who makes it, what they type, where it ends.
WALKS = {
    Verb.PLACE: (
        lambda w: stories.reported(w, area=w.district), "desk_officer", lambda w: {"street": w.street.code}, "reported",
    ),
    Verb.ACCEPT: (
        stories.reported, "dispatcher",
        lambda w: {"summary": "烧烤占道", "category": "city", "item": w.item.code, "urgency": "normal"}, "accepted",
    ),
    Verb.TURN_DOWN: (stories.reported, "dispatcher", lambda w: {"note": "已在办"}, "turned_down"),
    Verb.UNDO: (accepted_just_now, "dispatcher", lambda w: {"note": "误按受理"}, "reported"),
    Verb.MERGE: (
        stories.reported, "dispatcher", lambda w: {"main": stories.accepted(w).number, "note": "同一摊位"}, "merged",
    ),
    Verb.UNMERGE: (stories.merged, "dispatcher", lambda w: {"note": "并非同一事项"}, "reported"),
    Verb.REPEAT: (
        stories.reported, "street_leader",
        lambda w: {"main": stories.closed_before(w).number, "note": "三月已答复"}, "merged",
    ),
    Verb.SPLIT: (
        stories.accepted, "dispatcher",
        lambda w: {"summary": "井盖破损", "category": "city", "note": "井盖属水务"}, "accepted",
    ),
    Verb.TRANSFER: (
        stories.at_desk, "desk_officer", lambda w: {"outlet": outlet(w, "petition"), "note": "信访事项"}, "transferred",
    ),
    Verb.GET_BACK: (stories.transferred, "desk_officer", lambda w: {"note": "该部门退回"}, "accepted"),
    Verb.SELF_HANDLE: (
        stories.accepted, "dispatcher", lambda w: {"who": f"grid:{w.worker.pk}", "note": "今晚清出"}, "in_hand",
    ),
    Verb.WHISTLE: (stories.accepted, "dispatcher", whistle_of, "in_hand"),
    Verb.DISPATCH: (
        stories.at_desk, "desk_officer",
        lambda w: {"unit_CG": "on", "unit_GA": "on", "lead": "CG", "why_SJ": ""}, "in_hand",
    ),
    Verb.WITHDRAW: (stories.whistled, "dispatcher", lambda w: {"note": "已自行撤离"}, "accepted"),
    Verb.SEND_BACK: (stories.at_desk, "desk_officer", lambda w: {"note": "街道先处置"}, "accepted"),
    Verb.APPROVE: (stories.before_the_leader, "street_leader", lambda w: {}, "in_hand"),
    Verb.PASS_UP: (lambda w: stories.before_the_leader(w, named=False), "street_leader", lambda w: {}, "at_desk"),
    Verb.REJECT: (stories.before_the_leader, "street_leader", lambda w: {"note": "先再上门"}, "accepted"),
    Verb.CONFIRM: (lambda w: stories.before_the_leader(w, kind="emergency"), "street_leader", lambda w: {}, "in_hand"),
    Verb.OBJECT: (
        lambda w: stories.before_the_leader(w, kind="emergency"), "street_leader", lambda w: {"note": "不必"},
        "in_hand",
    ),
    Verb.SHELVE: (
        stories.accepted, "dispatcher",
        lambda w: {"until": SUMMER, "note": "列入改造", "plan": "夏季施工", "leader": w.street_leader.pk}, "accepted",
    ),
    Verb.ALLOW: (shelving, "desk_officer", lambda w: {}, "accepted"),
    Verb.DISALLOW: (shelving, "desk_officer", lambda w: {"note": "先行处置"}, "accepted"),
    Verb.RESUME: (shelved, "dispatcher", lambda w: {}, "accepted"),
    Verb.CONVENE: (
        stories.whistled, "dispatcher",
        lambda w: {
            "kind": "enforcement", "place": "北门", "meets_at": "2030-03-12T15:00", "members": ["CG", "GA"],
            "lead": "CG", "note": "先查后清",
        }, "in_hand",
    ),
    Verb.CONCLUDE: (stories.convened, "dispatcher", lambda w: {"note": "三家到场"}, "in_hand"),
    Verb.PASS: (stories.inspecting, "worker", lambda w: {"note": "已清净"}, "calling_back"),
    Verb.REWORK: (stories.inspecting, "worker", lambda w: {"note": "又摆出来了"}, "in_hand"),
    Verb.ASK_AGAIN: (stories.closing, "inspector", lambda w: {"note": "照片上摊位还在"}, "calling_back"),
    Verb.CLOSE: (stories.closing, "desk_officer", lambda w: {"note": "三个摊位已清离"}, "closed"),
    Verb.REOPEN: (stories.closed, "desk_officer", lambda w: {"note": "又摆出来了"}, "in_hand"),
    Verb.CONCEAL: (
        stories.accepted, "desk_officer", lambda w: {"summary": "北门占道", "place": "北门", "note": "怕被找上门"},
        "accepted",
    ),
    Verb.UNVEIL: (concealed, "inspector", lambda w: {"note": "本人同意"}, "accepted"),
}  # fmt: skip


@pytest.mark.parametrize("verb", WALKS)
def test_every_move_is_made_from_its_page_and_leads_back_to_the_case(client, w, verb):
    story, who, typed, ends = WALKS[verb]
    case = story(w)
    answer = send(client, getattr(w, who), address(case, verb), **typed(w))
    assert answer.status_code == 302, answer.context["form"].errors
    assert answer["Location"] == reverse("desk:case", args=[case.number])
    assert state_of(case) == ends


def test_no_move_of_staff_is_left_without_a_walk():
    staff = {verb for verb, move in MOVES.items() if not move.facts_from} - {
        Verb.SETTLE,
        Verb.ARCHIVE,
        Verb.ASK_DESK,
        Verb.ASK_LEADER,
    }
    assert set(WALKS) == staff
    assert set(WALKS) <= set(FORMS)


@pytest.mark.parametrize("verb", WALKS)
def test_who_sees_but_may_not_reads_why(client, w, verb):
    case = WALKS[verb][0](w)
    answer = see(client, w.assessor, address(case, verb))
    assert answer.status_code == 403
    assert answer.context["refused"].code == "wrong_person"
    assert send(client, w.assessor, address(case, verb)).status_code == 403
    assert state_of(case) == case.state


def test_a_note_that_nobody_can_see_is_none(client, w):
    case = stories.reported(w)
    answer = send(client, w.dispatcher, address(case, Verb.TURN_DOWN), note="\u200b\u2060")
    assert answer.status_code == 422
    assert answer.context["form"].errors["note"]
    assert state_of(case) == State.REPORTED


@pytest.mark.parametrize("verb", WALKS)
def test_who_must_not_know_finds_nothing(client, w, verb):
    case = stories.whistled(w)
    client.force_login(w.outsider)
    assert client.get(address(case, verb)).status_code == 404
    assert client.post(address(case, verb), {"note": "x"}).status_code == 404


@pytest.mark.parametrize(
    ("verb", "typed", "code"),
    [
        (Verb.SIGN, {}, "signed"),
        (
            Verb.RESPOND,
            {"contact": "店主", "contacted_at": "2026-03-09T11:30", "means": "phone", "note": "约好"},
            "responded",
        ),
        (Verb.ARRIVE, {"people": "2", "note": "现场"}, "arrived"),
        (Verb.REPLY, {"note": "已清理"}, "replied"),
    ],
)
def test_a_unit_answers_step_by_step(client, w, verb, typed, code):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    contact = {"facts": stories.CONTACT}
    before = {Verb.SIGN: {}, Verb.RESPOND: contact, Verb.ARRIVE: {"note": "到"}, Verb.REPLY: {}}
    for earlier in list(before)[: list(before).index(verb)]:
        actions.answer(call, earlier, by=w.of(w.works_officer), at=clock.now(), **before[earlier])
    answer = send(client, w.works_officer, address(case, verb, call), **typed)
    assert answer.status_code == 302
    assert Summons.objects.get(pk=call.pk).state == code


def test_contact_keeps_who_when_and_how(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=clock.now())
    typed = {"contact": "店主", "contacted_at": "2026-03-09T11:30", "means": "phone", "note": "约好"}
    send(client, w.works_officer, address(case, Verb.RESPOND, call), **typed)
    facts = Step.objects.get(verb=Verb.RESPOND, summons=call).facts
    assert facts == {"contact": "店主", "contacted_at": "2026-03-09T11:30:00+08:00", "means": "phone"}


def test_contact_never_lies_in_the_future(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=clock.now())
    typed = {"contact": "店主", "contacted_at": "2099-03-09T10:30", "means": "phone", "note": "约好"}
    answer = send(client, w.works_officer, address(case, Verb.RESPOND, call), **typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors.as_data()["contacted_at"][0].code == "contact_in_future"


def test_another_unit_cannot_answer_for_it(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    answer = see(client, w.police_officer, address(case, Verb.SIGN, call))
    assert answer.status_code == 403
    assert answer.context["refused"].code == "wrong_person"


def test_a_summons_of_another_case_is_not_found_here(client, w):
    case, other = stories.whistled(w), stories.whistled(w)
    client.force_login(w.works_officer)
    assert client.get(address(case, Verb.SIGN, other.summonses.first())).status_code == 404


def test_an_unknown_move_is_not_found(client, w):
    case = stories.reported(w)
    assert see(client, w.dispatcher, address(case, "dance")).status_code == 404


def test_what_the_resident_says_is_recorded_elsewhere(client, w):
    case = stories.calling_back(w)
    answer = see(client, w.clerk, address(case, Verb.CALL_BACK))
    assert answer.context["refused"].code == "made_elsewhere"


def test_a_missing_note_is_asked_for_at_its_field_and_the_rest_is_kept(client, w):
    case = stories.reported(w)
    typed = {"summary": "", "category": "env", "urgency": "urgent", "note": "留着这句"}
    answer = send(client, w.dispatcher, address(case, Verb.ACCEPT), **typed)
    assert answer.status_code == 422
    assert "summary" in answer.context["form"].errors
    assert "留着这句" in answer.content.decode()


def test_a_situation_brings_its_item_and_never_another(client, w):
    situation = w.item.situations.create(
        code="S1", name="烧烤摊占道", looks_like="摊", photograph="摊", first_action="劝导"
    )
    case = stories.reported(w)
    typed = {"summary": "烧烤", "category": "city", "urgency": "normal", "situation": situation.code}
    refused = send(client, w.dispatcher, address(case, Verb.ACCEPT), item=w.city_item.code, **typed)
    assert refused.context["form"].errors.as_data()["situation"][0].code == "other_item"
    send(client, w.dispatcher, address(case, Verb.ACCEPT), **typed)
    assert Case.objects.get(pk=case.pk).item == w.item


def test_whoever_came_first_is_shown_beside_what_was_typed(client, w):
    case = stories.reported(w)
    where = address(case, Verb.TURN_DOWN)
    hidden = drawn(see(client, w.dispatcher, where))
    actions.accept(
        case, by=w.of(colleague(w)), at=clock.now(), summary="同事先受理了", category=w.category, urgency="normal"
    )
    answer = client.post(where, {**hidden, "note": "我写的理由"})
    assert answer.status_code == 412
    assert [step.verb for step in answer.context["changes"]] == [Verb.ACCEPT]
    assert "我写的理由" in answer.content.decode()
    assert state_of(case) == State.ACCEPTED


def test_a_move_that_others_made_impossible_is_not_offered_again_but_its_words_stay(client, w):
    case = stories.reported(w)
    where = address(case, Verb.TURN_DOWN)
    hidden = drawn(see(client, w.dispatcher, where))
    actions.accept(
        case, by=w.of(colleague(w)), at=clock.now(), summary="已受理",
        category=w.category, urgency="normal",
    )  # fmt: skip
    answer = client.post(where, {**hidden, "note": "我写的理由"})
    assert answer.context["gone"].code == "wrong_state"
    assert "我写的理由" in answer.content.decode()


def test_a_stale_page_can_be_sent_again_knowingly(client, w):
    case = stories.whistled(w)
    where = address(case, Verb.WHISTLE)
    hidden = drawn(see(client, w.dispatcher, where))
    actions.answer(case.summonses.get(unit=w.works), Verb.SIGN, by=w.of(w.works_officer), at=clock.now())
    typed = {"first_action": DID, "why": WHY, "item": w.item.code, "kind": "enforcement", "more_1": w.market.code}
    typed["more_1_why"] = "无证"
    answer = client.post(where, {**hidden, **typed})
    assert answer.status_code == 412
    assert answer.context["gone"] is None
    assert DID in answer.content.decode()


def test_the_same_form_sent_twice_counts_once(client, w):
    case = stories.reported(w)
    where = address(case, Verb.TURN_DOWN)
    typed = {**drawn(see(client, w.dispatcher, where)), "note": "已在办"}
    assert client.post(where, typed).status_code == 302
    assert client.post(where, typed).status_code == 302
    assert case.steps.filter(verb=Verb.TURN_DOWN).count() == 1


def test_other_words_sent_second_are_not_lost(client, w):
    """The same person in two tabs: the second is told, and finds their words again."""
    case = stories.reported(w)
    where = address(case, Verb.TURN_DOWN)
    typed = drawn(see(client, w.dispatcher, where))
    client.post(where, {**typed, "note": "已在办"})
    answer = client.post(where, {**typed, "note": "不归本街道管"})
    assert answer.status_code == 412
    assert "不归本街道管" in answer.content.decode()


def test_units_that_move_at_the_same_time_do_not_stand_in_each_others_way(client, w):
    case = stories.whistled(w)
    mine, other = case.summonses.get(unit=w.works), case.summonses.get(unit=w.police)
    where = address(case, Verb.SIGN, mine)
    hidden = drawn(see(client, w.works_officer, where))
    actions.answer(other, Verb.SIGN, by=w.of(w.police_officer), at=clock.now())
    assert client.post(where, hidden).status_code == 302


def test_words_outlive_the_sign_in(client, w):
    case = stories.reported(w)
    where = address(case, Verb.TURN_DOWN)
    client.post(where, {"note": "写到一半"})
    client.force_login(w.dispatcher)
    assert "写到一半" in client.get(where).content.decode()


def test_signing_takes_one_press(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    client.force_login(w.works_officer)
    assert client.post(address(case, Verb.SIGN, call)).status_code == 302
    assert Summons.objects.get(pk=call.pk).state == "signed"


def test_a_grid_worker_can_only_take_it_on_themselves(client, w):
    case = stories.accepted(w)
    page = see(client, w.worker, address(case, Verb.SELF_HANDLE))
    groups = page.context["form"].fields["who"].choices
    assert [key for _label, options in groups[1:] for key, _name in options] == [f"grid:{w.worker.pk}"]


# ---- Whose hands


def shared(w):
    """A summons of a unit of two, and the second of them."""
    second = seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    case = stories.whistled(w)
    return case, case.summonses.get(unit=w.works), second


def test_taking_in_hand_takes_one_press_and_the_next_reads_who_has_it(client, w):
    case, call, second = shared(w)
    client.force_login(w.works_officer)
    assert client.post(address(case, Verb.CLAIM, call)).status_code == 302
    client.force_login(second)
    answer = client.post(address(case, Verb.CLAIM, call))
    assert answer.status_code == 409
    assert w.works_officer.name in answer.content.decode()
    assert Summons.objects.get(pk=call.pk).worker == w.works_officer


def test_handing_over_offers_colleagues_and_asks_for_words(client, w):
    case, call, second = shared(w)
    actions.answer(call, Verb.CLAIM, by=w.of(w.works_officer), at=clock.now())
    where = address(case, Verb.HAND_OVER, call)
    form = see(client, w.works_officer, where).context["form"]
    assert [name for _key, name in form.fields["to"].choices[1:]] == [second.name]
    assert send(client, w.works_officer, where, to=second.pk, note="").status_code == 422
    assert send(client, w.works_officer, where, to=second.pk, note="问过，待测").status_code == 302
    assert Summons.objects.get(pk=call.pk).worker == second


def test_nobody_outside_the_unit_can_be_chosen(client, w):
    case, call, _second = shared(w)
    answer = send(client, w.works_officer, address(case, Verb.ASSIGN, call), to=w.police_officer.pk)
    assert answer.status_code == 422
    assert Summons.objects.get(pk=call.pk).worker is None


def test_who_is_not_of_the_unit_reads_why_they_may_not_give_it_out(client, w):
    case, call, second = shared(w)
    for verb in (Verb.CLAIM, Verb.ASSIGN, Verb.HAND_OVER):
        answer = send(client, w.police_officer, address(case, verb, call), to=second.pk, note="x")
        assert answer.context["refused"].code == "wrong_person"


# ---- The whistle


def test_the_list_fills_the_units_of_an_item_without_scripts(client, w):
    case = stories.accepted(w)
    where = reverse("cases:whistle", args=[case.number])
    rows = list(see(client, w.dispatcher, f"{where}?item={w.city_item.code}").context["form"].rows)
    assert [row.unit for row in rows] == [w.city_branch, w.station, w.works]
    assert rows[0].duty.kind == "lead"


def test_asking_for_another_item_keeps_what_was_typed(client, w):
    case = stories.accepted(w)
    typed = whistle_of(w, item=w.city_item.code, fill="1")
    answer = send(client, w.dispatcher, reverse("cases:whistle", args=[case.number]), **typed)
    assert DID in answer.content.decode()
    assert [row.unit for row in answer.context["form"].rows] == [w.city_branch, w.station, w.works]
    assert state_of(case) == State.ACCEPTED


def test_a_unit_outside_the_district_is_announced_to_wait_before_anything_is_sent(client, w):
    case = stories.accepted(w)
    where = reverse("cases:whistle", args=[case.number])
    assert not see(client, w.dispatcher, where).context["form"].waits
    assert see(client, w.dispatcher, f"{where}?item={w.city_item.code}").context["form"].waits


def test_an_emergency_shows_the_urgent_limits_that_it_brings_along(client, w):
    Limit.objects.filter(urgency="urgent", phase="sign").update(amount=1, unit="clock_hour")
    where = reverse("cases:whistle", args=[stories.accepted(w).number])
    notes = see(client, w.dispatcher, where).context["form"].fields["kind"].notes
    assert "Sign within 1 clock h" in notes["emergency"]
    assert "within" not in notes["prominent"]
    answer = send(client, w.dispatcher, where, kind="emergency")
    assert "1 clock h · if called now" in answer.content.decode()


def test_where_nothing_on_the_list_fits_the_desk_decides(client, w):
    case = stories.accepted(w)
    where = reverse("cases:whistle", args=[case.number])
    form = see(client, w.dispatcher, f"{where}?item=").context["form"]
    assert form.waits
    assert list(form.rows) == []
    typed = {"first_action": DID, "why": WHY, "item": "", "kind": "emergency", "lead": "more_1"}
    assert send(client, w.dispatcher, where, **typed).status_code == 302
    assert state_of(case) == State.AT_DESK


def test_a_whistle_says_what_was_done_and_why_the_street_cannot(client, w):
    case = stories.accepted(w)
    send(client, w.dispatcher, reverse("cases:whistle", args=[case.number]), **whistle_of(w))
    assert Whistle.objects.get(case=case).first_action == f"{DID}\n{WHY}"
    assert case.summonses.get(leads=True).unit == w.works


def test_reasons_that_would_not_fit_are_refused_and_never_cut_short(client, w):
    case = stories.accepted(w)
    typed = {**whistle_of(w), "first_action": "劝" * 600, "why": "因" * 300, f"why_{w.police.code}": "无" * 290}
    del typed[f"unit_{w.police.code}"]
    answer = send(client, w.dispatcher, reverse("cases:whistle", args=[case.number]), **typed)
    assert answer.context["form"].has_error("first_action", "too_long")
    assert not Whistle.objects.exists()


def test_leaving_out_a_unit_of_the_list_needs_a_reason(client, w):
    case = stories.accepted(w)
    typed = whistle_of(w)
    del typed[f"unit_{w.police.code}"]
    where = reverse("cases:whistle", args=[case.number])
    answer = send(client, w.dispatcher, where, **typed)
    field = f"why_{w.police.code}"
    assert answer.context["form"].errors.as_data()[field][0].code == "reason_missing"
    assert DID in answer.content.decode()
    assert send(client, w.dispatcher, where, **typed, **{field: "没有治安问题"}).status_code == 302
    assert "没有治安问题" in Whistle.objects.get(case=case).first_action


def test_another_lead_needs_a_reason_and_waits_at_the_desk(client, w):
    case = stories.accepted(w)
    where = reverse("cases:whistle", args=[case.number])
    typed = whistle_of(w, lead=w.police.code)
    answer = send(client, w.dispatcher, where, **typed)
    assert answer.context["form"].errors.as_data()["lead_why"][0].code == "reason_missing"
    send(client, w.dispatcher, where, **typed, lead_why="涉嫌寻衅滋事")
    assert state_of(case) == State.AT_DESK


def test_a_unit_off_the_list_needs_a_reason_and_waits_at_the_desk(client, w):
    case = stories.accepted(w)
    where = reverse("cases:whistle", args=[case.number])
    typed = whistle_of(w, more_1=w.market.code)
    answer = send(client, w.dispatcher, where, **typed)
    assert answer.context["form"].errors.as_data()["more_1_why"][0].code == "reason_missing"
    send(client, w.dispatcher, where, **typed, more_1_why="无证经营")
    assert state_of(case) == State.AT_DESK
    wanted = {one["unit"]: one["reason"] for one in Whistle.objects.get(case=case).wanted}
    assert wanted[w.market.code] == "无证经营"


def test_the_desk_finds_what_the_street_asked_for(client, w):
    case = stories.at_desk(w)
    form = see(client, w.desk_officer, address(case, Verb.DISPATCH)).context["form"]
    asked = {row.unit: form[row.tick.name].initial for row in form.rows}
    assert asked == {w.station: False, w.works: False, w.police: False, w.market: True}
    assert form["lead"].initial == w.market.code


# ---- Photos


def test_the_photos_of_a_reply_hang_on_its_step(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    for verb, given in ((Verb.SIGN, {}), (Verb.RESPOND, {"facts": stories.CONTACT}), (Verb.ARRIVE, {"note": "到"})):
        actions.answer(call, verb, by=w.of(w.works_officer), at=w.at + 2 * stories.HOUR, **given)
    ticket = new_ticket()
    photo = sent(sound(), ticket=number_of(ticket), at=clock.now())
    line = f"{ticket} {photo.pk}"
    answer = send(client, w.works_officer, address(case, Verb.REPLY, call), note="已清理", photos=line)
    assert answer.status_code == 302
    step = Step.objects.get(summons=call, verb=Verb.REPLY)
    assert step.facts == {"photos": [str(photo.pk)]}
    photo.refresh_from_db()
    assert (photo.subject_kind, photo.subject_id, photo.step_id) == ("case", case.pk, step.pk)


def test_photos_of_somebody_else_are_not_taken(client, w):
    case = stories.inspecting(w)
    photo = sent(sound(), ticket=number_of(new_ticket()), at=clock.now())
    send(client, w.worker, address(case, Verb.PASS), note="好了", photos=f"{new_ticket()} {photo.pk}")
    photo.refresh_from_db()
    assert photo.subject_kind == ""


# ---- Closing


def test_closing_against_the_residents_word_asks_for_the_reason_beforehand(client, w):
    case = stories.closing(w, solved=False, grade="dissatisfied")
    assert see(client, w.desk_officer, address(case, Verb.CLOSE)).context["form"].fields["note"].required
    assert send(client, w.desk_officer, address(case, Verb.CLOSE)).status_code == 422
    assert send(client, w.desk_officer, address(case, Verb.CLOSE), note="已约定每晚巡查").status_code == 302


def test_closing_says_what_was_done_in_words_that_the_resident_reads(client, w):
    case = stories.closing(w)
    assert see(client, w.desk_officer, address(case, Verb.CLOSE)).context["form"].fields["note"].required
    assert send(client, w.desk_officer, address(case, Verb.CLOSE), note="  ").status_code == 422
    assert state_of(case) == State.CLOSING
