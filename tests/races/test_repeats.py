"""Many rounds at once notice what came up again: told once a place, and nobody waits for another for ever."""

from time import sleep

import pytest
from django.db import transaction

from audit import clock
from cases.actions import accept
from cases.models import Case, Repeat, Step, Verb
from cases.repeats import notice
from tests import stories
from tests.present import present
from tests.races.test_cases import at_once, drain_until_empty, faults, sound
from tests.world import with_ladder

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
ROUNDS = 4


def accepted(w, area, item) -> Case:
    case, by, at = stories.reported(w, area=area), w.of(w.dispatcher, clock.now()), clock.now()
    return accept(case, by=by, at=at, summary="烧烤占道", category=w.category, urgency="normal", item=item)


def test_rounds_that_notice_the_same_places_at_once_tell_each_once(monkeypatch):
    w = with_ladder(present(monkeypatch))
    places = [(area, item) for area in (w.grid, w.next_grid) for item in (w.item, w.city_item)]
    cases = [accepted(w, area, item) for area, item in places for _ in range(3 * ROUNDS)]

    def round_of(nth: int) -> None:
        with transaction.atomic():  # as long as a batch that has more to tell
            notice([{"case": case.pk} for case in cases[nth::ROUNDS]], clock.now())
            sleep(0.1)

    assert faults(at_once(*[lambda nth=nth: round_of(nth) for nth in range(ROUNDS)])) == []
    drain_until_empty()
    assert Repeat.objects.values("place_code", "item").distinct().count() == Repeat.objects.count() == len(places)
    assert Step.objects.filter(verb=Verb.ESCALATE).count() == len(places)
    assert sound() == []
