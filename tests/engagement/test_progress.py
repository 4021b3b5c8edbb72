"""A case in the words of the person who reported it."""

import pytest
from django.utils import translation

from cases import actions
from cases.models import Case, State, Verb
from engagement import progress
from tests import stories

HOUR = stories.HOUR


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def told(w, case) -> list[str]:
    return [line.words for line in progress.lines(case.steps.select_related("unit"), w.at)]


def test_every_state_has_a_headline():
    assert set(progress.HEADLINES) == set(State)


def test_several_units_called_at_once_are_one_line(w):
    assert told(w, stories.whistled(w))[0] == "The street blew the whistle: 区城管局、区公安分局 called to come."


def test_the_headline_counts_who_is_at_work(w):
    case = stories.whistled(w)
    assert progress.headline(case, case.steps.all()) == "2 units are putting it right"


def test_the_same_of_several_units_at_one_minute_is_one_line(w):
    lines = told(w, stories.inspecting(w))
    assert lines.count("区城管局、区公安分局 came to the place.") == 1


def test_what_is_the_offices_own_affair_is_not_told(w):
    case = stories.inspecting(w)
    told_of = {line.words for line in progress.lines(case.steps.select_related("unit"), w.at)}
    assert len(told_of) == 6
    assert not case.steps.filter(verb=Verb.SETTLE, note__in=told_of).exists()


def test_a_person_turned_down_reads_the_ground(w):
    case = stories.reported(w)
    actions.advance(case, Verb.TURN_DOWN, by=w.of(w.dispatcher), at=w.at, note="100%(unit)s 不归本区管")
    assert told(w, case)[0] == "甲街道办 did not take it up: 100%(unit)s 不归本区管"


def test_an_unreached_person_is_told_that_nobody_answered_for_them(w):
    case = stories.calling_back(w)
    step = case.steps.model(verb=Verb.CALL_BACK, at=w.at, facts={"outcome": "unreachable"})
    assert "Nobody answers in your place" in progress.lines([step], w.at)[0].words


def test_what_comes_next_begins_with_who_takes_it_up_by_when(w):
    case = stories.reported(w)
    clocks = progress.Clock.objects.of("case", [case.pk])
    assert progress.ahead(case, clocks, w.at, asks_back=True)[0].words == "By 15:30 today 甲街道办 takes it up"


def test_nothing_comes_after_the_end(w):
    assert progress.ahead(Case.objects.get(pk=stories.closed(w).pk), [], w.at, asks_back=True) == []


def test_who_left_no_phone_is_not_promised_a_call(w):
    case = stories.reported(w)
    assert not [step for step in progress.ahead(case, [], w.at, asks_back=False) if step.words == "We ask you back"]
