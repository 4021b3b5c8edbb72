"""Callbacks and ratings."""

from datetime import timedelta

import pytest

from cases import actions as cases
from cases.models import Case, Channel, State, Step, Verb
from cases.moves import MoveRefused
from engagement.actions import AnswerRefused, call_back, rate
from engagement.models import Callback, Rating
from tests import stories
from tests.engagement.ground import received

HOUR = timedelta(hours=1)
SATISFIED = {"outcome": "reached", "solved": True, "grade": "satisfied"}


@pytest.fixture
def report(w, monkeypatch):
    """A report whose case waits to be called back."""
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w).case)
    return stories.calling_back(w).reports.get()


def attempt(w, report, **said):
    return call_back(report, by=said.pop("by", w.of(w.clerk)), at=said.pop("at", w.at + 4 * HOUR), **said)


def state_of(report) -> str:
    return Case.objects.get(pk=report.case_id).state


def last_step(report) -> Step:
    return report.case.steps.order_by("-seq").first()


def test_a_person_reached_answers_and_the_case_goes_on(w, report):
    made = attempt(w, report, **SATISFIED)
    assert state_of(report) == State.CLOSING
    assert last_step(report).facts == {
        "report": report.pk, "callback": made.pk, "outcome": "reached", "solved": True, "grade": "satisfied"
    }  # fmt: skip
    assert Rating.objects.get().by == w.clerk


def test_a_person_not_reached_leaves_it_waiting(w, report):
    attempt(w, report, outcome="no_answer", words="没人接")
    assert (state_of(report), last_step(report).verb) == (State.CALLING_BACK, Verb.MISS)
    assert not Rating.objects.exists()


def test_the_third_miss_of_a_round_ends_it_unasked(w, report):
    for outcome in ("no_answer", "wrong_number", "no_answer"):
        attempt(w, report, outcome=outcome)
    facts = last_step(report).facts
    assert (state_of(report), facts["outcome"], facts["solved"], facts["grade"]) == (
        State.CLOSING, "unreachable", None, None
    )  # fmt: skip


def test_misses_of_an_earlier_round_do_not_count(w, report):
    for _try in range(2):
        Callback.objects.create(report=report, round=0, outcome="no_answer", by=w.clerk, at=w.at)
    attempt(w, report, outcome="no_answer")
    assert state_of(report) == State.CALLING_BACK


def test_who_would_not_talk_was_not_asked(w, report):
    attempt(w, report, outcome="declined", solved=True, grade="satisfied")
    facts = last_step(report).facts
    assert (facts["outcome"], facts["solved"], facts["grade"]) == ("declined", None, None)
    assert not Rating.objects.exists()


def test_a_person_reached_must_be_asked_both(w, report):
    with pytest.raises(AnswerRefused) as refused:
        attempt(w, report, outcome="reached", solved=True)
    assert refused.value.code == "answers_missing"
    assert not Callback.objects.exists()


def test_dissatisfaction_names_a_cause(w, report):
    with pytest.raises(AnswerRefused) as refused:
        attempt(w, report, outcome="reached", solved=False, grade="dissatisfied")
    assert refused.value.code == "cause_missing"


@pytest.mark.parametrize("who", ["works_officer", "police_officer", "dispatcher", "worker", "assessor"])
def test_nobody_but_the_hotline_and_the_desk_calls_back(w, report, who):
    with pytest.raises(MoveRefused) as refused:
        attempt(w, report, by=w.of(getattr(w, who)), **SATISFIED)
    assert refused.value.code == "wrong_person"
    assert not Callback.objects.exists()
    assert not Rating.objects.exists()


def test_a_clerk_of_a_handling_unit_does_not_call_back(w, report):
    w.clerk.unit = w.works
    w.clerk.save()
    with pytest.raises(MoveRefused) as refused:
        attempt(w, report, **SATISFIED)
    assert refused.value.code == "wrong_person"


def test_before_its_time_nobody_is_called(w):
    with pytest.raises(MoveRefused) as refused:
        attempt(w, received(w), **SATISFIED)
    assert refused.value.code == "wrong_state"


def test_the_person_rates_by_receipt(w, report):
    rate(report, solved=False, grade="dissatisfied", cause="unsolved", at=w.at + 4 * HOUR)
    step = last_step(report)
    assert (step.verb, step.actor, step.facts["solved"], step.facts["grade"]) == (
        Verb.RATE, None, False, "dissatisfied"
    )  # fmt: skip
    assert state_of(report) == State.CLOSING


def test_a_round_is_rated_once(w, report):
    attempt(w, report, **SATISFIED)
    with pytest.raises(AnswerRefused) as refused:
        rate(report, solved=True, grade="satisfied", at=w.at + 5 * HOUR)
    assert refused.value.code == "rated_already"


def test_after_rework_the_person_is_asked_anew(w, report):
    attempt(w, report, outcome="reached", solved=False, grade="dissatisfied", cause="unsolved")
    case = cases.advance(report.case, Verb.REWORK, by=w.of(w.desk_officer), at=w.at + 5 * HOUR, note="还没解决")
    done = {"by": w.of(w.works_officer), "at": w.at + 6 * HOUR, "note": "再次清理"}
    cases.answer(case.summonses.get(leads=True), Verb.REPLY, **done)
    cases.advance(case, Verb.PASS, by=w.of(w.worker), at=w.at + 7 * HOUR, note="清净了")
    attempt(w, report, at=w.at + 8 * HOUR, **SATISFIED)
    assert list(Rating.objects.order_by("round").values_list("round", "solved")) == [(1, False), (2, True)]


def test_unreached_persons_may_still_rate_until_it_is_closed(w, report):
    for _try in range(3):
        attempt(w, report, outcome="no_answer")
    rate(report, solved=True, grade="fairly", at=w.at + 5 * HOUR)
    assert last_step(report).facts["grade"] == "fairly"


def test_a_case_still_in_hand_is_not_rated(w):
    with pytest.raises(MoveRefused) as refused:
        rate(received(w), solved=True, grade="satisfied", at=w.at)
    assert refused.value.code == "wrong_state"
    assert not Rating.objects.exists()


def test_nobody_on_duty_rates_what_they_saw_themselves(w, monkeypatch):
    own = {"channel": Channel.GRID, "wants_answer": False, "by": w.of(w.worker)}
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w, **own).case)
    seen = stories.inspecting(w, has_citizen=False)
    cases.advance(seen, Verb.PASS, by=w.of(w.next_worker), at=w.at + 3 * HOUR, note="看过了")
    with pytest.raises(AnswerRefused) as refused:
        rate(seen.reports.get(), solved=True, grade="satisfied", at=w.at + 4 * HOUR)
    assert refused.value.code == "no_resident"
    assert not Rating.objects.exists()
