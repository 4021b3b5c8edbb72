"""What the moves leave behind: steps, clocks, summonses, and who is spared."""

import pytest
from django.db import IntegrityError, connection, transaction

from accountability.models import Clock, Item
from cases import actions
from cases.models import Answer, Case, State, Step, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


def phases(kind: str, pk: int, **where) -> set[str]:
    return set(Clock.objects.of(kind, [pk]).filter(**where).values_list("phase", flat=True))


def test_a_whistle_on_the_list_goes_out_at_once_with_clocks_for_each_unit():
    w = world()
    case = stories.whistled(w)
    assert case.state == State.IN_HAND
    for call in case.summonses.all():
        assert phases("summons", call.pk, stopped_at=None) == {"sign", "respond", "arrive", "result"}
    assert case.summonses.get(leads=True).unit == w.works


def test_a_whistle_off_the_list_waits_at_the_desk_with_the_desks_own_clock():
    w = world()
    case = stories.at_desk(w)
    assert (case.state, case.summonses.count()) == (State.AT_DESK, 0)
    assert Clock.objects.of("case", [case.pk]).running().get(phase="dispatch").holder == w.desk


def test_a_unit_outside_the_district_waits_at_the_desk():
    w = world()
    case = stories.accepted(w)
    duties = {duty.unit_id: duty for duty in w.city_item.versions.get().duties.exclude(unit=None)}
    wanted = [actions.Call(w.city_branch, True, duties[w.city_branch.pk])]
    case = actions.blow_whistle(
        case,
        by=w.of(w.dispatcher),
        at=w.at + stories.HOUR,
        kind="prominent",
        first_action="已劝",
        calls=wanted,
        item=w.city_item,
    )
    assert case.state == State.AT_DESK
    assert case.steps.last().facts["waits"] == "outside_district"


def test_a_whistle_may_say_that_nothing_on_the_list_fits_and_names_no_item_off_it():
    w = world()
    say = {
        "by": w.of(w.dispatcher),
        "at": w.at + stories.HOUR,
        "kind": "prominent",
        "first_action": "已劝",
        "calls": [],
    }
    off_list = Item.objects.create(code="XX-99", category=w.category)
    with pytest.raises(MoveRefused) as caught:
        actions.blow_whistle(stories.accepted(w), item=off_list, **say)
    assert caught.value.code == "item_not_in_force"
    case = actions.blow_whistle(stories.accepted(w), item=None, **say)
    assert (case.item, case.state, case.steps.last().facts["waits"]) == (None, State.AT_DESK, "no_item")


def test_an_emergency_runs_on_urgent_clocks():
    w = world()
    say = {"by": w.of(w.dispatcher), "at": w.at + stories.HOUR, "first_action": "已封路", "calls": stories.calls(w)}
    case = actions.blow_whistle(stories.accepted(w), kind="emergency", **say)
    assert case.urgency == "urgent"
    limits = Clock.objects.of("summons", case.summonses.values_list("pk", flat=True)).values_list(
        "limit__urgency", flat=True
    )
    assert set(limits) == {"urgent"}


def test_the_desk_sends_it_out_or_back():
    w = world()
    case = stories.at_desk(w)
    back = actions.advance(case, Verb.SEND_BACK, by=w.of(w.desk_officer), at=w.at + stories.HOUR, note="先自行处置")
    assert back.state == State.ACCEPTED
    case = actions.blow_whistle(
        back, by=w.of(w.dispatcher), at=w.at + stories.HOUR, kind="prominent", first_action="已处置", calls=[]
    )
    call = actions.Call(w.market, True, None, "食品")
    case = actions.dispatch(case, by=w.of(w.desk_officer), at=w.at + stories.HOUR * 2, calls=[call])
    assert (case.state, case.summonses.get().unit) == (State.IN_HAND, w.market)


def test_the_last_reply_moves_the_case_on():
    w = world()
    lead, support = stories.whistled(w).summonses.order_by("-leads")
    stories.replies(w, lead)
    assert Case.objects.get().state == State.IN_HAND
    stories.replies(w, support)
    assert Case.objects.get().state == State.INSPECTING
    assert Step.objects.filter(verb=Verb.SETTLE).count() == 1


def test_rework_calls_the_leading_unit_again_and_nobody_else():
    w = world()
    case = actions.advance(
        stories.inspecting(w), Verb.REWORK, by=w.of(w.worker), at=w.at + stories.HOUR * 3, note="仍脏"
    )
    assert (case.state, case.round) == (State.IN_HAND, 2)
    states = dict(case.summonses.values_list("unit__code", "state"))
    assert states == {"CG": Answer.SIGNED, "GA": Answer.REPLIED}
    assert Clock.objects.running().get(subject_kind="summons").round == 2


def test_a_case_without_a_resident_is_not_called_back():
    w = world()
    case = stories.inspecting(w, has_citizen=False)
    case = actions.advance(case, Verb.PASS, by=w.of(w.worker), at=w.at + stories.HOUR * 3, note="净")
    assert case.state == State.CLOSING
    assert not case.steps.filter(target=State.CALLING_BACK).exists()
    assert not Clock.objects.filter(phase="promise").exists()


def test_whoever_settled_it_does_not_inspect_it():
    w = world()
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + stories.HOUR, level="grid", worker=w.worker, note="去看"
    )
    call, mine = case.summonses.get(), w.of(w.worker)
    assert call.state == Answer.SIGNED
    call = actions.answer(call, Verb.RESPOND, by=mine, at=w.at + stories.HOUR, facts=stories.CONTACT)
    actions.answer(call, Verb.REPLY, by=mine, at=w.at + stories.HOUR, note="清了")
    case = Case.objects.get()
    with pytest.raises(MoveRefused) as caught:
        actions.advance(case, Verb.PASS, by=mine, at=w.at + stories.HOUR * 2, note="好")
    assert caught.value.code == "wrong_person"
    assert actions.advance(case, Verb.PASS, by=w.of(w.next_worker), at=w.at + stories.HOUR * 2, note="好")


