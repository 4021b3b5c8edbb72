"""Who is called again, or has a case again, goes on with their old clocks: back and forth shields nobody."""

from datetime import timedelta

import pytest
from django.urls import reverse

from accountability import sweep
from accountability.invariants import faults as faults_of_clocks
from accountability.models import Clock
from cases import actions
from cases.invariants import faults
from cases.models import Case, Summons, Verb
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db
HOUR = stories.HOUR
DAY = timedelta(days=1)


@pytest.fixture
def w():
    return world()


def newest(w, case, unit=None) -> Summons:
    return case.summonses.filter(unit=unit or w.works).latest("pk")


def clocks(call) -> dict[str, tuple]:
    rows = Clock.objects.of("summons", [call.pk]).order_by("pk")
    return {one.phase: (one.started_at, one.due_at, one.lapsed_at) for one in rows}


def withdrawn(w, case, at) -> Case:
    case = Case.objects.get(pk=case.pk)
    return actions.advance(case, Verb.WITHDRAW, by=w.of(w.dispatcher, at), at=at, note="摊贩已撤离")


def again(w, case, at, calls=None) -> Case:
    given = {"kind": "enforcement", "first_action": "又来了", "calls": calls or stories.calls(w)}
    return actions.blow_whistle(Case.objects.get(pk=case.pk), by=w.of(w.dispatcher, at), at=at, **given)


def sound(at) -> None:
    """The moments of this world are not the database's."""
    sweep.run_once(at)
    assert [one for one in (*faults(at), *faults_of_clocks(at)) if "记录" not in one] == []


def test_withdrawn_at_nine_tenths_and_called_the_next_day_it_is_due_when_it_was(w):
    case = stories.whistled(w)
    first = clocks(newest(w, case))
    since, due, _lapsed = first["result"]
    at = since + (due - since) * 0.9
    case = again(w, withdrawn(w, case, at), at + DAY / 4)
    assert clocks(newest(w, case))["result"] == (since, due, None)
    sound(at + DAY / 4)


def test_back_and_forth_any_number_of_times_wins_nothing(w):
    case, first = stories.whistled(w), None
    for hours in (2, 3, 4):
        first = first or clocks(newest(w, case))
        case = again(w, withdrawn(w, case, w.at + hours * HOUR), w.at + (hours + 0.5) * HOUR)
    assert clocks(newest(w, case)) == first
    assert clocks(newest(w, case, w.police))["result"] == first["result"]


def test_what_was_late_when_it_was_taken_back_is_late_again(w):
    case = stories.whistled(w)
    since, due, _lapsed = clocks(newest(w, case))["sign"]
    case = again(w, withdrawn(w, case, due + HOUR), due + 2 * HOUR)
    sound(due + 2 * HOUR)
    assert clocks(newest(w, case))["sign"] == (since, due, due)


def test_a_moment_that_passed_while_nobody_called_it_is_none_that_it_missed(w):
    case = stories.whistled(w)
    since, due, _lapsed = clocks(newest(w, case))["sign"]  # 11:00, four working hours: 16:30
    case = again(w, withdrawn(w, case, due - HOUR), due + DAY - HOUR)
    assert clocks(newest(w, case))["sign"] == (since, due + DAY, None)
    sound(due + DAY - HOUR)


def test_what_it_had_used_up_of_its_extensions_stays_used_up(w):
    case = stories.whistled(w)
    call, until = newest(w, case), (w.at + 9 * DAY).date().isoformat()
    actions.answer(call, Verb.EXTEND, by=w.of(w.works_officer), at=w.at + HOUR, note="等材料", facts={"until": until})
    first = Summons.objects.get(pk=call.pk)
    late = clocks(first)["result"]
    case = again(w, withdrawn(w, case, w.at + 2 * HOUR), w.at + 3 * HOUR)
    called = newest(w, case)
    assert clocks(called)["result"] == late
    assert (called.extended_times, called.extended_days) == (first.extended_times, first.extended_days) != (0, 0)
    sound(w.at + 3 * HOUR)


def test_a_supporting_unit_that_is_excused_and_called_again_wins_no_time_either(w):
    case = stories.whistled(w)
    first = clocks(newest(w, case, w.police))
    at = w.at + 3 * HOUR
    actions.answer(newest(w, case, w.police), Verb.EXCUSE, by=w.of(w.dispatcher, at), at=at, note="暂不需要")
    case = again(w, case, at + HOUR / 2, [stories.calls(w)[1]])
    assert clocks(newest(w, case, w.police)) == first


