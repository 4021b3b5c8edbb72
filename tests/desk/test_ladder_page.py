"""The picture of the ladder says what its rows say."""

from datetime import date

import pytest
from django.urls import reverse

from accountability.models import Rung
from desk.ladder import bars
from tests.world import with_ladder, world

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 9)


@pytest.fixture
def w():
    return with_ladder(world())


def test_every_rung_stands_at_its_height_with_whom_it_is_told_to(w):
    found = bars(TODAY)
    assert [bar.height for bar in found] == [5, 4, 3, 2, 1]
    lines = [line for bar in found for line in bar.lines]
    assert {line.rung.code for line in lines} == set(Rung.objects.values_list("code", flat=True))
    assert all(line.told and line.needs and line.rung.basis for line in lines)


def test_a_new_threshold_shows_from_its_day_on(w):
    old = Rung.objects.get(code="remind")
    old.pk, old.threshold, old.since = None, 60, date(2026, 3, 10)
    old.save()

    def needs(day):
        return next(line.needs for line in bars(day)[-1].lines)

    assert "75" in needs(TODAY)
    assert "60" in needs(date(2026, 3, 10))


def test_the_page_is_for_everybody_at_work_and_the_ways_lead_to_it(client, w):
    client.force_login(w.establishment)
    assert Rung.objects.get(code="red").basis in client.get(reverse("desk:ladder")).content.decode()
    assert reverse("desk:ladder") in client.get(reverse("desk:ways")).content.decode()
    client.logout()
    assert client.get(reverse("desk:ladder")).status_code == 302


def test_without_rungs_it_says_so(client, w):
    Rung.objects.all().delete()
    client.force_login(w.worker)
    assert client.get(reverse("desk:ladder")).context["bars"] == []
