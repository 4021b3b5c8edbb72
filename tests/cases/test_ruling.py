"""Whose matter it is: the desk, the conferral and the leader decide or hand up; what lies too long goes up."""

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.timezone import localdate

from accountability import sweep
from accountability.models import Clock, ItemWords, Segment
from cases import actions
from cases.invariants import faults
from cases.models import Answer, Bench, Case, CaseDay, Dispute, Precedent, Ruling, Step, Summons, Verb
from cases.moves import MoveRefused
from cases.precedents import offered
from cases.scene import scene_of
from people.models import Role, Unit
from tests import stories
from tests.present import let_time_pass, present
from tests.world import person, post, seat, world

pytestmark = pytest.mark.django_db
HOUR = stories.HOUR
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def populated(w):
    """With those who sit on the two higher benches, and one call declined."""
    w.justice = Unit.objects.create(code="SF", name="区司法局", short_name="区司法局", kind="government")
    w.legal = seat(person("legal", "司法", w.justice), Role.LEGAL, w.justice)
    w.chief = post(person("chief", "区领导"), Role.DISTRICT_LEADER, w.district)
    w.case = stories.whistled(w)
    w.call = w.case.summonses.get(unit=w.works)
    return w


@pytest.fixture
def w():
    w = populated(world())
    decline(w, w.works_officer, w.call, "SJ")
    return w


def decline(w, officer, call, to, at=None):
    at = at or w.at + 2 * HOUR
    call = Summons.objects.get(pk=call.pk)
    return actions.decline(call, by=w.of(officer, at), at=at, note="不是我局职责", facts={"to": to, "duty": w.duty.pk})


def dispute(w) -> Dispute:
    return Dispute.objects.get(summons=w.call)


def make(w, verb: Verb, by, *, at=None, note="清单写明由市监局查处", **facts):
    at = at or w.at + 3 * HOUR
    call = Summons.objects.get(pk=w.call.pk)
    given = {"by": w.of(by, at), "at": at, "note": note, "facts": facts}
    if verb in (Verb.CONFER, Verb.REFER):
        return actions.put_before(call, verb, **given)
    own = {Verb.UPHOLD: actions.uphold, Verb.DENY: actions.deny, Verb.PUT_TO: actions.put_to}
    return own[verb](call, **given)


def confer(w, verb: Verb, first, second, at=None, note="清单写明由市监局查处", **facts):
    """One office puts its ruling to the other, which agrees."""
    ruling = {Verb.UPHOLD: "upheld", Verb.DENY: "denied"}[verb]
    make(w, Verb.PUT_TO, first, at=at, note=note, ruling=ruling, **facts)
    return make(w, verb, second, at=at, note=note, **facts)


def refusal(w, verb: Verb, by, **more) -> str:
    before = Step.objects.count(), dispute(w).bench, dispute(w).ruling
    with pytest.raises(MoveRefused) as refused:
        make(w, verb, by, **more)
    assert refused.value.sentence.strip()
    assert (Step.objects.count(), dispute(w).bench, dispute(w).ruling) == before
    return str(refused.value.code)


def clock(w, bench: str) -> Clock:
    return Clock.objects.get(subject_kind="dispute", subject_id=dispute(w).pk, phase=bench)


def sound(w) -> None:
    """Nothing that must hold is broken; the moments of this world are not the database's."""
    told = [fault for fault in faults(w.at) if "recorded" not in fault and "记录" not in fault]
    assert told == []


# ---- The ruling


def test_upheld_the_other_unit_is_called_in_the_same_part_and_the_first_is_released(w):
    make(w, Verb.UPHOLD, w.desk_officer, to="SJ")
    released, called = Summons.objects.get(pk=w.call.pk), w.case.summonses.get(unit=w.market)
    assert released.state == Answer.RELEASED
    assert (called.leads, called.state, called.whistle, called.level) == (True, "sent", w.call.whistle, "called")
    assert Clock.objects.of("summons", [called.pk]).running().count() == 4
    assert not Clock.objects.of("summons", [w.call.pk]).running().exists()
    found = dispute(w)
    assert (found.ruling, found.called, found.decided_by) == (Ruling.UPHELD, w.market, w.desk_officer)
    sound(w)


