"""The soonest due moment of a case is kept with it, whatever is done."""

import pytest

from accountability import sweep
from accountability.models import Clock, CoveredYear
from audit.asking import broken
from cases.invariants import DUE_ELSEWHERE
from cases.models import Case
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db
WALKS = ("reported", "accepted", "whistled", "inspecting", "closed")


def soonest(case: Case) -> object:
    """Counted apart from the rule: over every clock that runs for the case or a unit of it, but for the promise."""
    calls = list(case.summonses.values_list("pk", flat=True))
    running = [*Clock.objects.of("case", [case.pk]).running(), *Clock.objects.of("summons", calls).running()]
    return min((clock.due_at for clock in running if clock.phase != "promise" and clock.due_at), default=None)


@pytest.mark.parametrize("walk", WALKS)
def test_it_is_the_soonest_of_its_clocks_after_every_story(walk):
    case = getattr(stories, walk)(world())
    case.refresh_from_db()
    assert case.due_at == soonest(case)
    assert (case.due_at is None) == (walk == "closed")
    assert list(broken([DUE_ELSEWHERE])) == []


def test_a_year_that_becomes_known_gives_the_case_its_moment():
    w = world()
    CoveredYear.objects.all().delete()
    case = stories.reported(w)
    assert Case.objects.get(pk=case.pk).due_at is None
    CoveredYear.objects.create(calendar=w.calendar, year=2026, basis="试验")
    sweep.compute_awaited()
    assert Case.objects.get(pk=case.pk).due_at == soonest(case) is not None


def test_a_moment_that_drifted_is_named():
    case = stories.reported(world())
    Case.objects.filter(pk=case.pk).update(due_at=None)
    assert len(list(broken([DUE_ELSEWHERE]))) == 1
