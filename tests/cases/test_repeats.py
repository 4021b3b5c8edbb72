"""What comes up again at many places is noticed by as many statements as at one, and is told once a place."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Case, Repeat, Verb
from cases.repeats import notice
from tests import stories
from tests.world import with_ladder, world

DAY = timedelta(days=1)


@pytest.fixture
def w(db):
    return with_ladder(world())


def accepted(w, area, number: int, item=None) -> list[Case]:
    """As many of one kind at one place, one an hour."""
    by = w.of(w.outsider if area == w.far_grid else w.dispatcher)
    given = {"by": by, "summary": "烧烤占道", "category": w.category, "urgency": "normal", "item": item or w.item}
    cases = [stories.reported(w, area=area) for _ in range(number)]
    return [actions.accept(one, at=w.at + n * stories.HOUR, **given) for n, one in enumerate(cases, 1)]


def told_of(w, cases: list[Case]) -> None:
    notice([{"case": case.pk} for case in cases], w.at + DAY)


def asked(w, cases: list[Case]) -> int:
    with CaptureQueriesContext(connection) as said:
        told_of(w, cases)
    return len(said)


def test_what_reaches_the_rung_at_many_places_asks_no_more_than_at_one(w):
    told_of(w, accepted(w, w.next_grid, 3, w.city_item))  # from now on the ladder is known
    of_one = asked(w, accepted(w, w.grid, 3)[2:])
    at_others = [(w.next_grid, w.item), (w.far_grid, w.item), (w.grid, w.city_item), (w.far_grid, w.city_item)]
    assert asked(w, [case for area, item in at_others for case in accepted(w, area, 4, item)]) == of_one
    assert Repeat.objects.count() == 6


def test_many_that_reach_it_together_are_told_by_the_first_of_them(w):
    cases = accepted(w, w.grid, 5)
    told_of(w, cases)
    told_of(w, cases)
    found = Repeat.objects.get()
    assert (found.case, found.count) == (cases[2], 3)
    step = cases[2].steps.get(verb=Verb.ESCALATE)
    assert step.facts["cases"] == [case.number for case in cases[:3]]


def test_what_was_turned_down_meanwhile_does_not_count(w):
    cases = accepted(w, w.grid, 3)
    stories.withheld(w, cases[0])
    told_of(w, cases)
    assert not Repeat.objects.exists()


def test_where_a_later_one_was_noticed_first_the_earlier_ones_tell_no_second_time(w):
    cases = accepted(w, w.grid, 4)
    told_of(w, cases[3:])
    told_of(w, cases[2:3])
    assert Repeat.objects.get().case == cases[3]