def test_upheld_the_time_that_ran_is_charged_to_the_unit_called_instead_and_the_promise_stays(w):
    promise = Clock.objects.filter(phase="promise").values_list("due_at", "holder", "stopped_at")
    before = list(promise)
    make(w, Verb.UPHOLD, w.desk_officer, to="SJ")
    facts = w.call.steps.get(verb=Verb.UPHOLD).facts
    until = (w.at + 3 * HOUR).isoformat()
    assert (facts["from"], facts["to"], facts["bench"]) == ("CG", "SJ", "desk")
    assert facts["segment"] == {"since": w.call.called_at.isoformat(), "until": until}
    assert set(Clock.objects.of("summons", [w.call.pk]).values_list("holder", flat=True)) == {w.market.pk}
    assert Segment.objects.filter(holder=w.works).count() == 4
    assert list(promise.all()) == before


def test_the_desk_may_call_another_unit_than_the_one_believed_right(w):
    make(w, Verb.UPHOLD, w.desk_officer, to="ST")
    assert dispute(w).called == w.city_branch
    assert {row.unit_id for row in w.case.summonses.open()} == {w.city_branch.pk, w.police.pk}


@pytest.mark.parametrize(("to", "code"), [("CG", "same_unit"), ("GA", "called_already"), ("XX", "no_unit")])
def test_upholding_names_a_unit_that_can_be_called(w, to, code):
    assert refusal(w, Verb.UPHOLD, w.desk_officer, to=to) == code


def test_denied_the_unit_goes_on_with_its_own_clocks(w):
    running = Clock.objects.of("summons", [w.call.pk]).order_by("pk").values_list("due_at", "stopped_at", "holder")
    before = list(running)
    call = make(w, Verb.DENY, w.desk_officer)
    assert (call.state, list(running.all())) == ("sent", before)
    facts = w.call.steps.get(verb=Verb.DENY).facts
    assert (facts["from"], facts["to"]) == ("CG", "CG")
    assert clock(w, "desk").stopped_at == w.at + 3 * HOUR
    sound(w)


def test_a_ruling_needs_its_reasons_and_is_given_once(w):
    assert refusal(w, Verb.DENY, w.desk_officer, note=" ") == "note_missing"
    make(w, Verb.DENY, w.desk_officer)
    assert refusal(w, Verb.DENY, w.desk_officer) == "no_dispute"
    assert refusal(w, Verb.CONFER, w.desk_officer) == "no_dispute"


def test_a_unit_called_in_the_place_of_another_may_decline_too_and_whoever_declined_may_not_again(w):
    make(w, Verb.UPHOLD, w.desk_officer, to="SJ")
    called = w.case.summonses.get(unit=w.market)
    decline(w, w.market_officer, called, "CG", w.at + 4 * HOUR)
    w.first, w.call = w.call, called
    make(w, Verb.UPHOLD, w.desk_officer, to="CG", at=w.at + 5 * HOUR)
    again = w.case.summonses.open().get(unit=w.works)
    with pytest.raises(MoveRefused) as refused:
        decline(w, w.works_officer, again, "SJ", w.at + 6 * HOUR)
    assert refused.value.code == "declined_before"
    sound(w)


def test_the_day_rows_follow(w):
    make(w, Verb.UPHOLD, w.desk_officer, to="SJ")
    assert sum(CaseDay.objects.filter(what="called", unit=w.works).values_list("number", flat=True)) == 0
    assert sum(CaseDay.objects.filter(what="called", unit=w.market).values_list("number", flat=True)) == 1


# ---- Who


