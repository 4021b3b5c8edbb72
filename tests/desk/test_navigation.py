"""What the shell shows to whom: pages by role, unread messages, and roles that change from one page to the next."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from desk import navigation
from desk.context import House
from desk.doors import Door, drawn
from people.models import Role, UnitRole, User
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


@pytest.fixture(autouse=True)
def every_page_installed(monkeypatch):
    monkeypatch.setattr(navigation, "address", lambda view: "/" + view.split(":")[1])


def house(user, path="/") -> House:
    request = RequestFactory().get(path)
    request.user = user
    return House(request)


def views(groups: list[dict]) -> list[str]:
    return [place.view for group in groups for place in group["places"]]


def test_a_clerk_takes_reports_and_a_grid_worker_reports_from_the_field():
    assert "engagement:clerk_report" in views(navigation.navigation([Role.CLERK], "/"))
    assert "engagement:field_report" not in views(navigation.navigation([Role.CLERK], "/"))
    assert "engagement:field_report" in views(navigation.navigation([Role.GRID_WORKER], "/"))


def test_marks_are_not_for_the_field():
    assert "desk:marks" in views(navigation.navigation([Role.RESPONDER], "/"))
    assert "desk:marks" not in views(navigation.navigation([Role.GRID_WORKER], "/"))


def test_administrators_of_the_system_see_no_cases():
    for role in navigation.ADMINS:
        imports = ["gateway:imports"] if role == Role.SYSTEM_ADMIN else []
        assert views(navigation.navigation([role], "/")) == ["desk:items", "desk:changes", "desk:ways", *imports]


def test_without_a_role_there_is_nothing_to_go_to():
    assert navigation.navigation([], "/") == []


def test_the_page_read_and_the_pages_under_it_are_marked():
    def current(path):
        places = [p for group in navigation.navigation([Role.RESPONDER], path) for p in group["places"]]
        return {place.view: place.current for place in places if place.current}

    assert current("/cases") == {"desk:cases": "page"}
    assert current("/cases/12") == {"desk:cases": "true"}
    assert current("/casesother") == {}


def test_a_page_that_is_not_installed_is_not_offered(monkeypatch):
    monkeypatch.setattr(navigation, "address", lambda view: "")
    assert navigation.navigation(list(Role), "/") == []


def test_a_role_given_or_taken_shows_on_the_next_page(w):
    user = User.objects.create_user("new", "新")
    assert house(user).navigation == []
    held = UnitRole.objects.create(user=user, unit=w.works, role=Role.RESPONDER, since=w.at)
    assert "desk:my_work" in views(house(user).navigation)
    held.delete()
    assert house(user).navigation == []


def test_the_district_is_named_from_the_rows(w):
    assert house(AnonymousUser()).name == w.district.name


def test_nothing_is_unread_at_first(w):
    assert house(w.dispatcher).unread == 0


def test_the_door_counts_and_shows_only_made_up_people(w):
    door = Door(w.at)
    assert (door.areas["street"], door.areas["grid"]) == (2, 3)
    assert door.cards == []
    User.objects.filter(pk=w.dispatcher.pk).update(demo=True)
    (card,) = Door(w.at).cards
    assert card.first.username == w.dispatcher.username


def test_every_made_up_person_is_one_press_away(w):
    people = [User.objects.create_user(f"demo-{number:02}", "某", demo=True) for number in range(30)]
    UnitRole.objects.bulk_create(UnitRole(user=user, unit=w.works, role=Role.RESPONDER, since=w.at) for user in people)
    (card,) = Door(w.at).cards
    assert {account.username for account in (card.first, *card.others)} == {user.username for user in people}


def test_a_shape_is_drawn_north_up_and_as_wide_as_the_page_has_room():
    shape = drawn(["POLYGON ((117 36, 117.1 36, 117.1 36.1, 117 36.1, 117 36))"])
    assert shape["path"].startswith("M")
    assert shape["width"] < shape["height"] < shape["width"] * 1.3
