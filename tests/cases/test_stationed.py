"""1+5+N: the street's own station of a department that the list names stands first, and goes out without the desk."""

import pytest
from django.urls import reverse

from cases.models import Case, State, Whistle
from tests import stories
from tests.cases.test_views import see, send, state_of, whistle_of
from tests.present import present

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    w = present(monkeypatch)
    w.case = stories.accepted(w)
    w.page = reverse("cases:whistle", args=[w.case.number])
    return w


def test_the_station_stands_before_its_department_with_the_duty_of_the_list(client, w):
    form = see(client, w.dispatcher, w.page).context["form"]
    station, works, _police = form.rows
    assert [(row.unit, row.of) for row in (station, works)] == [(w.station, w.works), (w.works, None)]
    assert station.duty == works.duty
    assert [form[row.tick.name].initial for row in (station, works)] == [False, True]


def test_called_in_place_of_its_department_it_goes_out_at_once_and_nobody_asks_why(client, w):
    typed = whistle_of(w, unit_CG="", lead=w.station.code) | {f"unit_{w.station.code}": "on"}
    assert send(client, w.dispatcher, w.page, **typed).status_code == 302
    assert state_of(w.case) == State.IN_HAND
    call = Case.objects.get(pk=w.case.pk).summonses.get(leads=True)
    assert (call.unit, call.duty.unit) == (w.station, w.works)
    told = Whistle.objects.get().first_action
    assert f"Not called: {w.works}, its station in this street comes" in told


def test_without_its_station_a_department_is_still_left_out_with_a_reason_only(client, w):
    answer = send(client, w.dispatcher, w.page, **whistle_of(w, unit_CG="", lead=w.police.code, lead_why="人在现场"))
    assert answer.status_code == 422
    assert "why_CG" in answer.context["form"].errors


def test_a_station_of_another_street_is_not_offered_and_waits_for_the_desk(client, w):
    w.station.station.street = w.other_street
    w.station.station.save()
    assert w.station not in [row.unit for row in see(client, w.dispatcher, w.page).context["form"].rows]
    calls = stories.calls(w)
    calls.append(type(calls[0])(w.station, leads=False, reason="离得近"))
    w.case = stories.actions.blow_whistle(
        w.case, by=w.of(w.dispatcher), at=w.at + stories.HOUR, kind="enforcement", first_action="已劝阻", calls=calls
    )
    assert w.case.state == State.AT_DESK