def test_only_whoever_has_it_before_them_rules(w):
    for verb, facts in ((Verb.UPHOLD, {"to": "SJ"}), (Verb.DENY, {}), (Verb.CONFER, {}), (Verb.REFER, {})):
        for by in (w.works_officer, w.market_officer, w.dispatcher, w.establishment, w.legal, w.chief, w.clerk):
            assert refusal(w, verb, by, **facts) == "wrong_person"
    assert refusal(w, Verb.REFER, w.desk_officer) == "wrong_person"


def test_no_office_of_the_conferral_rules_alone(w):
    make(w, Verb.CONFER, w.desk_officer, note="两个事项都沾边")
    colleague = seat(person("editor2", "编办二", w.editors), Role.ESTABLISHMENT, w.editors)
    assert refusal(w, Verb.DENY, w.establishment) == "one_office"
    make(w, Verb.PUT_TO, w.establishment, ruling="denied")
    for by in (w.establishment, colleague):
        assert refusal(w, Verb.DENY, by) == "one_office"
    assert refusal(w, Verb.DENY, w.desk_officer) == "wrong_person"
    assert (dispute(w).is_open, clock(w, "conferral").stopped_at) == (True, None)
    sound(w)


def test_what_waits_for_the_other_offices_word_lies_before_that_office_alone(w):
    def lies_before(person) -> bool:
        return Dispute.objects.before(w.of(person)).exists()

    make(w, Verb.CONFER, w.desk_officer)
    assert (lies_before(w.establishment), lies_before(w.legal)) == (True, True)
    make(w, Verb.PUT_TO, w.establishment, ruling="upheld", to="SJ")
    assert (lies_before(w.establishment), lies_before(w.legal)) == (False, True)
    make(w, Verb.PUT_TO, w.legal, ruling="denied")
    assert (lies_before(w.establishment), lies_before(w.legal)) == (True, False)
    make(w, Verb.REFER, w.establishment, note="意见不一")
    assert (lies_before(w.establishment), lies_before(w.legal), lies_before(w.chief)) == (False, False, True)


def test_with_the_word_of_both_it_takes_effect(w):
    make(w, Verb.CONFER, w.desk_officer)
    make(w, Verb.PUT_TO, w.establishment, ruling="upheld", to="SJ")
    make(w, Verb.UPHOLD, w.legal, to="SJ")
    step = w.call.steps.get(verb=Verb.UPHOLD)
    first = w.call.steps.get(verb=Verb.PUT_TO)
    assert (step.actor, step.facts["with"], step.facts["agreed"]) == (w.legal, "editor", first.seq)
    assert (first.facts["called"], first.facts["office"]) == ("区市监局", "establishment")
    assert w.case.summonses.open().get(leads=True).unit == w.market
    sound(w)


def test_whoever_holds_both_offices_has_one_voice(w):
    make(w, Verb.CONFER, w.desk_officer)
    both = seat(seat(person("both", "两办", w.editors), Role.ESTABLISHMENT, w.editors), Role.LEGAL, w.justice)
    make(w, Verb.PUT_TO, both, ruling="denied")
    assert refusal(w, Verb.DENY, both) == "one_office"
    make(w, Verb.DENY, w.legal)


@pytest.mark.parametrize(("verb", "facts"), [(Verb.DENY, {}), (Verb.UPHOLD, {"to": "ST"})])
def test_agreeing_is_to_rule_the_same(w, verb, facts):
    make(w, Verb.CONFER, w.desk_officer)
    make(w, Verb.PUT_TO, w.establishment, ruling="upheld", to="SJ")
    assert refusal(w, verb, w.legal, **facts) == "other_ruling"


def test_who_disagrees_puts_another_ruling_or_goes_to_the_leader_with_both_words_on_record(w):
    make(w, Verb.CONFER, w.desk_officer)
    make(w, Verb.PUT_TO, w.establishment, ruling="denied", note="城管为主")
    make(w, Verb.PUT_TO, w.legal, ruling="upheld", to="SJ", note="市监为主")
    assert refusal(w, Verb.DENY, w.legal) == "one_office"
    assert refusal(w, Verb.DENY, w.establishment) == "other_ruling"
    make(w, Verb.REFER, w.establishment, note="意见不一")
    assert dispute(w).bench == Bench.LEADER
    told = w.call.steps.filter(verb__in=[Verb.PUT_TO, Verb.REFER]).values_list("note", flat=True)
    assert list(told) == ["城管为主", "市监为主", "意见不一"]
    sound(w)


