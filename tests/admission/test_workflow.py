"""An application on its way: every move by whom it is for, from where, with what it needs; and what silence does."""

from datetime import timedelta
from time import monotonic

import pytest
from django.utils.timezone import localdate

from accountability.models import Clock
from accountability.sweep import lapse_kind
from admission import workflow
from admission.actions import advance, apply, grant, resend
from admission.actions.moving import BY_THEMSELVES
from admission.invariants import faults
from admission.models import Application, Attempt, Opinion, Permit, State, Step, Verb
from admission.moves import AdmissionRefused, open_to
from audit import clock
from people.models import Role
from tests.admission.ground import DAY, HOUR, applied, cleared, forwarded, granted, ground, heard, wanted
from tests.world import person, seat

pytestmark = pytest.mark.django_db
LONG = timedelta(days=30)


@pytest.fixture
def w():
    return ground()


def refused(do, *args, **said) -> str:
    with pytest.raises(AdmissionRefused) as caught:
        do(*args, **said)
    assert caught.value.sentence
    return caught.value.code


def phases(one: Application) -> set[tuple[str, str]]:
    rows = (
        Clock.objects.of("application", [one.pk]).running()
        | Clock.objects.of("opinion", [each.pk for each in one.opinions.all()]).running()
    )
    return {(row.phase, str(row.holder or "")) for row in rows.select_related("holder")}


def sweep(at) -> None:
    for kind in ("application", "opinion", "task"):
        lapse_kind(kind, at, monotonic())


def test_from_the_application_to_the_permit(w):
    one = applied(w)
    assert phases(one) == {("review", "区编办")}
    permit = granted(w, matter="另一件")
    one = permit.application
    assert [step.verb for step in one.steps.order_by("number")] == [
        "apply", "forward", "opine", "opine", "gather", "clear", "grant",
    ]  # fmt: skip
    assert (one.state, phases(one)) == (State.GRANTED, set())
    assert dict(permit.allotments.values_list("street__name", "money")) == {"甲街道": 30_000, "乙街道": 30_000}
    assert permit.number.startswith("ZR-2026-")
    assert list(faults(w.at + DAY)) == []


def test_each_stage_has_its_clock_and_its_holder(w):
    assert phases(forwarded(w)) == {("opinion", "甲街道办"), ("opinion", "乙街道办")}
    assert phases(heard(w, matter="二")) == {("legality", "区司法局")}
    assert phases(cleared(w, matter="三")) == {("decision", "")}
    back = advance(applied(w, matter="四"), Verb.SEND_BACK, by=w.of(w.establishment), at=w.at, note="缺依据")
    assert phases(back) == {("amend", "区城管局")}


WALKS = {
    State.REVIEW: applied, State.OPINIONS: forwarded, State.LEGALITY: heard, State.DECISION: cleared,
}  # fmt: skip
# Who, of everybody in the small world, finds which move open.
MAY = {
    State.REVIEW: {"establishment": {"forward", "send_back", "reject"}, "works_officer": {"withdraw"}},
    State.OPINIONS: {
        **dict.fromkeys(("dispatcher", "street_leader", "outsider"), {"opine"}), "works_officer": {"withdraw"},
    },
    State.LEGALITY: {"legal": {"clear", "bar"}, "works_officer": {"withdraw"}},
    State.DECISION: {"leader": {"grant", "deny"}, "works_officer": {"withdraw"}},
}  # fmt: skip


@pytest.mark.parametrize("state", WALKS)
def test_every_move_is_open_to_those_whom_the_table_names_and_to_nobody_else(w, state):
    one = WALKS[state](w)
    assert one.state == state
    people = {name: who for name, who in vars(w).items() if type(who).__name__ == "User"}
    found = {
        name: {
            choice.verb.value for choice in open_to(workflow.MOVES, one, w.of(who), w.at + 3 * HOUR) if choice.allowed
        }
        for name, who in people.items()
    }
    assert {name: verbs for name, verbs in found.items() if verbs} == MAY[state]
    for verb, move in workflow.MOVES.items():  # from a wrong state, and by somebody who may not
        if verb in BY_THEMSELVES or move.by_system:
            continue
        facts = {"view": "agrees"}
        code = refused(advance, one, verb, by=w.of(w.clerk), at=w.at + 3 * HOUR, note="x", facts=facts)
        assert code == ("wrong_person" if state in move.sources else "wrong_state"), verb
    assert refused(advance, one, Verb.GATHER, by=w.of(w.establishment), at=w.at, note="x") in (
        "wrong_person", "wrong_state",
    )  # fmt: skip


def test_what_is_refused_names_its_rule(w):
    by, at = w.of(w.works_officer), w.at
    assert refused(apply, wanted(w, department=w.police), by=by, at=at) == "wrong_person"
    assert refused(apply, wanted(w), by=w.of(w.dispatcher), at=at) == "wrong_person"
    assert refused(apply, wanted(w, kind=w.of_body), by=by, at=at) == "body_missing"
    assert refused(apply, wanted(w, streets=[]), by=by, at=at) == "no_street"
    assert refused(apply, wanted(w, streets=[w.grid]), by=by, at=at) == "no_street"
    assert refused(apply, wanted(w, until=localdate(at) - DAY), by=by, at=at) == "period_over"
    one = applied(w)
    assert refused(apply, wanted(w), by=by, at=at) == "asked_already"
    office = w.of(w.establishment)
    assert refused(advance, one, Verb.REJECT, by=office, at=at) == "note_missing"
    assert refused(advance, one, Verb.REJECT, by=office, at=at, note="\u200b") == "note_missing"
    assert refused(advance, one, Verb.FORWARD, by=office, at=at, seen=one.version - 1) == "stale"
    assert refused(advance, one, Verb.GRANT, by=w.of(w.leader), at=at) == "made_elsewhere"
    assert Application.objects.count() == 1


