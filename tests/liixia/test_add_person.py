"""Real people are entered by a command: with a password worth the name, a role, a place, and lines in the log."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from audit import clock
from audit.models import Event, SecurityLog
from grids.standing import standing_of
from people.models import Role, User
from tests.world import PASSWORD, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    with translation.override("en"):
        yield world()


def add(monkeypatch, username="li", secret=PASSWORD, **words):
    monkeypatch.setattr("sys.stdin", io.StringIO(secret + "\n"))
    given = {"unit": "DESK", "role": "district_desk", "name": "李某", **words}
    call_command("add_person", username, **given, verbosity=0)
    return User.objects.get(username=username)


def test_a_person_added_signs_in_and_stands_where_they_were_put(w, monkeypatch, client):
    user = add(monkeypatch, area="990102")
    assert client.post("/sign-in", {"username": "li", "password": PASSWORD}).status_code == 302
    standing = standing_of(user, clock.now())
    assert standing.over(Role.DISTRICT_DESK, w.grid.code)
    assert standing.acts_for(w.desk.pk, Role.DISTRICT_DESK)
    assert SecurityLog.objects.filter(event=Event.ROLE_GIVEN, subject_id=str(user.pk)).count() == 2


def test_a_second_time_gives_the_same_person_another_role(w, monkeypatch):
    add(monkeypatch)
    user = add(monkeypatch, role="clerk", unit="LINE", name=None)
    assert set(user.unit_roles.values_list("role", flat=True)) == {Role.DISTRICT_DESK, Role.CLERK}


@pytest.mark.parametrize(
    ("words", "why"),
    [({"secret": "123"}, "short"), ({"unit": "NONE"}, "NONE"), ({"area": "1"}, "code 1"), ({"name": None}, "--name")],
)
def test_what_does_not_fit_is_refused_and_nothing_saved(w, monkeypatch, words, why):
    with pytest.raises(CommandError, match=why):
        add(monkeypatch, **words)
    assert not User.objects.filter(username="li").exists()


def test_nobody_becomes_two_of_the_three_administrators(w, monkeypatch):
    add(monkeypatch, role="system_admin")
    with pytest.raises(CommandError, match="two of the three"):
        add(monkeypatch, role="audit_admin")