def test_what_the_other_office_leaves_lying_goes_to_the_leader(w):
    make(w, Verb.CONFER, w.desk_officer)
    make(w, Verb.PUT_TO, w.establishment, ruling="denied")
    due = clock(w, "conferral").due_at
    sweep.run_once(due + INSTANT)
    assert (dispute(w).bench, dispute(w).is_open) == (Bench.LEADER, True)
    assert refusal(w, Verb.PUT_TO, w.legal, at=due + HOUR, ruling="denied") == "wrong_person"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({}, "facts_missing"), ({"ruling": "withdrawn"}, "no_ruling"), ({"ruling": "upheld"}, "no_unit"),
     ({"ruling": "upheld", "to": "CG"}, "same_unit")],
)  # fmt: skip
def test_what_is_put_to_the_other_office_is_a_whole_ruling(w, facts, code):
    make(w, Verb.CONFER, w.desk_officer)
    assert refusal(w, Verb.PUT_TO, w.legal, **facts) == code


def test_only_the_conferral_puts_rulings_to_each_other(w):
    for by in (w.desk_officer, w.establishment, w.legal, w.chief, w.works_officer):
        assert refusal(w, Verb.PUT_TO, by, ruling="denied") == "wrong_person"


def test_verify_names_a_ruling_with_one_word_only(w):
    make(w, Verb.CONFER, w.desk_officer)
    confer(w, Verb.DENY, w.establishment, w.legal)
    sound(w)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE cases_step SET actor_id = %s WHERE verb = 'deny'", [w.establishment.pk])
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")
    assert any("只有一家" in fault for fault in faults(w.at))


def test_the_conferral_reads_the_case_from_then_on(w):
    assert not Case.objects.visible_to(w.of(w.legal)).exists()
    make(w, Verb.CONFER, w.desk_officer)
    for by in (w.legal, w.establishment):
        assert Case.objects.visible_to(w.of(by)).get() == w.case
        assert [case for part in Case.objects.visible_in_parts(w.of(by)) for case in part] == [w.case]


def test_the_conferral_hands_it_to_the_leader_whom_nobody_is_above(w):
    make(w, Verb.CONFER, w.desk_officer)
    make(w, Verb.REFER, w.legal)
    assert (dispute(w).bench, clock(w, "leader").holder) == (Bench.LEADER, None)
    assert refusal(w, Verb.REFER, w.legal) == "wrong_person"
    make(w, Verb.UPHOLD, w.chief, to="SJ")
    sound(w)


def test_the_third_declining_in_a_case_goes_straight_to_the_leader(w):
    make(w, Verb.UPHOLD, w.desk_officer, to="SJ")
    decline(w, w.market_officer, w.case.summonses.get(unit=w.market), "ST", w.at + 4 * HOUR)
    third = w.case.summonses.get(unit=w.police)
    decline(w, w.police_officer, third, "ST", w.at + 4 * HOUR)
    assert list(Dispute.objects.order_by("pk").values_list("bench", flat=True)) == ["desk", "desk", "leader"]
    step = third.steps.get(verb=Verb.REFER)
    assert step.actor is None
    sound(w)


# ---- Precedents


def before_the_leader(w):
    make(w, Verb.CONFER, w.desk_officer)
    make(w, Verb.REFER, w.legal)


def test_what_the_conferral_or_the_leader_rules_is_kept_as_a_precedent(w):
    before_the_leader(w)
    make(w, Verb.UPHOLD, w.chief, to="SJ", note="食品摊点由市监牵头")
    found = Precedent.objects.get()
    assert (found.item, found.place_kind, found.unit, found.bench) == (w.item, "grid", w.market, Bench.LEADER)
    assert (found.words, found.case, found.dispute) == ("食品摊点由市监牵头", w.case, dispute(w))
    sound(w)


