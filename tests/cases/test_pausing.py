"""Clocks stand still with another unit's word only, and go on by themselves with what was left."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from accountability import calendars
from accountability.models import Clock
from accountability.sweep import run_once
from cases import actions
from cases.models import Case, Pause, Rest, Summons, Verb
from cases.moves import MoveRefused
from cases.resting import faults
from engagement.progress import lines
from people.models import Role
from tests import stories
from tests.present import present
from tests.world import person, post, world

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def w():
    w = world()
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    w.chief = post(person("chief", "区长", w.desk), Role.DISTRICT_LEADER, w.district)
    return w


def on_call(w, verb, *, by, at=None, note="连日低温，不能封缝", **facts):
    at = at or w.at + stories.HOUR
    call = Summons.objects.get(pk=w.call.pk)
    return actions.answer(call, verb, by=w.of(by, at) if by else None, at=at, note=note, facts=facts)


def on_case(w, verb, *, by, at=None, note="需列入年度改造", case=None, **facts):
    at = at or w.at + stories.HOUR
    case = Case.objects.get(pk=(case or w.call.case).pk)
    return actions.advance(case, verb, by=w.of(by, at) if by else None, at=at, note=note, facts=facts)


def refusal(act, *given, **more) -> str:
    before = Clock.objects.order_by("pk").values_list("due_at", "paused_at", "stopped_at")
    told = list(before)
    with pytest.raises(MoveRefused) as refused:
        act(*given, **more)
    assert list(before.all()) == told
    return refused.value.code


def clocks(w) -> dict[str, str]:
    rows = Clock.objects.of("summons", [w.call.pk]).running()
    return {clock.phase: f"{clock.due_at:%m-%d %H:%M}" if clock.due_at else "rests" for clock in rows}


def test_asking_halts_nothing_and_another_units_word_halts_all_that_the_unit_owes(w):
    before = clocks(w)
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    assert clocks(w) == before
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="")
    assert set(clocks(w).values()) == {"rests"}
    others = Clock.objects.of("summons", [w.call.case.summonses.get(unit=w.police).pk])
    assert not others.filter(due_at=None).exists()
    assert list(faults()) == []


def test_it_goes_on_by_itself_on_its_day_with_what_was_left(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="", at=w.at + stories.HOUR)
    ends = Pause.objects.get().until
    run_once(ends - timedelta(seconds=1))
    assert set(clocks(w).values()) == {"rests"}
    run_once(ends)
    run_once(ends)
    assert clocks(w)["sign"] == "03-17 06:00"
    assert w.call.steps.filter(verb=Verb.RESUME, actor=None).count() == 1
    assert Summons.objects.get(pk=w.call.pk).rest == Rest.NONE


def test_who_asked_or_who_allowed_may_end_it_before(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="")
    assert refusal(on_call, w, Verb.RESUME, by=w.police_officer) == "wrong_person"
    on_call(w, Verb.RESUME, by=w.works_officer, at=w.at + 2 * stories.HOUR)
    assert "rests" not in clocks(w).values()


@pytest.mark.parametrize("name", ["works_officer", "police_officer", "outsider", "worker"])
def test_nobody_of_the_unit_and_nobody_else_allows_it(w, name):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    assert refusal(on_call, w, Verb.ALLOW, by=getattr(w, name)) == "wrong_person"


@pytest.mark.parametrize(
    ("until", "code"),
    [("2026-03-14", "no_workday"), ("2026-03-06", "not_later"), ("2026-03-24", "too_long"), ("x", "no_day")],
)
def test_a_day_that_does_not_fit_is_refused(w, until, code):
    assert refusal(on_call, w, Verb.PAUSE, by=w.works_officer, until=until) == code


def test_all_pauses_together_keep_within_the_rule(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-18")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="")
    later = w.at + 2 * stories.HOUR
    on_call(w, Verb.RESUME, by=w.works_officer, at=later)
    assert refusal(on_call, w, Verb.PAUSE, by=w.works_officer, until="2026-03-16", at=later) == "too_long"


def test_a_second_request_waits_for_the_first(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    assert refusal(on_call, w, Verb.PAUSE, by=w.works_officer, until="2026-03-17") == "asked_already"
    on_call(w, Verb.DISALLOW, by=w.dispatcher, note="周四另有队伍")
    assert refusal(on_call, w, Verb.RESUME, by=w.works_officer) == "does_not_rest"
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-17")


def test_what_is_overdue_is_not_halted(w):
    late = Clock.objects.get(subject_kind="summons", subject_id=w.call.pk, phase="sign")
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="", at=late.due_at + timedelta(seconds=1))
    late.refresh_from_db()
    assert (late.paused_at, late.due_at) == (None, late.due_at)
    assert clocks(w)["result"] == "rests"


def test_whoever_replies_needs_no_pause_any_more(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="")
    stories.replies(w, Summons.objects.get(pk=w.call.pk))
    assert Pause.objects.get().over_at
    run_once(w.at + 20 * DAY)
    assert not w.call.steps.filter(verb=Verb.RESUME).exists()


def test_the_person_who_reported_it_reads_why_it_rests(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="内部意见")
    told = " ".join(line.words for line in lines(w.call.case.steps.order_by("seq"), w.at + DAY))
    assert "连日低温" in told
    assert "内部意见" not in told


# ---- A whole case is shelved


def shelve(w, **more):
    given = {"until": "2026-09-30", "plan": "春季立项，夏季施工", "leader": w.chief.pk, **more}
    return on_case(w, Verb.SHELVE, by=w.dispatcher, **given)


def test_shelving_needs_a_plan_a_leader_a_day_and_another_units_word(w):
    for lacking in ("plan", "leader", "until"):
        assert refusal(shelve, w, **{lacking: ""}) == "facts_missing"
    assert refusal(shelve, w, leader=w.worker.pk) == "no_leader"
    shelve(w)
    assert refusal(on_case, w, Verb.ALLOW, by=w.dispatcher) == "wrong_person"
    assert refusal(on_case, w, Verb.ALLOW, by=w.street_leader) == "wrong_person"
    on_case(w, Verb.ALLOW, by=w.desk_officer, note="")
    assert not Clock.objects.running().exclude(due_at=None).exists()
    assert Case.objects.get(pk=w.call.case_id).due_at is None


def test_what_is_shelved_comes_back_by_itself(w):
    shelve(w)
    on_case(w, Verb.ALLOW, by=w.desk_officer, note="")
    run_once(Pause.objects.get().until)
    case = Case.objects.get(pk=w.call.case_id)
    assert (case.rest, case.state) == (Rest.NONE, "in_hand")
    assert case.due_at
    assert case.steps.filter(verb=Verb.RESUME, actor=None).count() == 1


def test_the_promise_goes_on_when_the_units_reply_while_it_is_shelved(w):
    shelve(w)
    on_case(w, Verb.ALLOW, by=w.desk_officer, note="")
    for call in w.call.case.summonses.all():
        stories.replies(w, call)
    case = Case.objects.get(pk=w.call.case_id)
    assert (case.state, case.rest) == ("inspecting", Rest.NONE)
    assert not Clock.objects.running().filter(due_at=None).exists()
    assert list(faults()) == []


def test_a_street_that_calls_others_takes_up_what_it_had_shelved(w):
    case = stories.accepted(w)
    given = {"until": "2026-09-30", "plan": "分步解决", "leader": w.chief.pk}
    on_case(w, Verb.SHELVE, by=w.dispatcher, case=case, **given)
    case = on_case(w, Verb.ALLOW, by=w.desk_officer, case=case, note="")
    at, beside = w.at + 2 * stories.HOUR, [actions.Call(w.market, True, None, "食品")]
    actions.blow_whistle(
        case,
        by=w.of(w.dispatcher),
        at=at,
        kind="prominent",
        first_action="已劝阻",
        calls=beside,
    )
    assert not Clock.objects.running().filter(due_at=None).exists()
    run_once(Pause.objects.get().until)
    assert list(faults()) == []


def test_a_units_pause_and_the_shelving_of_its_case_outlast_one_another(w):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="")
    shelve(w)
    on_case(w, Verb.ALLOW, by=w.desk_officer, note="")
    on_call(w, Verb.RESUME, by=w.works_officer)
    assert set(clocks(w).values()) == {"rests"}
    on_case(w, Verb.RESUME, by=w.dispatcher)
    assert "rests" not in clocks(w).values()
    assert list(faults()) == []


def test_one_that_cannot_end_stops_no_round(w, monkeypatch):
    on_call(w, Verb.PAUSE, by=w.works_officer, until="2026-03-16")
    on_call(w, Verb.ALLOW, by=w.dispatcher, note="")
    late = Clock.objects.get(subject_kind="case", phase="promise", stopped_at=None)
    Summons.objects.filter(pk=w.call.pk).update(state="replied")
    run_once(late.due_at + timedelta(seconds=1))
    late.refresh_from_db()
    assert late.lapsed_at == late.due_at


# ---- Pages, at this very moment


@pytest.fixture
def now(monkeypatch):
    w = present(monkeypatch)
    w.call = stories.whistled(w).summonses.get(unit=w.works)
    return w


def later(days: int) -> str:
    calendar, today = calendars.current(), localdate()
    return str(next(day for n in range(days, days + 12) if calendar.is_worked(day := today + n * DAY)))


def test_asked_on_one_page_and_decided_on_another(client, now):
    where = [now.call.case.number, now.call.pk]
    client.force_login(now.works_officer)
    answer = client.post(
        reverse("cases:summons_move", args=[*where, Verb.PAUSE]), {"until": later(3), "note": "连日低温"}
    )
    assert answer.status_code == 302
    client.force_login(now.dispatcher)
    case_page = reverse("desk:case", args=[now.call.case.number])
    allow = reverse("cases:summons_move", args=[*where, Verb.ALLOW])
    assert f'href="{allow}"' in client.get(case_page).content.decode()
    assert "连日低温" in client.get(allow).content.decode()
    assert client.post(allow, {"note": ""}).status_code == 302
    page = client.get(case_page).content.decode()
    assert "暂停" in page
    assert reverse("cases:summons_move", args=[*where, Verb.RESUME]) in page
