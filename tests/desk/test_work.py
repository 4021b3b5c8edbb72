"""What waits for whom, read from the tables of moves."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accountability.models import Clock
from cases import actions, summons, workflow
from cases.models import Case, Summons, Verb
from desk.kinds import KINDS
from desk.work import Turn, work_of
from tests import stories
from tests.world import person, post, world

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def kinds(w, user) -> list[str]:
    return [turn.kind.code for turn in work_of(w.of(user), w.at).turns]


def test_a_report_waits_for_the_dispatcher_of_its_street_and_nobody_else(w):
    stories.reported(w)
    assert kinds(w, w.dispatcher) == ["accept"]
    for other in (w.outsider, w.desk_officer, w.worker, w.works_officer, w.clerk, w.establishment):
        assert kinds(w, other) == []


def test_a_report_without_a_street_waits_at_the_desk_to_be_placed(w):
    stories.reported(w, area=w.district)
    assert kinds(w, w.desk_officer) == ["place"]
    assert kinds(w, w.dispatcher) == []


def test_an_accepted_case_waits_for_a_decision_of_its_street(w):
    stories.accepted(w)
    assert kinds(w, w.dispatcher) == ["decide"]
    assert kinds(w, w.desk_officer) == []


def test_a_whistle_through_the_desk_waits_there(w):
    stories.at_desk(w)
    assert kinds(w, w.desk_officer) == ["dispatch"]
    assert kinds(w, w.dispatcher) == []


def test_each_unit_called_sees_its_own_summons_step_by_step(w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    by = w.of(w.works_officer)
    assert kinds(w, w.works_officer) == kinds(w, w.police_officer) == ["sign"]
    actions.answer(call, Verb.SIGN, by=by, at=w.at + 4 * HOUR)
    assert kinds(w, w.works_officer) == ["respond"]
    actions.answer(call, Verb.RESPOND, by=by, at=w.at + 4 * HOUR, facts=stories.CONTACT)
    assert kinds(w, w.works_officer) == ["arrive"]
    actions.answer(call, Verb.ARRIVE, by=by, at=w.at + 4 * HOUR, note="到了")
    assert kinds(w, w.works_officer) == ["reply"]
    actions.answer(call, Verb.REPLY, by=by, at=w.at + 4 * HOUR, note="清了")
    assert kinds(w, w.works_officer) == []


def test_after_a_rework_the_lead_owes_a_reply_again(w):
    case = stories.inspecting(w)
    actions.advance(case, Verb.REWORK, by=w.of(w.worker), at=w.at + 4 * HOUR, note="还在")
    assert kinds(w, w.works_officer) == ["reply"]
    assert kinds(w, w.police_officer) == []


def test_inspection_waits_for_those_near_who_did_not_handle_it(w):
    case = stories.accepted(w)
    case = actions.self_handle(
        case, by=w.of(w.worker), at=w.at + 4 * HOUR, level="grid", worker=w.worker, note="自己清"
    )
    call = case.summonses.get()
    contact = {**stories.CONTACT, "contacted_at": (w.at + 4 * HOUR).isoformat()}
    actions.answer(call, Verb.RESPOND, by=w.of(w.worker), at=w.at + 4 * HOUR, facts=contact)
    assert kinds(w, w.worker) == ["reply"]
    actions.answer(call, Verb.REPLY, by=w.of(w.worker), at=w.at + 4 * HOUR, note="清了")
    assert kinds(w, w.worker) == []
    assert kinds(w, w.next_worker) == kinds(w, w.community_worker) == ["inspect"]
    assert kinds(w, w.far_worker) == []


def test_where_no_street_is_known_the_inspector_goes_and_looks(w):
    case = stories.reported(w, area=w.district)
    by, at = w.of(w.desk_officer), w.at + HOUR
    case = actions.accept(case, by=by, at=at, summary="占道", category=w.category, urgency="normal", item=w.item)
    actions.blow_whistle(case, by=by, at=at, kind="prominent", first_action="已核实", calls=stories.calls(w))
    for call in case.summonses.all():
        stories.replies(w, call)
    assert kinds(w, w.inspector) == ["inspect"]
    assert kinds(w, w.worker) == kinds(w, w.community_worker) == []


def test_the_inspector_is_not_asked_to_look_where_the_place_has_people(w):
    stories.inspecting(w)
    assert kinds(w, w.inspector) == []


def test_calling_back_waits_for_the_hotline_and_closing_for_the_desk(w):
    stories.calling_back(w)
    assert kinds(w, w.clerk) == ["call_back"]
    stories.closing(w)
    assert kinds(w, w.desk_officer) == ["close"]


def test_the_earliest_due_stands_first_and_what_has_no_due_moment_last(w):
    late, soon, never = (stories.reported(w) for _ in range(3))
    Clock.objects.of("case", [late.pk]).update(due_at=w.at - timedelta(hours=1))
    Clock.objects.of("case", [soon.pk]).update(due_at=w.at + timedelta(hours=1))
    Clock.objects.of("case", [never.pk]).delete()
    turns = work_of(w.of(w.dispatcher), w.at).turns
    assert [turn.case_id for turn in turns] == [late.pk, soon.pk, never.pk]
    assert [turn.group(w.at) for turn in turns] == ["over", "today", "later"]


def test_exactly_at_the_due_moment_is_not_overdue(w):
    clock = Clock(due_at=w.at)
    assert Turn(1, KINDS["accept"], clock).group(w.at) == "today"
    assert Turn(1, KINDS["accept"], clock).group(w.at + timedelta(seconds=1)) == "over"
    assert Turn(1, KINDS["accept"], clock).group(w.at - timedelta(days=1)) == "tomorrow"


def test_the_clock_beside_a_turn_is_the_one_that_its_move_stops(w):
    case = stories.whistled(w)
    actions.answer(case.summonses.get(unit=w.works), Verb.SIGN, by=w.of(w.works_officer), at=w.at + 4 * HOUR)
    assert [turn.clock.phase for turn in work_of(w.of(w.works_officer), w.at).turns] == ["respond"]
    assert [turn.clock.phase for turn in work_of(w.of(w.police_officer), w.at).turns] == ["sign"]


def test_a_street_waits_for_the_units_it_called_and_a_unit_for_the_end(w):
    stories.whistled(w)
    waiting = work_of(w.of(w.dispatcher), w.at).waiting
    assert {turn.call.unit for turn in waiting} == {w.works, w.police}
    stories.inspecting(w)
    [after] = work_of(w.of(w.works_officer), w.at).waiting
    assert (after.kind, after.clock.phase) == (None, "inspect")


def test_nothing_of_an_ended_case_waits_for_anybody(w):
    stories.closed(w)
    turned = stories.reported(w)
    actions.advance(turned, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at + 4 * HOUR, note="不归我区")
    for user in (w.dispatcher, w.works_officer, w.desk_officer, w.clerk, w.worker):
        work = work_of(w.of(user), w.at)
        assert (work.turns, work.waiting) == ([], [])


def test_whatever_waits_is_allowed_by_the_tables_and_visible(w):
    for walk in (stories.reported, stories.accepted, stories.at_desk, stories.whistled, stories.inspecting,
                 stories.calling_back, stories.closing):  # fmt: skip
        walk(w)
    everybody = [value for value in vars(w).values() if hasattr(value, "username")]
    for user in everybody:
        standing = w.of(user)
        seen = set(Case.objects.visible_to(standing).values_list("pk", flat=True))
        for turn in work_of(standing, w.at).turns:
            thing = Summons.objects.get(pk=turn.call.pk) if turn.call else Case.objects.get(pk=turn.case_id)
            move = (summons if turn.call else workflow).MOVES[turn.kind.verb]
            assert thing.state in move.sources
            assert move.who.holds(thing, standing)
            assert turn.case_id in seen


def test_the_number_of_queries_does_not_grow(w):
    post(person("both", "两岗"), "clerk", w.district)

    def queries(user) -> int:
        with CaptureQueriesContext(connection) as asked:
            work_of(w.of(user), w.at)
        return len(asked)

    def tell() -> None:
        for walk in (stories.reported, stories.whistled, stories.inspecting, stories.calling_back, stories.closing):
            walk(w)

    tell()
    users = (w.dispatcher, w.desk_officer, w.works_officer, w.worker, w.clerk)
    few = [queries(user) for user in users]
    for _ in range(3):
        tell()
    assert [queries(user) for user in users] == few
    assert max(few) <= 7


def asks_for_a_pause(w) -> Case:
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    by = w.of(w.works_officer)
    actions.answer(call, Verb.PAUSE, by=by, at=w.at + 2 * HOUR, note="连日低温", facts={"until": "2026-03-13"})
    return case


def test_a_pause_that_is_asked_for_waits_for_whoever_may_allow_it(w):
    case = asks_for_a_pause(w)
    for user in (w.dispatcher, w.street_leader, w.desk_officer, w.inspector):
        (turn,) = [one for one in work_of(w.of(user), w.at).turns if one.kind.code == "allow"]
        assert (turn.case_id, turn.call.unit) == (case.pk, w.works)
        assert turn.clock.due_at >= w.at
        late = w.at + timedelta(days=20)
        (turn,) = [one for one in work_of(w.of(user), late).turns if one.kind.code == "allow"]
        assert turn.group(late) != "over"  # the unit's, and nothing that a pause could halt
    for other in (w.works_officer, w.police_officer, w.outsider, w.clerk, w.worker):
        assert "allow" not in kinds(w, other)
    call = case.summonses.get(unit=w.works)
    actions.answer(call, Verb.DISALLOW, by=w.of(w.inspector), at=w.at + 3 * HOUR, note="可以先清")
    assert "allow" not in kinds(w, w.dispatcher) + kinds(w, w.inspector)


def test_shelving_waits_for_another_unit_than_the_street(w):
    case, by = stories.accepted(w), w.of(w.dispatcher)
    facts = {"until": "2026-04-15", "plan": "等年度计划", "leader": w.street_leader.pk}
    actions.advance(case, Verb.SHELVE, by=by, at=w.at + 2 * HOUR, note="等施工", facts=facts)
    assert kinds(w, w.desk_officer) == kinds(w, w.inspector) == ["allow"]
    assert "allow" not in kinds(w, w.dispatcher) + kinds(w, w.street_leader)


def test_many_pauses_ask_no_more_than_one(w):
    asks_for_a_pause(w)
    with CaptureQueriesContext(connection) as few:
        work_of(w.of(w.desk_officer), w.at)
    for _ in range(4):
        asks_for_a_pause(w)
    with CaptureQueriesContext(connection) as many:
        found = work_of(w.of(w.desk_officer), w.at)
    assert len(found.turns) == 5
    assert len(many) == len(few)