def test_denied_it_was_the_units_own_matter(w):
    make(w, Verb.CONFER, w.desk_officer)
    confer(w, Verb.DENY, w.establishment, w.legal)
    assert Precedent.objects.get().unit == w.works


def test_the_desks_ruling_is_none(w):
    make(w, Verb.DENY, w.desk_officer)
    assert not Precedent.objects.exists()
    sound(w)


def test_without_an_item_there_is_nothing_to_find_it_by(w):
    before_the_leader(w)
    Case.objects.update(item=None)
    make(w, Verb.DENY, w.chief)
    assert not Precedent.objects.exists()
    sound(w)


def test_it_is_offered_for_the_same_item_at_the_same_kind_of_place_and_not_in_its_own_case(w):
    before_the_leader(w)
    make(w, Verb.DENY, w.chief)
    assert offered(w.case, w.item) == []
    assert [one.case for one in offered(stories.accepted(w), w.item)] == [w.case]
    assert offered(stories.accepted(w), w.city_item) == []
    assert offered(stories.accepted(w, area=w.street), w.item) == []


# ---- Time


def due(w, bench):
    return clock(w, bench).due_at


def test_exactly_at_its_due_moment_the_desk_may_decide_and_not_a_moment_later(w):
    assert refusal(w, Verb.DENY, w.desk_officer, at=due(w, "desk") + INSTANT) == "went_up"
    make(w, Verb.DENY, w.desk_officer, at=due(w, "desk"))


def test_what_the_desk_leaves_goes_to_the_conferral_and_from_there_to_the_leader(w):
    first = due(w, "desk")
    sweep.run_once(first + HOUR)
    assert (dispute(w).bench, clock(w, "desk").lapsed_at, clock(w, "desk").stopped_at is None) == (
        Bench.CONFERRAL, first, False,
    )  # fmt: skip
    assert clock(w, "conferral").holder == w.editors
    second = due(w, "conferral")
    assert second > first + HOUR
    sweep.run_once(second + HOUR)
    assert dispute(w).bench == Bench.LEADER
    sound(w)


def test_what_the_leader_leaves_stays_open_and_overdue_and_may_still_be_ruled(w):
    for bench in ("desk", "conferral", "leader"):
        last = due(w, bench) + HOUR
        sweep.run_once(last)
    found, running = dispute(w), clock(w, "leader")
    assert (found.is_open, found.bench, running.stopped_at) == (True, Bench.LEADER, None)
    assert running.lapsed_at == running.due_at
    sound(w)
    make(w, Verb.DENY, w.chief, at=last + DAY)
    assert dispute(w).ruling == Ruling.DENIED
    sound(w)


def test_a_second_sweep_changes_nothing(w):
    late = due(w, "desk") + HOUR
    sweep.run_once(late)
    steps = list(Step.objects.order_by("pk").values_list("pk", "verb"))
    sweep.run_once(late)
    sweep.run_once(late)
    assert list(Step.objects.order_by("pk").values_list("pk", "verb")) == steps
    assert [verb for _pk, verb in steps].count(Verb.CONFER) == 1


# ---- The pages, at this very moment


@pytest.fixture
def now(monkeypatch):
    w = populated(present(monkeypatch))
    decline(w, w.works_officer, w.call, "SJ", w.at + 2 * stories.HOUR)
    return w


def where(w, verb: Verb) -> str:
    return reverse("cases:summons_move", args=[w.case.number, w.call.pk, verb.value])


def page(w) -> str:
    return reverse("cases:dispute", args=[w.case.number, w.call.pk])


def test_the_page_shows_both_sides_the_list_and_the_three_rulings(client, now):
    client.force_login(now.desk_officer)
    told = client.get(page(now)).content.decode()
    for words in ("不是我局职责", "已劝阻两次", "负责查处", "区市监局"):
        assert words in told
    for verb in (Verb.UPHOLD, Verb.DENY, Verb.CONFER):
        assert where(now, verb) in told
    assert where(now, Verb.REFER) not in told


