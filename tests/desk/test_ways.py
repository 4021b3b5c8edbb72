"""The pictures and lists of the two tables of moves say what the tables say."""

import pytest
from django.urls import reverse

from cases import summons, workflow
from cases.models import Answer, State, Verb
from desk.ways import machines
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("nth", "moves", "states"), [(0, workflow.MOVES, State), (1, summons.MOVES, Answer)])
def test_every_move_stands_at_every_state_that_it_starts_from(nth, moves, states):
    shown = {(place.code, way.verb) for place in machines()[nth].places for way in place.ways}
    assert shown == {(source, verb) for verb, move in moves.items() for source in move.sources}
    assert [place.code for place in machines()[nth].places] == list(states)


def test_a_move_that_leads_elsewhere_is_an_arc_and_back_is_dashed():
    case = machines()[0]
    label = str(Verb.REWORK.label)
    assert {arc.back for arc in case.arcs if label in arc.verbs} == {True}
    assert {arc.back for arc in case.arcs if str(Verb.DISPATCH.label) in arc.verbs} == {False}


def test_the_page_is_for_everybody_at_work_and_asks_the_database_nothing_of_its_own(client):
    w = world()
    client.force_login(w.worker)
    answer = client.get(reverse("desk:ways"))
    assert answer.status_code == 200
    assert str(Verb.WHISTLE.label) in answer.content.decode()
