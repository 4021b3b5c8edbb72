"""Roles are given, taken and ended with a line in the log, and count from the next request on."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import SecurityLog
from grids.standing import standing_of
from people.actions import RoleRefused, give_role, switch_off, take_role
from people.models import Role, UnitRole
from tests.world import person, seat, world

pytestmark = pytest.mark.django_db
LATER = timedelta(seconds=1)


@pytest.fixture
def w():
    built = world()
    built.security = seat(person("security", "安全员"), Role.SECURITY_ADMIN, built.editors)
    built.newcomer = person("newcomer", "新人", built.works)
    return built


def give(w, role=Role.RESPONDER, **how):
    given = {"role": role, "unit": w.works, "by": w.security, "at": w.at, **how}
    return give_role(given.pop("user", w.newcomer), **given)


def refused_with(code):
    return pytest.raises(RoleRefused, check=lambda refused: refused.code == code)


def roles(w, at):
    return standing_of(w.newcomer, at).roles


def test_a_given_role_counts_at_once_and_is_in_the_log(w):
    give(w, reason="new colleague", address="10.0.0.1")
    assert roles(w, w.at) == {"responder"}
    line = SecurityLog.objects.get()
    assert (line.event, line.actor, line.subject_id) == ("role_given", w.security, str(w.newcomer.pk))
    assert "responder CG new colleague" in line.reason


def test_giving_twice_gives_once(w):
    assert give(w) == give(w)
    assert SecurityLog.objects.count() == 1


def test_a_taken_role_is_gone_at_once_and_its_time_stays_on_record(w):
    held = give(w)
    take_role(held, by=w.security, at=w.at + LATER)
    assert roles(w, w.at + LATER) == set()
    assert roles(w, w.at) == {"responder"}
    assert [line.event for line in SecurityLog.objects.order_by("pk")] == ["role_given", "role_taken"]


def test_taking_twice_takes_once(w):
    held = give(w)
    for seconds in (1, 2):
        take_role(held, by=w.security, at=w.at + seconds * LATER)
    assert UnitRole.objects.get(pk=held.pk).until == w.at + LATER
    assert SecurityLog.objects.count() == 2


def test_a_person_switched_off_holds_nothing(w):
    give(w)
    switch_off(w.newcomer, by=w.security, at=w.at + LATER)
    w.newcomer.refresh_from_db()
    assert not w.newcomer.is_active
    assert roles(w, w.at + LATER) == set()
    assert SecurityLog.objects.filter(event="role_taken").count() == 2


def test_a_person_switched_off_is_out_at_their_next_request(w, client):
    client.force_login(w.newcomer)
    assert client.get("/inbox/").status_code == 200
    switch_off(w.newcomer, by=w.security, at=w.at)
    answer = client.get("/inbox/")
    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in")


def test_only_a_security_administrator_gives_and_takes(w):
    held = give(w)
    with refused_with("wrong_person"):
        give(w, role=Role.DEPT_LEADER, by=w.desk_officer)
    with refused_with("wrong_person"):
        take_role(held, by=w.desk_officer, at=w.at + LATER)
    with refused_with("wrong_person"):
        switch_off(w.newcomer, by=w.desk_officer, at=w.at)
    assert SecurityLog.objects.count() == 1


def test_nobody_gives_themselves_a_role(w):
    with refused_with("own_role"):
        give(w, user=w.security)


def test_nobody_becomes_a_second_of_the_three_administrators(w):
    give(w, role=Role.SYSTEM_ADMIN)
    with refused_with("another_admin"):
        give(w, role=Role.AUDIT_ADMIN)
    with pytest.raises(IntegrityError), transaction.atomic():
        seat(w.newcomer, Role.AUDIT_ADMIN, w.editors)


def test_the_system_gives_roles_when_it_loads_a_district(w):
    assert give(w, by=None).role == "responder"
    assert SecurityLog.objects.get().actor is None