def test_whoever_sees_the_case_reads_the_page_without_buttons_and_others_do_not_find_it(client, now):
    client.force_login(now.police_officer)
    told = client.get(page(now)).content.decode()
    assert "不是我局职责" in told
    assert where(now, Verb.DENY) not in told
    for unseen in (now.outsider, now.legal, now.market_officer):
        client.force_login(unseen)
        assert client.get(page(now)).status_code == 404


def test_a_call_that_nobody_declined_has_no_such_page(client, now):
    client.force_login(now.desk_officer)
    other = now.case.summonses.get(unit=now.police)
    assert client.get(reverse("cases:dispute", args=[now.case.number, other.pk])).status_code == 404


def test_it_waits_for_the_desk_then_for_the_conferral_then_for_the_leader(client, now):
    def waits(user) -> bool:
        client.force_login(user)
        return page(now) in client.get("/").content.decode()

    assert [waits(one) for one in (now.desk_officer, now.legal, now.chief)] == [True, False, False]
    client.force_login(now.desk_officer)
    assert client.post(where(now, Verb.CONFER), {"note": "两个事项都沾边"}).status_code == 302
    assert [waits(one) for one in (now.desk_officer, now.legal, now.establishment)] == [False, True, True]
    client.force_login(now.legal)
    assert client.post(where(now, Verb.REFER), {"note": "意见不一"}).status_code == 302
    assert [waits(one) for one in (now.legal, now.chief)] == [False, True]


def test_the_desk_upholds_on_the_form_with_the_unit_believed_right_proposed(client, now):
    client.force_login(now.desk_officer)
    assert client.get(where(now, Verb.UPHOLD)).context["form"]["to"].value() == "SJ"
    assert client.post(where(now, Verb.UPHOLD), {"to": "SJ", "note": "由市监查处"}).status_code == 302
    assert now.case.summonses.open().get(leads=True).unit == now.market


def test_one_office_puts_its_ruling_on_the_form_and_the_other_agrees_on_its_own(client, now):
    client.force_login(now.desk_officer)
    client.post(where(now, Verb.CONFER), {"note": "两个事项都沾边"})
    client.force_login(now.establishment)
    told = client.get(page(now)).content.decode()
    assert where(now, Verb.PUT_TO) in told
    assert where(now, Verb.DENY) not in told
    assert client.post(where(now, Verb.PUT_TO), {"note": "三定方案写明"}).context["form"].errors["ruling"]
    answer = client.post(where(now, Verb.PUT_TO), {"ruling": "upheld", "to": "SJ", "note": "三定方案写明"})
    assert answer.status_code == 302
    client.force_login(now.legal)
    told = client.get(page(now)).content.decode()
    assert "三定方案写明" in told
    assert where(now, Verb.UPHOLD) in told
    assert where(now, Verb.DENY) not in told
    form = client.get(where(now, Verb.UPHOLD)).context["form"]
    assert form["to"].value() == "SJ"
    assert "三定方案写明" in str(form["note"].help_text)
    assert client.post(where(now, Verb.UPHOLD), {"to": "SJ", "note": "同意"}).status_code == 302
    assert now.case.summonses.open().get(leads=True).unit == now.market


def test_a_page_opened_before_the_ruling_says_that_it_is_decided(client, now):
    client.force_login(now.desk_officer)
    client.post(where(now, Verb.DENY), {"note": "按清单办"})
    answer = client.post(where(now, Verb.UPHOLD), {"to": "SJ", "note": "由市监查处"})
    assert answer.status_code == 409
    assert "已有裁定" in answer.content.decode()


def test_a_bench_whose_time_is_over_is_told_so_on_the_form(client, now):
    let_time_pass(subject_kind="dispute")
    client.force_login(now.desk_officer)
    assert client.get(where(now, Verb.DENY)).status_code == 409


