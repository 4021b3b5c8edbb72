"""An urgent case outside working time names whom to ring in each called unit, at a fixed number of queries."""

from datetime import time

import pytest
from django.utils.timezone import localtime

from cases.models import Case
from desk.case_page import page_of
from people.actions import set_roster
from people.models import DutyRoster
from tests import stories
from tests.desk.test_case_page import MOST_QUERIES, counted, page, text
from tests.lately import lately
from tests.world import world

pytestmark = pytest.mark.django_db
PHONE = "0531-8600 1234"


def rostered(w, *units) -> None:
    for unit in units:
        row = DutyRoster(who=f"{unit.name}值班室", phone=PHONE, begins=time(), ends=time(), basis="试验")
        set_roster(unit, [row], by=None, at=w.at)


def called(w, urgency="urgent") -> Case:
    case = stories.whistled(w)
    Case.objects.filter(pk=case.pk).update(urgency=urgency)
    rostered(w, w.works, w.police)
    return case


def rings(w, case, user, hour) -> dict[str, str]:
    at = localtime(w.at).replace(hour=hour, minute=0)
    found = page_of(case.number, w.of(user, at), at)
    return {row.call.unit.code: row.ring.phone for row in found.units if row.ring}


@pytest.mark.parametrize("urgency", ["urgent", "extreme"])
def test_at_night_each_called_unit_has_a_number_to_ring(urgency):
    w = world()
    case = called(w, urgency)
    assert rings(w, case, w.dispatcher, hour=23) == {w.works.code: PHONE, w.police.code: PHONE}


def test_in_working_time_nobody_is_named():
    w = world()
    case = called(w)
    assert rings(w, case, w.dispatcher, hour=15) == {}


def test_what_can_wait_wakes_nobody():
    w = world()
    case = called(w, "normal")
    assert rings(w, case, w.dispatcher, hour=23) == {}


def test_a_unit_without_a_roster_has_none_and_the_others_have():
    w = world()
    case = called(w)
    DutyRoster.objects.filter(unit=w.police).delete()
    assert rings(w, case, w.dispatcher, hour=23) == {w.works.code: PHONE}


def test_a_unit_that_has_replied_is_left_in_peace():
    w = world()
    case = called(w)
    stories.replies(w, case.summonses.get(unit=w.works))
    assert set(rings(w, case, w.dispatcher, hour=23)) == {w.police.code}


def test_who_calls_no_unit_reads_who_it_is_but_no_number():
    w = world()
    case = called(w)
    assert rings(w, case, w.worker, hour=23) == {w.works.code: "", w.police.code: ""}


def test_the_page_shows_it_as_a_number_to_press(client, monkeypatch):
    w = lately(monkeypatch)
    case = called(w)
    said = text(page(client, w.dispatcher, case))
    assert said.count("On duty now:") == 2
    assert said.count('href="tel:053186001234"') == 2
    assert f"{w.works.name}值班室" in said


def test_another_street_finds_nothing(client, monkeypatch):
    w = lately(monkeypatch)
    assert page(client, w.outsider, called(w)).status_code == 404


def test_more_units_to_ring_take_no_more_queries(client, monkeypatch):
    w = lately(monkeypatch)
    case = called(w)
    client.force_login(w.dispatcher)
    two = counted(client, case)
    DutyRoster.objects.filter(unit=w.police).delete()
    assert counted(client, case) == two <= MOST_QUERIES
