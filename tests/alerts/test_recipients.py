"""The table of whom a step concerns."""

import pytest

from alerts.recipients import POSTED, TOLD, TURNS, Circle, circles
from cases.models import State, Verb
from cases.models.case import ENDED


def of(verb: Verb, source: str = State.IN_HAND, target: str = State.IN_HAND, **more) -> frozenset[Circle]:
    return circles(verb, source=source, target=target, **{"of_summons": False, "street": True, **more})


def test_a_lapse_reaches_the_unit_the_street_and_the_inspector():
    told = {Circle.CALLED, Circle.DISPATCHERS, Circle.STREET_LEADERS, Circle.INSPECTORS}
    assert of(Verb.LAPSE, "sent", "sent", of_summons=True) == told
    assert of(Verb.LAPSE) == told


def test_a_case_without_a_street_concerns_the_desk_instead_of_dispatchers():
    assert of(Verb.OPEN, "", State.REPORTED, street=False) == {Circle.DESK}


def test_where_no_street_is_known_the_inspector_hears_that_all_have_replied():
    assert of(Verb.SETTLE, State.IN_HAND, State.INSPECTING, street=False) == {Circle.INSPECTORS}


def test_a_street_hears_of_a_case_that_is_handed_to_it():
    assert of(Verb.PLACE, State.REPORTED, State.REPORTED) == {Circle.DISPATCHERS}


def test_whoever_has_the_next_move_is_told_when_a_case_enters_their_state():
    assert of(Verb.PASS, State.INSPECTING, State.CALLING_BACK) == {Circle.CLERKS}
    assert of(Verb.PASS, State.INSPECTING, State.CLOSING) == {Circle.DESK}
    assert of(Verb.SETTLE, State.IN_HAND, State.INSPECTING) == {Circle.NEIGHBOURS}


def test_a_unit_that_signs_troubles_nobody():
    assert of(Verb.SIGN, "sent", "signed", of_summons=True) == frozenset()


def test_the_rework_of_one_summons_is_told_once_by_the_case():
    assert of(Verb.REWORK, "replied", "signed", of_summons=True) == frozenset()
    assert Circle.EVERY_UNIT in of(Verb.REWORK, State.INSPECTING, State.IN_HAND)


@pytest.mark.parametrize("verb", list(Verb))
def test_every_verb_has_an_answer(verb):
    assert of(verb, State.REPORTED, State.REPORTED) <= frozenset(Circle)


def test_no_turn_is_announced_for_an_ended_case():
    assert not set(TURNS) & set(ENDED)
    assert set(POSTED) <= set(Circle)
    assert set(TOLD) <= set(Verb)
