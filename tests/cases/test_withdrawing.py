"""A street takes its whistle back as long as nobody has signed; it wins no time by that, and the whistle counts."""

from datetime import timedelta

import pytest

from accountability.invariants import faults as faults_of_clocks
from accountability.models import Clock
from accountability.sweep import run_once
from cases import actions
from cases.models import Answer, Case, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def withdraw(w, case, by=None, at=None, note="摊贩已自行撤离"):
    at = at or w.at + 2 * stories.HOUR
    case = Case.objects.get(pk=case.pk)
    return actions.advance(case, Verb.WITHDRAW, by=w.of(by or w.dispatcher, at), at=at, note=note)


def running(case) -> dict[str, tuple]:
    rows = Clock.objects.of("case", [case.pk]).running()
    return {clock.phase: (clock.started_at, clock.due_at) for clock in rows}


def test_nobody_is_called_any_more_and_the_street_decides_anew_with_the_time_it_had(w):
    before = running(stories.accepted(w))["dispatch"]
    case = stories.whistled(w)
    first = Clock.objects.get(subject_kind="case", subject_id=case.pk, phase="dispatch")
    case = withdraw(w, case, at=w.at + 20 * stories.HOUR)
    assert case.state == "accepted"
    assert set(case.summonses.values_list("state", flat=True)) == {Answer.RELEASED}
    assert running(case)["dispatch"] == (first.started_at, first.due_at) == before
    assert not Clock.objects.filter(subject_kind="summons").running().exists()
    whistle = case.whistles.get()
    assert whistle.withdrawn_at == w.at + 20 * stories.HOUR
    assert whistle.sent_back_at is None


def test_what_had_lapsed_before_has_lapsed_once(w):
    case = stories.whistled(w)
    late = Clock.objects.filter(subject_kind="case", subject_id=case.pk, phase="dispatch").get().due_at
    case = withdraw(w, case, at=late + timedelta(hours=1))
    clock = Clock.objects.get(subject_kind="case", subject_id=case.pk, phase="dispatch", stopped_at=None)
    assert clock.due_at == late
    assert clock.lapsed_at is None or clock.lapsed_at == late


def results(case) -> list[tuple]:
    mine = Clock.objects.of("summons", case.summonses.filter(whistle=None).values_list("pk", flat=True))
    return list(mine.filter(phase="result").order_by("pk").values_list("started_at", "due_at", "lapsed_at"))


@pytest.mark.parametrize("named", [True, False])
def test_what_the_street_had_in_hand_before_goes_on_with_the_time_it_had(w, named):
    by, at = w.of(w.dispatcher), w.at + 2 * stories.HOUR
    case = actions.self_handle(stories.accepted(w), by=by, at=at, level="street", note="自办")
    (first,) = results(case)
    for day in (2, 4):
        at = w.at + timedelta(days=day)
        case = actions.blow_whistle(
            Case.objects.get(pk=case.pk), by=w.of(w.dispatcher, at), at=at, kind="enforcement", first_action="已劝阻",
            calls=stories.calls(w) if named else [],
        )  # fmt: skip
        case = withdraw(w, case, at=at + stories.HOUR)
        case = actions.self_handle(
            case, by=w.of(w.dispatcher, at), at=at + 2 * stories.HOUR, level="street", note="自办"
        )
    assert results(case) == [first] * 3
    late = first[1] + timedelta(minutes=1)
    run_once(late)
    assert [lapsed for _since, _due, lapsed in results(case)] == [None, None, first[1]]
    assert list(faults_of_clocks(late)) == []


def test_one_that_waits_at_the_desk_is_taken_back_too(w):
    case = withdraw(w, stories.at_desk(w))
    assert case.state == "accepted"
    assert case.whistles.get().withdrawn_at
    again = actions.blow_whistle(
        case, by=w.of(w.dispatcher), at=w.at + 3 * stories.HOUR, kind="enforcement", first_action="又来了",
        calls=stories.calls(w),
    )  # fmt: skip
    assert again.state == "in_hand"


def test_once_somebody_has_signed_it_stands(w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.police)
    actions.answer(call, Verb.SIGN, by=w.of(w.police_officer), at=w.at + stories.HOUR)
    with pytest.raises(MoveRefused) as refused:
        withdraw(w, case)
    assert refused.value.code == "signed_already"
    assert "公安" in refused.value.sentence
    assert "专席" not in refused.value.sentence  # the desk has no move by which it could release them


def test_only_the_street_that_blew_it_and_only_with_a_reason(w):
    case = stories.whistled(w)
    for by in (w.works_officer, w.desk_officer, w.street_leader, w.worker):
        with pytest.raises(MoveRefused) as refused:
            withdraw(w, case, by=by)
        assert refused.value.code == "wrong_person"
    with pytest.raises(MoveRefused) as refused:
        withdraw(w, case, note="")
    assert refused.value.code == "note_missing"


def test_where_no_whistle_is_out_there_is_none_to_withdraw(w):
    case = actions.self_handle(
        stories.accepted(w), by=w.of(w.dispatcher), at=w.at + stories.HOUR, level="street", note="今晚清出"
    )
    with pytest.raises(MoveRefused) as refused:
        withdraw(w, case)
    assert refused.value.code == "no_whistle"