def test_the_case_page_says_that_it_is_declined_and_leads_whoever_decides_to_the_page(client, now):
    client.force_login(now.desk_officer)
    told = client.get(reverse("desk:case", args=[now.case.number])).content.decode()
    assert "退单待定" in told
    assert page(now) in told


def test_a_precedent_stands_beside_the_whistle_and_the_next_dispute(client, now):
    make(now, Verb.CONFER, now.desk_officer, at=now.at + 3 * stories.HOUR)
    confer(now, Verb.DENY, now.establishment, now.legal, at=now.at + 3 * stories.HOUR, note="占道以城管为主")
    case = stories.accepted(now)
    client.force_login(now.dispatcher)
    assert "占道以城管为主" in client.get(reverse("cases:whistle", args=[case.number])).content.decode()
    again = stories.whistled(now)
    now.case, now.call = again, again.summonses.get(unit=now.works)
    client.force_login(now.works_officer)
    assert "占道以城管为主" in client.get(where(now, Verb.DECLINE)).content.decode()
    said = {"note": "不是我局职责", "to": "SJ", "duty": now.duty.pk}
    assert client.post(where(now, Verb.DECLINE), said).status_code == 302
    assert "占道以城管为主" in client.get(page(now)).content.decode()


def test_a_pause_ends_with_the_call_whoever_allowed_it(w):
    """Clocks that stand still go on before they are another unit's: the street that allowed it may be that unit."""
    at = w.at + 2 * HOUR
    for verb, by, note, facts in (
        (Verb.PAUSE, w.works_officer, "等检测", {"until": "2026-03-16"}),
        (Verb.ALLOW, w.dispatcher, "同意", {}),
    ):
        call = Summons.objects.get(pk=w.call.pk)
        actions.answer(call, verb, by=w.of(by, at), at=at, note=note, facts=facts)
    make(w, Verb.UPHOLD, w.desk_officer, to="J1")
    assert w.case.summonses.open().get(leads=True).unit == w.office
    sound(w)


def test_a_whistle_taken_back_leaves_nothing_to_decide(w):
    at = w.at + 3 * HOUR
    actions.advance(Case.objects.get(pk=w.case.pk), Verb.WITHDRAW, by=w.of(w.dispatcher, at), at=at, note="街道自办")
    assert (dispute(w).ruling, clock(w, "desk").stopped_at) == (Ruling.WITHDRAWN, at)
    sound(w)


def test_a_ruling_speaks_for_its_item_beside_the_words_and_never_in_public(client, now):
    make(now, Verb.CONFER, now.desk_officer, at=now.at + 3 * stories.HOUR)
    confer(now, Verb.DENY, now.establishment, now.legal, at=now.at + 3 * stories.HOUR)
    ItemWords.objects.create(item=now.item, words="烧烤 占道")
    case = stories.accepted(now)
    Case.objects.filter(pk=case.pk).update(item=None)
    client.force_login(now.dispatcher)
    told = client.get(reverse("cases:whistle", args=[case.number])).content.decode()
    assert f"{localdate(now.at):%Y-%m-%d} 有判例：同类地点归区城管局" in told
    client.logout()
    told = client.get(reverse("engagement:who"), {"q": "烧烤占道", "street": now.street.code}).content.decode()
    assert "占道经营" in told
    assert "有判例" not in told


def test_the_newest_ruling_at_such_a_place_speaks_but_not_in_its_own_case_nor_out_of_sight(w):
    before_the_leader(w)
    make(w, Verb.UPHOLD, w.chief, to="SJ", note="食品摊点由市监牵头")
    there = lambda **more: scene_of(w.grid.code, w.at, **more).rulings  # noqa: E731
    assert {code: ruled.unit for code, ruled in there().items()} == {w.item.code: "区市监局"}
    assert there(own=w.case) == {}
    assert scene_of(w.street.code, w.at).rulings == {}
    Precedent.objects.update(case=stories.withheld(w))
    assert there() == {}
