"""At which hours people are called, how often, how far apart, and what becomes of those who are never reached."""

from datetime import date, time

import pytest

from assessment.measures import marks_of
from cases.models import Case, Step, Verb
from cases.moves import MoveRefused
from engagement.calling import CallRefused, hours_in_words, plan_of
from engagement.models import Callback, CallHours, CallRule, Rating
from engagement.waiting import callers_of
from tests.engagement.calling import called, closed_by_the_desk, on, state_of, waiting, with_hours

SATISFIED = {"outcome": "reached", "solved": True, "grade": "satisfied"}


@pytest.fixture
def report(w, monkeypatch):
    return waiting(with_hours(w), monkeypatch)


def refusal(w, report, when, outcome="no_answer", **said) -> str:
    before = Callback.objects.count()
    with pytest.raises(CallRefused) as refused:
        called(w, report, when, outcome, **said)
    assert Callback.objects.count() == before
    return refused.value.code


@pytest.mark.parametrize("when", ["Mon 14:00", "Mon 17:30", "Mon 17:45", "Mon 20:30", "Tue 09:00", "Sat 10:00"])
def test_within_the_hours_and_a_little_after_a_call_is_written_down(w, report, when):
    called(w, report, when, **SATISFIED)
    assert state_of(report) == "closing"


@pytest.mark.parametrize("when", ["Mon 13:59", "Mon 17:46", "Mon 22:00", "Tue 03:00", "Sat 09:30", "Sun 20:00"])
@pytest.mark.parametrize("outcome", ["reached", "no_answer"])
def test_outside_the_hours_no_call_is_written_down(w, report, when, outcome):
    said = {"solved": True, "grade": "satisfied"} if outcome == "reached" else {}
    assert refusal(w, report, when, outcome, **said) == "outside_hours"
    assert not Rating.objects.exists()


def test_the_refusal_names_the_hours_and_the_next_one(w, report):
    with pytest.raises(CallRefused) as refused:
        called(w, report, "Mon 22:00")
    sentence = refused.value.messages[0]
    for word in ("09:00–12:00", "14:00–17:30", "18:30–20:30", "10:00–12:00", "15:00–18:00", "09:00"):
        assert word in sentence


def test_what_is_extreme_has_longer_hours_of_its_own(w, report):
    Case.objects.update(urgency="extreme")
    called(w, report, "Mon 21:50")
    assert refusal(w, report, "Tue 06:00") == "outside_hours"


def test_hours_of_a_later_day_count_from_that_day_on(w, report):
    tuesday = date(2026, 3, 10)
    for day in CallHours.Day:
        CallHours.objects.create(day=day, part="evening", begins=time(20), ends=time(23), basis="试验", since=tuesday)
    called(w, report, "Mon 14:00")
    assert refusal(w, report, "Tue 09:00") == "outside_hours"
    assert "14:00" not in hours_in_words(plan_of("normal", on("Tue 09:00")))


def test_a_holiday_has_the_hours_of_a_day_off(w, report):
    w.calendar.exceptions.create(day=date(2026, 3, 10), kind="holiday", name="试验")
    assert refusal(w, report, "Tue 09:00") == "outside_hours"
    called(w, report, "Tue 10:00")


def test_in_a_year_that_the_calendar_does_not_know_the_week_decides(w, report):
    w.calendar.years.all().delete()
    assert plan_of("normal", on("Sat 10:00")).part_at(on("Sat 10:00")) == "morning"
    assert plan_of("normal", on("Sat 10:00")).part_at(on("Sat 09:00")) == ""


def test_without_hours_people_are_called_at_any_hour(w, monkeypatch):
    report = waiting(w, monkeypatch)
    called(w, report, "Tue 03:00", **SATISFIED)
    assert state_of(report) == "closing"


def test_two_calls_lie_apart(w, report):
    called(w, report, "Mon 14:00")
    assert refusal(w, report, "Mon 15:59") == "too_soon"
    called(w, report, "Mon 16:00", "busy")
    assert state_of(report) == "calling_back"


