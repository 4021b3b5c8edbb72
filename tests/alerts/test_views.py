"""The inbox: one's own alerts, unread first, read when opened."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alerts import views
from alerts.models import Alert
from audit import clock
from grids.models import Posting
from outbox.actions import drain_all
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def reports(w, number: int = 1) -> None:
    for _ in range(number):
        stories.reported(w)
    drain_all(clock.now())


def shown(client, user, address="/inbox/") -> list[int]:
    client.force_login(user)
    return [int(pk) for pk in re.findall(r'action="/inbox/(\d+)/open/"', client.get(address).content.decode())]


def test_the_inbox_holds_ones_own_alerts_only(client, w):
    reports(w)
    assert len(shown(client, w.dispatcher)) == 1
    assert shown(client, w.outsider) == []


def test_opening_reads_it_once_and_goes_to_the_case(client, w):
    reports(w)
    [pk] = shown(client, w.dispatcher)
    answer = client.post(f"/inbox/{pk}/open/")
    alert = Alert.objects.get(pk=pk)
    assert answer.url == f"/cases/{alert.case.number}/"
    client.post(f"/inbox/{pk}/open/")
    assert Alert.objects.get(pk=pk).read_at == alert.read_at is not None


def test_nobody_opens_the_alert_of_another(client, w):
    reports(w)
    [pk] = shown(client, w.dispatcher)
    client.force_login(w.outsider)
    assert client.post(f"/inbox/{pk}/open/").status_code == 404
    assert Alert.objects.unread().count() == 1


def test_looking_alone_reads_nothing(client, w):
    reports(w)
    [pk] = shown(client, w.dispatcher)
    assert client.get(f"/inbox/{pk}/open/").status_code == 405
    assert Alert.objects.unread().count() == 1


def test_marking_all_read_leaves_what_came_since(client, w):
    reports(w, 2)
    newest = max(shown(client, w.dispatcher))
    reports(w)
    client.post("/inbox/read/", {"up_to": newest})
    assert Alert.objects.unread().count() == 1


def test_unread_come_first_and_pages_join_without_gap_or_double(client, w, monkeypatch):
    monkeypatch.setattr(views, "SIZE", 2)
    reports(w, 7)
    pks = list(Alert.objects.order_by("pk").values_list("pk", flat=True))
    Alert.objects.filter(pk__in=pks[-3:]).update(read_at=clock.now())
    address, seen = "/inbox/", []
    client.force_login(w.dispatcher)
    while address:
        answer = client.get(address if address.startswith("/") else f"/inbox/{address}")
        seen += [alert.pk for entry in answer.context["entries"] for alert in entry.alerts]
        address = answer.context["older"]
    assert seen == pks[:4][::-1] + pks[4:][::-1]


def test_whoever_lost_their_post_no_longer_reads_of_its_cases(client, w):
    reports(w)
    Posting.objects.filter(user=w.dispatcher).update(until=clock.now())
    w.dispatcher.unit_roles.update(until=clock.now())
    assert shown(client, w.dispatcher) == []


def test_the_sentence_is_made_in_the_readers_language(client, w):
    reports(w)
    client.force_login(w.dispatcher)
    chinese = client.get("/inbox/").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get("/inbox/").content.decode()
    assert "A new report waits to be accepted." in english
    assert "A new report waits to be accepted." not in chinese


def test_the_page_takes_few_queries_however_many_there_are(client, w):
    reports(w)
    client.force_login(w.dispatcher)
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/inbox/")
    few = len(asked)
    reports(w, 5)
    with CaptureQueriesContext(connection) as asked:
        client.get("/inbox/")
    assert len(asked) == few <= 12