def test_one_that_rested_goes_on_with_what_was_left(w):
    case = stories.whistled(w)
    call, until = newest(w, case), (w.at + 4 * DAY).date().isoformat()
    _since, due, _lapsed = clocks(call)["result"]
    at = w.at + DAY
    by = w.of(w.works_officer, at)
    actions.answer(call, Verb.PAUSE, by=by, at=at, note="等材料", facts={"until": until})
    actions.answer(call, Verb.ALLOW, by=w.of(w.desk_officer, at), at=at)
    at += DAY
    case = again(w, withdrawn(w, case, at), at + HOUR)
    assert clocks(newest(w, case))["result"][1] == due + DAY
    actions.answer(
        newest(w, case), Verb.EXTEND, by=w.of(w.works_officer, at + HOUR), at=at + HOUR, note="等材料",
        facts={"until": (due + 4 * DAY).date().isoformat()},
    )  # fmt: skip
    sound(at + HOUR)


def test_another_unit_has_all_of_its_time(w):
    case = withdrawn(w, stories.whistled(w), w.at + 4 * HOUR)
    at = w.at + 5 * HOUR
    by = w.of(w.dispatcher, at)
    off_list = [actions.Call(w.market, leads=True, reason="食品问题")]
    case = actions.blow_whistle(case, by=by, at=at, kind="prominent", first_action="已劝阻", calls=off_list)
    case = actions.dispatch(case, by=w.of(w.desk_officer, at), at=at, calls=off_list)
    assert {since for since, _due, _lapsed in clocks(newest(w, case, w.market)).values()} == {at}


def test_the_unit_reads_why_it_is_due_when_it_is(w, client):
    case = stories.whistled(w)
    due = clocks(newest(w, case))["sign"][1]
    case = again(w, withdrawn(w, case, due - HOUR), due + DAY - HOUR)
    client.force_login(w.works_officer)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "暂停，由甲街道办批准" in page


# ---- What comes back from the desk


def decides(case) -> Clock:
    """The street's clock to decide whom to call; the desk has one of the same phase."""
    return Clock.objects.of("case", [case.pk]).running().get(phase="dispatch")


def sent_back(w, case, at) -> Case:
    case = Case.objects.get(pk=case.pk)
    return actions.advance(case, Verb.SEND_BACK, by=w.of(w.desk_officer, at), at=at, note="先自行处置")


def asks_the_desk(w, case, at) -> Case:
    by = w.of(w.dispatcher, at)
    return actions.blow_whistle(
        Case.objects.get(pk=case.pk), by=by, at=at, kind="prominent", first_action="已劝阻", calls=[]
    )


def test_a_street_that_gets_a_case_back_decides_with_the_time_it_had_left(w):
    case = stories.accepted(w)  # at 11:00; eight working hours to decide: until 11:00 of the next day
    due = decides(case).due_at
    case = sent_back(w, asks_the_desk(w, case, w.at + 4 * HOUR), w.at + 4 * HOUR + DAY)
    clock = decides(case)
    assert (clock.holder, clock.due_at) == (w.office, due + DAY)
    case = sent_back(w, asks_the_desk(w, case, w.at + 5 * HOUR + DAY), w.at + 5 * HOUR + 2 * DAY)
    assert decides(case).due_at == due + 2 * DAY
    sound(w.at + 5 * HOUR + 2 * DAY)


def test_what_the_street_was_late_with_stays_late_when_it_comes_back(w):
    case = stories.accepted(w)
    due = decides(case).due_at
    case = sent_back(w, asks_the_desk(w, case, due + HOUR), due + 2 * HOUR)
    assert (decides(case).due_at, decides(case).lapsed_at) == (due, due)
    sound(due + 2 * HOUR)


def test_taken_back_from_the_desk_the_street_decides_on_its_own_clock_and_not_on_the_desks(w):
    case = stories.accepted(w)
    due = decides(case).due_at
    case = withdrawn(w, asks_the_desk(w, case, w.at + 4 * HOUR), w.at + 5 * HOUR)
    assert (decides(case).holder, decides(case).due_at) == (w.office, due)


def test_what_the_street_had_in_hand_before_it_asked_the_desk_goes_on_too(w):
    by = w.of(w.dispatcher)
    case = actions.self_handle(stories.accepted(w), by=by, at=w.at + HOUR, level="street", note="自办")
    since, due, _lapsed = clocks(newest(w, case, w.office))["result"]
    at = w.at + DAY
    case = sent_back(w, asks_the_desk(w, case, at), at + DAY)
    case = actions.self_handle(case, by=w.of(w.dispatcher, at + DAY), at=at + DAY, level="street", note="自办")
    assert clocks(newest(w, case, w.office))["result"] == (since, due + DAY, None)
    sound(at + DAY)