def test_three_calls_do_not_all_fall_on_one_part_of_the_day(w, report):
    called(w, report, "Mon 14:00")
    called(w, report, "Mon 16:00")
    assert refusal(w, report, "Tue 14:30") == "same_part"
    at = on("Tue 14:30")
    (caller,) = callers_of(report.case, at)
    assert plan_of("normal", at).earliest(caller.calls, at) == on("Tue 18:30")
    called(w, report, "Tue 09:00")
    assert state_of(report) == "closing"


def test_the_last_fruitless_call_gives_the_person_up_as_unreachable(w, report):
    for when, outcome in (("Mon 14:00", "no_answer"), ("Mon 18:30", "busy"), ("Tue 09:00", "wrong_number")):
        called(w, report, when, outcome)
    facts = report.case.steps.order_by("-seq")[0].facts
    assert (state_of(report), facts["outcome"], facts["solved"], facts["grade"]) == (
        "closing",
        "unreachable",
        None,
        None,
    )
    assert not Rating.objects.exists()


def test_a_person_never_reached_is_neither_satisfied_nor_dissatisfied_and_nothing_is_solved_by_it(w, report):
    for when in ("Mon 14:00", "Mon 18:30", "Tue 09:00"):
        called(w, report, when)
    closed_by_the_desk(w, report, "Tue 10:00")
    step = Step.objects.select_related("case__office", "case__profile").get(verb=Verb.CLOSE)
    assert {(mark.solved, mark.satisfied) for mark in marks_of([step])} == {(None, None)}


def test_nobody_calls_a_fourth_time(w, report):
    for when in ("Mon 14:00", "Mon 18:30"):
        called(w, report, when)
    CallRule.objects.create(
        attempts=2,
        apart_minutes=0,
        parts=1,
        later_days=7,
        grace_minutes=0,
        link_hours=72,
        basis="试验",
        since=date(2026, 3, 10),
    )
    assert refusal(w, report, "Tue 09:00") == "attempts_used"


def test_who_asks_to_be_called_later_is_called_then_and_not_before(w, report):
    called(w, report, "Mon 14:00", "later", again_at=on("Tue 10:30"))
    step = report.case.steps.order_by("-seq")[0]
    assert (step.verb, step.facts["outcome"], step.facts["again_at"]) == ("miss", "later", on("Tue 10:30").isoformat())
    assert refusal(w, report, "Tue 10:00") == "asked_for_later"
    called(w, report, "Tue 10:30", **SATISFIED)
    assert state_of(report) == "closing"


def test_a_time_that_was_named_is_kept_even_after_the_last_call_and_on_the_same_part_of_the_day(w, report):
    called(w, report, "Mon 14:00")
    called(w, report, "Tue 09:00")
    called(w, report, "Tue 14:00", "later", again_at=on("Wed 14:00"))
    assert state_of(report) == "calling_back"
    assert refusal(w, report, "Wed 14:10", "later", again_at=on("Thu 14:00")) == "put_off_too_often"
    called(w, report, "Wed 14:10")
    assert state_of(report) == "closing"


@pytest.mark.parametrize(
    ("again", "code"),
    [
        (None, "again_missing"),
        ("Mon 13:00", "again_out_of_reach"),
        ("Mon 14:00", "again_out_of_reach"),
        ("Mon 23:00", "again_outside_hours"),
    ],
)
def test_a_call_is_put_off_to_an_hour_when_people_are_called(w, report, again, code):
    assert refusal(w, report, "Mon 14:00", "later", again_at=again and on(again)) == code


def test_a_call_is_not_put_off_for_ever(w, report):
    CallRule.objects.update(later_days=2)
    assert refusal(w, report, "Mon 14:00", "later", again_at=on("Thu 14:00")) == "again_out_of_reach"


def test_whoever_may_not_call_is_told_that_and_no_hours(w, report):
    at = on("Mon 22:00")
    with pytest.raises(MoveRefused) as refused:
        called(w, report, "Mon 22:00", by=w.of(w.dispatcher, at))
    assert refused.value.code == "wrong_person"
