"""Orders of supervision: the ladder issues them, or an inspector; the unit answers; an inspector alone closes."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accountability.invariants import faults as faults_of_clocks
from accountability.models import Clock
from accountability.sweep import run_once
from cases import actions
from cases.invariants import faults
from cases.models import Case, Cause, Order, Repeat, Step, Summons, Verb, Verdict
from cases.moves import MoveRefused
from cases.ordered import CLOSED_BY_OTHERS
from desk.work import work_of
from people.models import Role
from tests import stories
from tests.present import present
from tests.world import person, post, seat, with_ladder, world

pytestmark = pytest.mark.django_db
HOUR, DAY = stories.HOUR, timedelta(days=1)
LATE = 15 * DAY  # six days over: the order and the leader are reached


def populated(w):
    w.chief = post(person("chief", "区领导"), Role.DISTRICT_LEADER, w.district)
    w.case = stories.whistled(w)
    w.call = w.case.summonses.get(unit=w.works)
    return w


@pytest.fixture
def w():
    return populated(with_ladder(world()))


@pytest.fixture
def overdue(w):
    """Overdue by two days: the order is out."""
    run_once(w.at + 10 * DAY)
    w.order = Order.objects.get(summons=w.call)
    return w


def call(w) -> Summons:
    return Summons.objects.get(pk=w.call.pk)


def make(w, verb: Verb, by, *, at=None, note="说明在此", **facts) -> Summons:
    at = at or w.at + 10 * DAY + HOUR
    return actions.answer(call(w), verb, by=w.of(by, at), at=at, note=note, facts=facts)


def refusal(w, verb: Verb, by, **more) -> str:
    before = Step.objects.count(), list(Order.objects.values())
    with pytest.raises(MoveRefused) as refused:
        make(w, verb, by, **more)
    assert refused.value.sentence.strip()
    assert (Step.objects.count(), list(Order.objects.values())) == before
    return str(refused.value.code)


def sound(w, at=None) -> None:
    told = [*faults(w.at), *faults_of_clocks(at or w.at)]
    assert [fault for fault in told if "recorded" not in fault and "记录" not in fault] == []


# ---- Issued by the ladder


def test_a_reply_overdue_by_two_days_brings_an_order_to_the_unit(overdue):
    w = overdue
    assert (w.order.cause, w.order.unit, w.order.is_awaited) == (Cause.OVERDUE, w.works, True)
    assert w.order.asks
    clock = Clock.objects.get(subject_kind="order", subject_id=w.order.pk)
    assert (clock.holder, clock.phase) == (w.works, "answer")
    assert timedelta(0) <= clock.started_at - (w.at + 10 * DAY) < timedelta(seconds=5)  # once it is noticed
    assert clock.limit.basis
    sound(w, w.at + 10 * DAY)


def test_each_unit_that_is_late_gets_its_own_and_no_second_one(overdue):
    run_once(overdue.at + 12 * DAY)
    assert sorted(Order.objects.values_list("unit__code", flat=True)) == ["CG", "GA"]


def reworked(w, times: int) -> Case:
    case = stories.inspecting(w)
    for turn in range(times):
        at = w.at + (4 + turn) * HOUR
        actions.advance(case, Verb.REWORK, by=w.of(w.worker, at), at=at, note="又回来了")
        lead = case.summonses.get(leads=True)
        if turn < times - 1:
            actions.answer(lead, Verb.REPLY, by=w.of(w.works_officer, at), at=at, note="再清")
        case = Case.objects.get(pk=case.pk)
    return case


def test_the_second_rework_brings_an_order_and_the_first_does_not(w):
    assert not reworked(w, 1).orders.exists()
    case = reworked(w, 2)
    order = case.orders.get()
    assert (order.cause, order.unit, order.round) == (Cause.REWORK, w.works, 3)
    assert list(case.steps.order_by("-seq").values_list("verb", flat=True))[0] == Verb.ORDER
    sound(w)


def called_back(w, rework: int, **facts) -> Case:
    case = reworked(w, rework) if rework else stories.inspecting(w)
    at = w.at + 8 * HOUR
    if rework:
        actions.answer(case.summonses.get(leads=True), Verb.REPLY, by=w.of(w.works_officer, at), at=at, note="再清")
    actions.advance(Case.objects.get(pk=case.pk), Verb.PASS, by=w.of(w.worker, at), at=at, note="看过")
    facts = {"outcome": "reached", **facts}
    return actions.advance(Case.objects.get(pk=case.pk), Verb.CALL_BACK, by=w.of(w.clerk, at), at=at, facts=facts)


@pytest.mark.parametrize(
    ("rework", "facts", "causes"),
    [
        (1, {"solved": True, "grade": "dissatisfied"}, [Cause.DISSATISFIED]),
        (1, {"solved": False, "grade": "neutral"}, [Cause.DISSATISFIED]),
        (1, {"solved": True, "grade": "satisfied"}, []),
        (0, {"solved": False, "grade": "dissatisfied"}, []),
    ],
)
def test_a_resident_who_is_dissatisfied_after_rework_brings_one(w, rework, facts, causes):
    case = called_back(w, rework, **facts)
    assert list(case.orders.values_list("cause", flat=True)) == causes
    sound(w)


def test_what_follows_from_a_word_of_the_past_is_of_the_past_too(w):
    case = reworked(w, 1)
    lead, by = case.summonses.get(leads=True), w.of(w.works_officer, w.at + 8 * HOUR)
    actions.answer(lead, Verb.REPLY, by=by, at=w.at + 8 * HOUR, note="再清")
    case = Case.objects.get(pk=case.pk)
    said = {"by": w.of(w.worker), "at": w.at + 9 * HOUR, "note": "又回来了", "origin": "demo"}
    actions.advance(case, Verb.REWORK, **said)
    assert Step.objects.get(verb=Verb.ORDER).origin == "demo"
    sound(w)


def test_without_a_ladder_nothing_is_ordered():
    w = populated(world())
    reworked(w, 2)
    run_once(w.at + LATE)
    assert not Order.objects.exists()


# ---- Issued by hand


def test_an_inspector_orders_by_hand_with_a_reason(w):
    make(w, Verb.ORDER, w.inspector, note="请说明何时修复")
    order = Order.objects.get()
    assert (order.cause, order.asks, order.issued_by) == (Cause.BY_HAND, "请说明何时修复", w.inspector)
    assert call(w).to_answer == 1
    sound(w)


def test_whom_an_order_by_hand_is_refused(w):
    assert refusal(w, Verb.ORDER, w.inspector, note=" ") == "note_missing"
    for other in (w.works_officer, w.dispatcher, w.desk_officer, w.chief):
        assert refusal(w, Verb.ORDER, other) == "wrong_person"
    make(w, Verb.ORDER, w.inspector)
    assert refusal(w, Verb.ORDER, w.inspector) == "ordered_already"


def test_what_is_closed_brings_no_new_order(w):
    case = stories.closing(w)
    actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="办结")
    w.call = case.summonses.get(unit=w.works)
    assert refusal(w, Verb.ORDER, w.inspector) == "case_ended"


# ---- Answered, returned, closed


def test_the_unit_answers_and_the_inspector_closes(overdue):
    w = overdue
    due = Clock.objects.get(subject_kind="summons", subject_id=w.call.pk, phase="result").due_at
    make(w, Verb.ANSWER, w.works_officer, note="周四修复")
    make(w, Verb.CLOSE_ORDER, w.inspector, note="已看过", verdict=Verdict.REMEDIED)
    order = Order.objects.get(pk=w.order.pk)
    assert (order.answer, order.answered_by, order.verdict, order.closed_by) == (
        "周四修复", w.works_officer, Verdict.REMEDIED, w.inspector,
    )  # fmt: skip
    assert (call(w).to_answer, call(w).to_judge) == (0, 0)
    assert Clock.objects.get(subject_kind="summons", subject_id=w.call.pk, phase="result").due_at == due
    sound(w, w.at + 10 * DAY)


def test_nobody_but_an_inspector_closes_or_returns(overdue):
    w = overdue
    w.boss = seat(person("boss", "局长", w.works), Role.DEPT_LEADER, w.works)
    make(w, Verb.ANSWER, w.works_officer)
    for other in (w.works_officer, w.boss, w.dispatcher, w.street_leader, w.desk_officer, w.chief, w.clerk):
        assert refusal(w, Verb.CLOSE_ORDER, other, verdict="remedied") == "wrong_person"
        assert refusal(w, Verb.RETURN, other) == "wrong_person"


def test_an_inspector_whose_own_unit_is_called_closes_nothing(overdue):
    w = overdue
    own = post(person("own", "局内督查", w.works), Role.INSPECTOR, w.district)
    make(w, Verb.ANSWER, w.works_officer)
    assert refusal(w, Verb.CLOSE_ORDER, own, verdict="remedied") == "wrong_person"


def test_only_the_unit_answers_and_only_what_is_asked(overdue):
    w = overdue
    for other in (w.inspector, w.police_officer, w.desk_officer):
        assert refusal(w, Verb.ANSWER, other) == "wrong_person"
    assert refusal(w, Verb.ANSWER, w.works_officer, note="\u200b") == "note_missing"
    make(w, Verb.ANSWER, w.works_officer)
    assert refusal(w, Verb.ANSWER, w.works_officer) == "no_order"


def test_what_is_not_answered_is_neither_closed_nor_returned(overdue):
    w = overdue
    assert refusal(w, Verb.CLOSE_ORDER, w.inspector, verdict="remedied") == "not_answered"
    assert refusal(w, Verb.RETURN, w.inspector) == "not_answered"
    make(w, Verb.ANSWER, w.works_officer)
    assert refusal(w, Verb.CLOSE_ORDER, w.inspector, verdict="fine") == "no_verdict"
    assert refusal(w, Verb.CLOSE_ORDER, w.inspector) == "facts_missing"


def test_a_returned_answer_is_asked_for_again_on_a_clock_of_its_own(overdue):
    w = overdue
    make(w, Verb.ANSWER, w.works_officer)
    make(w, Verb.RETURN, w.inspector, note="未写日期")
    assert (Order.objects.get(pk=w.order.pk).returned, call(w).to_answer) == (1, 1)
    first, second = Clock.objects.filter(subject_kind="order", subject_id=w.order.pk).order_by("pk")
    assert (first.stopped_at is not None, second.stopped_at, second.round) == (True, None, 2)
    make(w, Verb.ANSWER, w.works_officer, note="周五前")
    make(w, Verb.CLOSE_ORDER, w.inspector, verdict="not_remedied")
    sound(w, w.at + 10 * DAY)


def test_an_answer_after_its_time_is_late_whether_the_sweep_came_by_or_not(overdue):
    w = overdue
    clock = Clock.objects.get(subject_kind="order", subject_id=w.order.pk)
    make(w, Verb.ANSWER, w.works_officer, at=clock.due_at + HOUR)
    clock.refresh_from_db()
    assert clock.lapsed_at == clock.due_at
    assert w.call.steps.filter(verb=Verb.LAPSE, facts__clock=clock.pk).count() == 1


def test_the_sweep_notices_an_order_that_nobody_answered_once(overdue):
    w = overdue
    clock = Clock.objects.get(subject_kind="order", subject_id=w.order.pk)
    for _twice in range(2):
        run_once(clock.due_at + HOUR)
    assert w.call.steps.filter(verb=Verb.LAPSE, facts__clock=clock.pk).count() == 1
    assert Order.objects.get(pk=w.order.pk).is_awaited


def test_of_several_orders_one_is_named(overdue):
    w = overdue
    make(w, Verb.ORDER, w.inspector, note="另请说明值守")
    assert refusal(w, Verb.ANSWER, w.works_officer) == "which_order"
    assert refusal(w, Verb.ANSWER, w.works_officer, order="0") == "which_order"
    make(w, Verb.ANSWER, w.works_officer, order=w.order.pk)
    assert Order.objects.get(pk=w.order.pk).answered_at
    assert (call(w).to_answer, call(w).to_judge) == (1, 1)
    sound(w, w.at + 10 * DAY)


def test_an_order_may_be_answered_and_closed_after_the_unit_has_replied(overdue):
    w = overdue
    stories.replies(w, call(w), w.at + 10 * DAY + HOUR)
    make(w, Verb.ANSWER, w.works_officer, at=w.at + 10 * DAY + 2 * HOUR)
    make(w, Verb.CLOSE_ORDER, w.inspector, at=w.at + 10 * DAY + 3 * HOUR, verdict="remedied")
    sound(w, w.at + 10 * DAY)


def test_the_database_lets_nobody_close_what_was_not_answered(overdue):
    with pytest.raises(IntegrityError), transaction.atomic():
        Order.objects.update(closed_at=overdue.at, closed_by=overdue.inspector, verdict="remedied")


def test_a_row_closed_by_others_is_found(overdue):
    w = overdue
    make(w, Verb.ANSWER, w.works_officer)
    make(w, Verb.CLOSE_ORDER, w.inspector, verdict="remedied")
    sound(w, w.at + 10 * DAY)
    Order.objects.filter(pk=w.order.pk).update(closed_by=w.works_officer)
    number = w.case.number
    assert any(str(CLOSED_BY_OTHERS.says) % {"id": w.order.pk, "number": number} == fault for fault in faults(w.at))


# ---- What waits for whom


def waits(w, user) -> list[tuple[str, object]]:
    at = w.at + 10 * DAY + 2 * HOUR
    turns = work_of(w.of(user, at), at).turns
    return [(turn.kind.code, turn.due_at) for turn in turns if turn.kind.code in ("answer", "judge")]


def test_an_order_waits_for_the_unit_and_its_answer_for_the_inspector(overdue):
    w = overdue
    due = Clock.objects.get(subject_kind="order", subject_id=w.order.pk).due_at
    assert (waits(w, w.works_officer), waits(w, w.inspector)) == ([("answer", due)], [])
    make(w, Verb.ANSWER, w.works_officer)
    assert (waits(w, w.works_officer), waits(w, w.inspector)) == ([], [("judge", None)])
    make(w, Verb.CLOSE_ORDER, w.inspector, verdict="remedied")
    assert (waits(w, w.works_officer), waits(w, w.inspector)) == ([], [])


def test_an_order_that_a_closed_case_leaves_open_still_waits_for_the_unit(w):
    case = stories.closing(w)
    w.call = case.summonses.get(unit=w.works)
    make(w, Verb.ORDER, w.inspector, at=w.at + 4 * HOUR)
    actions.advance(Case.objects.get(pk=case.pk), Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="办结")
    assert [code for code, _due in waits(w, w.works_officer)] == ["answer"]
    make(w, Verb.ANSWER, w.works_officer, note="周四修复")
    assert (waits(w, w.works_officer), [code for code, _due in waits(w, w.inspector)]) == ([], ["judge"])
    make(w, Verb.CLOSE_ORDER, w.inspector, verdict="remedied")
    sound(w)


# ---- The same at one place


def accepted_again(w, area, at, item=None) -> Case:
    case = stories.reported(w, area=area)
    given = {"summary": "烧烤占道", "category": w.category, "urgency": "normal", "item": item or w.item}
    return actions.accept(case, by=w.of(w.dispatcher, at), at=at, **given)


def test_the_third_case_at_one_place_within_thirty_days_is_told_to_the_leader_once(w):
    second = accepted_again(w, w.grid, w.at + 10 * DAY)
    accepted_again(w, w.next_grid, w.at + 10 * DAY)
    accepted_again(w, w.grid, w.at + 10 * DAY, w.city_item)
    run_once(w.at + 10 * DAY)
    assert not Repeat.objects.exists()
    third = accepted_again(w, w.grid, w.at + 20 * DAY)
    for _twice in range(2):
        run_once(w.at + 20 * DAY)
    found = Repeat.objects.get()
    assert (found.case, found.count) == (third, 3)
    step = third.steps.get(verb=Verb.ESCALATE)
    assert step.facts["cases"] == [w.case.number, second.number, third.number]
    accepted_again(w, w.grid, w.at + 21 * DAY)
    run_once(w.at + 21 * DAY)
    assert Repeat.objects.count() == 1


def test_what_is_further_apart_is_no_repeat(w):
    for days in (16, 32):
        accepted_again(w, w.grid, w.at + days * DAY)
        run_once(w.at + days * DAY)
    assert not Repeat.objects.exists()


def test_a_street_is_no_place(w):
    for days in (1, 2, 3):
        accepted_again(w, w.street, w.at + days * DAY)
    run_once(w.at + 3 * DAY)
    assert not Repeat.objects.exists()


# ---- The pages, at this very moment


@pytest.fixture
def now(monkeypatch):
    return populated(with_ladder(present(monkeypatch)))


def where(w, verb: Verb) -> str:
    return reverse("cases:summons_move", args=[w.case.number, w.call.pk, verb.value])


def send(client, user, url: str, **typed):
    client.force_login(user)
    return client.post(url, typed)


def test_an_order_goes_its_whole_way_through_the_pages(client, now):
    w = now
    assert send(client, w.inspector, where(w, Verb.ORDER), note="请说明何时修复").status_code == 302
    client.force_login(w.works_officer)
    assert "请说明何时修复" in client.get(where(w, Verb.ANSWER)).content.decode()
    assert send(client, w.works_officer, where(w, Verb.ANSWER), note="周四").status_code == 302
    assert send(client, w.inspector, where(w, Verb.RETURN), note="谁带队？").status_code == 302
    assert send(client, w.works_officer, where(w, Verb.ANSWER), note="周四，陈立").status_code == 302
    client.force_login(w.inspector)
    assert "周四，陈立" in client.get(where(w, Verb.CLOSE_ORDER)).content.decode()
    missing = send(client, w.inspector, where(w, Verb.CLOSE_ORDER), note="看过")
    assert (missing.status_code, bool(missing.context["form"].errors["verdict"])) == (422, True)
    given = {"note": "看过", "verdict": "remedied"}
    assert send(client, w.inspector, where(w, Verb.CLOSE_ORDER), **given).status_code == 302
    assert Order.objects.get().verdict == Verdict.REMEDIED


def test_who_sees_the_case_but_may_not_reads_why(client, now):
    for verb in (Verb.ORDER, Verb.RETURN, Verb.CLOSE_ORDER):
        answer = send(client, now.works_officer, where(now, verb), note="x", verdict="remedied")
        assert (answer.status_code, answer.context["refused"].code) == (403, "wrong_person")
    assert send(client, now.outsider, where(now, Verb.ORDER), note="x").status_code == 404


def test_the_form_lets_choose_among_several_orders(client, now):
    w = now
    send(client, w.inspector, where(w, Verb.ORDER), note="请说明何时修复")
    other = Order.objects.get()
    other.pk, other._state.adding, other.cause = None, True, Cause.OVERDUE
    other.save()
    Summons.objects.filter(pk=w.call.pk).update(to_answer=2)
    assert send(client, w.works_officer, where(w, Verb.ANSWER), note="周四").status_code == 422
    assert send(client, w.works_officer, where(w, Verb.ANSWER), note="周四", order=other.pk).status_code == 302
    assert Order.objects.get(pk=other.pk).answer == "周四"


def test_the_case_page_tells_each_order_and_offers_what_its_reader_may_do(client, now):
    w = now
    page = reverse("desk:case", args=[w.case.number])
    send(client, w.inspector, where(w, Verb.ORDER), note="请说明何时修复")

    def card(user) -> tuple[str, list[str]]:
        client.force_login(user)
        (line,) = client.get(page).context["page"].orders
        return line.order.asks, [link.href for link in line.links]

    assert card(w.works_officer) == ("请说明何时修复", [where(w, Verb.ANSWER)])
    assert card(w.inspector) == ("请说明何时修复", [])
    send(client, w.works_officer, where(w, Verb.ANSWER), note="周四修复")
    assert card(w.works_officer)[1] == []
    assert card(w.inspector)[1] == [where(w, Verb.CLOSE_ORDER), where(w, Verb.RETURN)]
    send(client, w.inspector, where(w, Verb.CLOSE_ORDER), note="已看过", verdict="remedied")
    told = client.get(page).content.decode()
    assert "周四修复" in told
    assert "已看过" in told
    assert card(w.inspector)[1] == []


def test_one_button_leads_to_the_choice_of_the_unit(client, now):
    w = now
    choice = reverse("cases:order", args=[w.case.number])
    client.force_login(w.inspector)
    buttons = client.get(reverse("desk:case", args=[w.case.number])).context["page"].moves.buttons
    assert [button.href for button in buttons if button.verb == Verb.ORDER] == [choice]
    told = client.get(choice).content.decode()
    for call in w.case.summonses.all():
        assert reverse("cases:summons_move", args=[w.case.number, call.pk, Verb.ORDER.value]) in told


def test_who_may_not_order_reads_why_instead_of_a_choice(client, now):
    choice = reverse("cases:order", args=[now.case.number])
    client.force_login(now.works_officer)
    answer = client.get(choice)
    assert (answer.status_code, answer.context["refused"].code) == (403, "wrong_person")
    client.force_login(now.outsider)
    assert client.get(choice).status_code == 404
