"""Quiet hours: what can wait over the night is shown in the morning as one message; what is urgent comes at once."""

from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings
from django.utils.timezone import localtime

from accountability.worktime import LOCAL
from alerts.actions import tell
from alerts.models import Alert, QuietHours
from alerts.quiet import in_force, shown_at
from audit import clock
from cases.models import Case, Step
from outbox.actions import drain_all
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
NIGHT = QuietHours(begins=time(21, 30), ends=time(7, 30), loud="urgent extreme", basis="test", since=date(2020, 1, 1))
NOON = QuietHours(begins=time(12), ends=time(13, 30), loud="", basis="test", since=date(2020, 1, 1))


def local(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (local(11, 21, 29), local(11, 21, 29)),
        (local(11, 21, 30), local(12, 7, 30)),
        (local(11, 23, 59), local(12, 7, 30)),
        (local(12, 0, 0), local(12, 7, 30)),
        (local(12, 7, 29), local(12, 7, 30)),
        (local(12, 7, 30), local(12, 7, 30)),
        (local(12, 12, 0), local(12, 12, 0)),
    ],
)
def test_what_can_wait_is_shown_when_the_night_ends(told, shown):
    assert shown_at(NIGHT, "normal", told) == shown


def test_hours_within_a_day_end_on_that_day():
    assert shown_at(NOON, "urgent", local(11, 12, 10)) == local(11, 13, 30)
    assert shown_at(NOON, "normal", local(11, 0, 10)) == local(11, 0, 10)


@pytest.mark.parametrize("urgency", ["urgent", "extreme"])
def test_what_is_urgent_is_told_at_once_in_the_deepest_night(urgency):
    assert shown_at(NIGHT, urgency, local(12, 3)) == local(12, 3)


def test_the_newest_row_whose_day_has_come_counts():
    QuietHours.objects.create(begins=time(20), ends=time(8), loud="", basis="旧", since=date(2020, 1, 1))
    QuietHours.objects.create(begins=time(23), ends=time(6), loud="", basis="新", since=date(2026, 3, 12))
    assert [in_force(local(day, 12)).basis for day in (11, 12)] == ["旧", "新"]
    assert in_force(datetime(2019, 5, 1, tzinfo=LOCAL)) is None


@pytest.fixture
def w(monkeypatch):
    """The small world, now; and it is quiet now, whatever the hour, until in an hour."""
    w = lately(monkeypatch)
    now = localtime(clock.now(), LOCAL)
    w.ends = (now + timedelta(hours=1)).replace(microsecond=0)
    QuietHours.objects.create(
        begins=(now - timedelta(hours=1)).time(), ends=w.ends.time(), loud="urgent", basis="test",
        since=date(2020, 1, 1),
    )  # fmt: skip
    return w


def inbox(client, user, language: str = "en") -> str:
    client.force_login(user)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client.get("/inbox/").content.decode()


def morning() -> None:
    """As if the quiet hours had just ended: what was told then was told some hours earlier."""
    Alert.objects.update(told_at=clock.now() - 2 * MINUTE, shown_at=clock.now() - MINUTE)


def reported(w, number: int = 1) -> None:
    for _ in range(number):
        stories.reported(w)
    drain_all(clock.now())


def test_in_quiet_hours_the_inbox_stays_empty_and_nothing_is_lost(client, w):
    reported(w, 3)
    assert "Nothing unread" in inbox(client, w.dispatcher)
    assert {alert.shown_at for alert in Alert.objects.filter(recipient=w.dispatcher)} == {w.ends}


def test_an_urgent_case_rings_through(client, w):
    stories.reported(w)
    Case.objects.update(urgency="urgent")
    drain_all(clock.now())
    assert "1 unread messages" in inbox(client, w.dispatcher)


def test_when_they_end_it_is_one_message_that_says_how_much_of_what(client, w):
    reported(w, 3)
    morning()
    page = inbox(client, w.dispatcher)
    assert "1 unread messages" in page
    assert "3 messages of the quiet hours" in page
    assert "A new report waits to be accepted. <b>× 3</b>" in page
    assert page.count("/open/") == 3


def test_one_alone_is_a_message_like_any_other(client, w):
    reported(w)
    morning()
    assert "messages of the quiet hours" not in inbox(client, w.dispatcher)


def test_the_digest_is_read_with_one_press_and_only_by_whom_it_was_for(client, w):
    reported(w, 3)
    morning()
    first = Alert.objects.filter(recipient=w.dispatcher).latest("pk")
    client.force_login(w.outsider)
    assert client.post(f"/inbox/{first.pk}/digest/").status_code == 404
    client.force_login(w.dispatcher)
    assert client.get(f"/inbox/{first.pk}/digest/").status_code == 405
    client.post(f"/inbox/{first.pk}/digest/")
    assert not Alert.objects.unread().filter(recipient=w.dispatcher).exists()


def test_what_is_held_back_cannot_be_opened_or_read_with_the_rest(client, w):
    reported(w)
    held = Alert.objects.get(recipient=w.dispatcher)
    client.force_login(w.dispatcher)
    assert client.post(f"/inbox/{held.pk}/open/").status_code == 404
    client.post("/inbox/read/", {"up_to": held.pk})
    assert Alert.objects.unread().filter(pk=held.pk).exists()


def test_told_twice_keeps_the_hour_of_the_first_time(w):
    reported(w)
    shown = Alert.objects.get(recipient=w.dispatcher).shown_at
    tell(Step.objects.values_list("pk", flat=True), at=clock.now() + timedelta(hours=2))
    assert Alert.objects.get(recipient=w.dispatcher).shown_at == shown