def test_the_street_reads_that_the_desks_time_was_none_of_its_own(w, client):
    case = sent_back(w, asks_the_desk(w, stories.accepted(w), w.at + 4 * HOUR), w.at + 4 * HOUR + DAY)
    client.force_login(w.dispatcher)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert "暂停，由区专席批准" in page


def test_a_unit_that_replied_early_and_is_sent_back_has_what_it_had_left(w):
    case = stories.whistled(w)
    call = newest(w, case, w.police)
    since, due, _lapsed = clocks(call)["result"]
    for days in (1, 2, 3):
        replied, back = w.at + days * DAY, w.at + days * DAY + 3 * HOUR
        if days == 1:
            stories.replies(w, call, at=replied)
        else:
            actions.answer(
                newest(w, case, w.police), Verb.REPLY, by=w.of(w.police_officer, replied), at=replied, note="清"
            )
        call = newest(w, case, w.police)
        actions.answer(call, Verb.RECALL, by=w.of(w.dispatcher, back), at=back, note="又摆出来了")
        clock = Clock.objects.of("summons", [call.pk]).running().get(phase="result")
        assert clock.started_at == since
        assert due <= clock.due_at <= due + days * DAY
        sound(back)


def test_sent_back_at_a_moment_that_was_read_before_the_reply_was_written_wins_nothing_and_fails_nobody(w):
    case = stories.whistled(w)
    call = newest(w, case, w.police)
    due = clocks(call)["result"][1]
    stories.replies(w, call, at=w.at + 3 * HOUR)
    back = w.at + 3 * HOUR - timedelta(microseconds=1)
    actions.answer(newest(w, case, w.police), Verb.RECALL, by=w.of(w.dispatcher, back), at=back, note="再查")
    assert Clock.objects.of("summons", [call.pk]).running().get(phase="result").due_at == due


def test_a_street_that_gets_a_case_a_second_time_has_what_it_had_left(w):
    case = stories.reported(w)
    first = Clock.objects.of("case", [case.pk]).running().get(phase="accept")
    left = first.due_at - (w.at + HOUR)

    def place(area, at) -> Clock:
        one = Case.objects.get(pk=case.pk)
        actions.place(one, area=area, by=w.of(w.desk_officer, at), at=at, note="不是该街道")
        return Clock.objects.of("case", [case.pk]).running().get(phase="accept")

    away = place(w.other_street, w.at + HOUR)
    back = place(w.grid, w.at + 2 * HOUR)
    assert (away.started_at, back.started_at) == (w.at + HOUR, first.started_at)
    assert back.due_at - (w.at + 2 * HOUR) <= left + DAY
    assert back.due_at < away.due_at + DAY
    sound(w.at + 2 * HOUR)


def test_handed_to_another_street_by_a_slip_and_taken_back_it_is_due_when_it_was(w):
    case = stories.reported(w)
    first = Clock.objects.of("case", [case.pk]).running().get(phase="accept")
    at = w.at + HOUR
    case = actions.place(case, area=w.other_street, by=w.of(w.desk_officer, at), at=at, note="不是该街道")
    at += timedelta(seconds=30)
    actions.undo(case, by=w.of(w.desk_officer, at), at=at, note="误按")
    clock = Clock.objects.of("case", [case.pk]).running().get(phase="accept")
    assert (clock.holder_id, clock.started_at, clock.due_at) == (first.holder_id, first.started_at, first.due_at)


def test_a_unit_that_replied_late_and_is_sent_back_is_late_once(w):
    case = stories.whistled(w)
    call = newest(w, case, w.police)
    since, due, _lapsed = clocks(call)["result"]
    sound(due + HOUR)
    stories.replies(w, call, at=due + 2 * HOUR)
    back = due + 3 * HOUR
    actions.answer(newest(w, case, w.police), Verb.RECALL, by=w.of(w.dispatcher, back), at=back, note="又摆出来了")
    clock = Clock.objects.of("summons", [call.pk]).running().get(phase="result")
    assert (clock.started_at, clock.due_at) == (since, due)
    sound(back + HOUR)
    assert Clock.objects.of("summons", [call.pk]).get(pk=clock.pk).lapsed_at == due