def test_what_a_permit_must_say(w):
    one, leader = cleared(w), w.of(w.leader)
    money, until = {w.street.code: 1, w.other_street.code: 1}, localdate(w.at) + DAY
    assert refused(grant, one, until=until, money={w.street.code: 1}, by=leader, at=w.at + 4 * HOUR) == "money_missing"
    late = {"money": money, "by": leader, "at": w.at + 4 * HOUR}
    assert refused(grant, one, until=one.until + DAY, **late) == "ends_too_late"
    assert refused(grant, one, until=localdate(w.at) - DAY, **late) == "ends_in_past"
    assert refused(grant, one, until=until, money=money, by=w.of(w.establishment), at=w.at) == "wrong_person"
    assert not Permit.objects.exists()


def test_nobody_decides_what_they_or_their_unit_asked_for(w):
    both = seat(w.works_officer, Role.ESTABLISHMENT, w.editors)
    one = applied(w)
    assert refused(advance, one, Verb.FORWARD, by=w.of(both), at=w.at) == "same_person"
    colleague = seat(person("colleague", "同事", w.works), Role.ESTABLISHMENT, w.editors)
    assert refused(advance, one, Verb.FORWARD, by=w.of(colleague), at=w.at) == "same_unit"


def test_a_blocked_kind_is_refused_by_name_and_kept(w):
    by = w.of(w.works_officer)
    with pytest.raises(AdmissionRefused) as caught:
        apply(wanted(w, kind=w.investment, matter="引进三家企业"), by=by, at=w.at)
    assert caught.value.code == "blocked"
    assert "区投促局" in caught.value.sentence
    attempt = Attempt.objects.get()
    assert (attempt.matter, attempt.carrier, attempt.by, attempt.as_task) == (
        "引进三家企业",
        "区投促局",
        w.works_officer,
        False,
    )
    assert not Application.objects.exists()


def test_sent_back_completed_and_sent_in_again(w):
    one = advance(applied(w), Verb.SEND_BACK, by=w.of(w.establishment), at=w.at, note="缺依据")
    by = w.of(w.works_officer)
    better = wanted(w, basis="区办发〔2026〕1号", streets=[w.street])
    one = resend(one, better, by=by, at=w.at + HOUR, seen=one.version)
    assert (one.state, one.round, one.basis) == (State.REVIEW, 2, "区办发〔2026〕1号")
    assert [each.street for each in one.opinions.all()] == [w.street]
    assert phases(one) == {("review", "区编办")}
    assert refused(resend, one, better, by=by, at=w.at + HOUR, seen=one.version) == "wrong_state"


# What silence leads to; never to a permit.
SILENCE = {
    State.REVIEW: (State.OPINIONS, Verb.GO_ON), State.OPINIONS: (State.LEGALITY, Verb.GATHER),
    State.LEGALITY: (State.REFUSED, Verb.RUN_OUT), State.DECISION: (State.REFUSED, Verb.RUN_OUT),
}  # fmt: skip


@pytest.mark.parametrize("state", SILENCE)
def test_silence_admits_nothing(w, state):
    one = WALKS[state](w)
    later = w.at + LONG
    target, verb = SILENCE[state]
    sweep(later)
    sweep(later)  # twice is once
    one.refresh_from_db()
    last = one.steps.order_by("number").last()
    assert (one.state, last.verb, last.actor) == (target, verb, None)
    if state == State.OPINIONS:
        assert not Opinion.objects.awaited().exists()
        assert set(one.opinions.values_list("view", flat=True)) == {""}
    assert list(faults(later + DAY)) == []


def test_a_dead_sweep_lets_nobody_decide_late(w):
    one = cleared(w)
    late = {"by": w.of(w.leader), "at": w.at + LONG}
    money = {w.street.code: 1, w.other_street.code: 1}
    assert refused(grant, one, until=one.until, money=money, **late) == "time_over"
    assert refused(advance, one, Verb.DENY, note="不同意", **late) == "time_over"
    asked = forwarded(w, matter="二")
    said = {"by": w.of(w.dispatcher), "at": w.at + LONG, "note": "同意", "facts": {"view": "agrees"}}
    assert refused(advance, asked, Verb.OPINE, **said) == "opinion_given"


def test_a_returned_application_that_nobody_completes_is_taken_back(w):
    one = advance(applied(w), Verb.SEND_BACK, by=w.of(w.establishment), at=w.at, note="缺依据")
    sweep(w.at + LONG)
    one.refresh_from_db()
    assert one.state == State.WITHDRAWN


def test_an_objection_does_not_stop_it_and_silence_of_one_street_does_not_either(w):
    one = forwarded(w)
    one = advance(one, Verb.OPINE, by=w.of(w.dispatcher), at=w.at + HOUR, note="无人手", facts={"view": "objects"})
    assert one.state == State.OPINIONS
    assert refused(
        advance, one, Verb.OPINE, by=w.of(w.street_leader), at=w.at + HOUR, note="x", facts={"view": "agrees"}
    ) == "opinion_given"  # fmt: skip
    sweep(w.at + LONG)
    one.refresh_from_db()
    assert (one.state, sorted(one.opinions.values_list("view", flat=True))) == (State.LEGALITY, ["", "objects"])


def test_steps_name_the_unit_of_the_moment(w):
    one = forwarded(w)
    assert [str(step.unit) for step in one.steps.order_by("number")] == ["区城管局", "区编办"]
    assert Step.objects.filter(application=one).count() == one.version
    assert clock.now() >= one.steps.first().recorded_at