def test_a_whistle_ends_what_the_street_had_taken_on():
    w = world()
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + stories.HOUR, level="street", note="自办"
    )
    case = actions.blow_whistle(
        case,
        by=w.of(w.dispatcher),
        at=w.at + stories.HOUR * 2,
        kind="enforcement",
        first_action="办不了",
        calls=stories.calls(w),
    )
    assert case.summonses.get(unit=w.office).state == Answer.RELEASED
    assert not Clock.objects.of("summons", [case.summonses.get(unit=w.office).pk]).running().exists()


def test_closing_against_the_residents_word_needs_a_reason():
    w = world()
    case = stories.closing(w, solved=False, grade="dissatisfied")
    with pytest.raises(MoveRefused) as caught:
        actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + stories.HOUR * 5)
    assert caught.value.code == "note_missing"


def test_a_stale_page_is_refused():
    w = world()
    case = stories.reported(w)
    stale = case.version
    actions.advance(case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="不属政府职责")
    with pytest.raises(MoveRefused) as caught:
        actions.advance(case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="再", seen=stale)
    assert caught.value.code == "stale"


def test_a_case_from_before_the_first_list_carries_none():
    w = world()
    w.at = w.at.replace(year=2019)
    w.version.in_force_from = w.version.in_force_from.replace(year=2026)
    w.version.save()
    case = stories.reported(w)
    case = actions.accept(
        case, by=w.of(w.dispatcher, stories_later(w)), at=w.at, summary="旧事", category=w.category, urgency="normal"
    )
    assert case.list_version is None


def stories_later(w):
    return w.at.replace(year=2021)


def test_a_late_stop_lapses_at_the_due_moment_with_no_sweep():
    w = world()
    call = stories.whistled(w).summonses.get(leads=True)
    due = Clock.objects.of("summons", [call.pk]).get(phase="sign").due_at
    actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=due + stories.HOUR)
    clock = Clock.objects.of("summons", [call.pk]).get(phase="sign")
    assert (clock.lapsed_at, clock.stopped_at) == (due, due + stories.HOUR)
    lapse = Step.objects.get(verb=Verb.LAPSE)
    assert (lapse.facts["phase"], lapse.at, lapse.unit) == ("sign", due + stories.HOUR, w.works)


def test_exactly_at_the_due_moment_is_in_time():
    w = world()
    call = stories.whistled(w).summonses.get(leads=True)
    due = Clock.objects.of("summons", [call.pk]).get(phase="sign").due_at
    actions.answer(call, Verb.SIGN, by=w.of(w.works_officer), at=due)
    assert Clock.objects.of("summons", [call.pk]).get(phase="sign").lapsed_at is None


@pytest.mark.parametrize(
    ("moment", "code"),
    [
        ("2026-03-09T10:00:00+08:00", "contact_before_call"),
        ("2026-03-09T20:00:00+08:00", "contact_in_future"),
        ("gestern", "contact_time_unclear"),
        ("2026-03-09T11:30:00", "contact_time_unclear"),
    ],
)
def test_contact_is_made_after_the_call_and_before_it_is_logged(moment, code):
    w = world()
    call = stories.whistled(w).summonses.get(leads=True)
    by, at = w.of(w.works_officer), w.at + stories.HOUR * 2
    call = actions.answer(call, Verb.SIGN, by=by, at=at)
    with pytest.raises(MoveRefused) as caught:
        actions.answer(call, Verb.RESPOND, by=by, at=at, facts={**stories.CONTACT, "contacted_at": moment})
    assert caught.value.code == code


def test_a_street_does_not_close_what_it_handled_itself():
    w = world()
    case = actions.self_handle(
        stories.accepted(w, has_citizen=False),
        by=w.of(w.dispatcher),
        at=w.at + stories.HOUR,
        level="street",
        note="自办",
    )
    actions.answer(case.summonses.get(), Verb.REPLY, by=w.of(w.dispatcher), at=w.at + stories.HOUR, note="清了")
    actions.advance(case, Verb.PASS, by=w.of(w.worker), at=w.at + stories.HOUR, note="好")
    with pytest.raises(MoveRefused) as caught:
        actions.advance(case, Verb.CLOSE, by=w.of(w.dispatcher), at=w.at + stories.HOUR)
    assert caught.value.code == "wrong_person"
    closed = actions.advance(case, Verb.CLOSE, by=w.of(w.desk_officer), at=w.at + stories.HOUR, note="清了")
    assert closed.closed_at


@pytest.mark.parametrize("sql", ["UPDATE cases_step SET note='x'", "DELETE FROM cases_step"])
def test_steps_are_never_changed(sql):
    stories.reported(world())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_state_without_its_step_is_refused_by_the_database():
    w = world()
    case = stories.reported(w)
    with pytest.raises(IntegrityError):
        set_state_alone(case)


@transaction.atomic
def set_state_alone(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED)
    connection.check_constraints()


def test_a_street_gets_no_second_clock_for_what_it_has_already(db):
    w = world()
    case = stories.reported(w)
    for area in (w.street, w.grid):
        with pytest.raises(MoveRefused) as refused:
            actions.place(case, by=w.of(w.desk_officer), at=w.at + stories.HOUR, area=area)
        assert refused.value.code == "no_street"
    assert Clock.objects.of("case", [case.pk]).running().count() == 1
