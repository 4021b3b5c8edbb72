"""Every unit of a demo has somebody on duty at any hour, and the rows say that they are made up."""

import pytest

from liixia.demo.rosters import make_rosters
from people.models import DutyRoster, Unit
from people.rosters import on_duty
from tests.world import world

pytestmark = pytest.mark.django_db


def test_every_unit_has_somebody_on_duty_and_says_that_it_is_made_up():
    w = world()
    assert make_rosters(at=w.at) == Unit.objects.count()
    found = on_duty(DutyRoster.objects.all(), w.at)
    assert set(found) == set(Unit.objects.values_list("pk", flat=True))
    assert all(row.demo and "演示" in row.who and "演示" in row.basis for row in DutyRoster.objects.all())


def test_a_second_run_makes_none():
    w = world()
    make_rosters(at=w.at)
    assert make_rosters(at=w.at) == 0
