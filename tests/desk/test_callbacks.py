"""Who stands on the callback list, in which order, for whom, and what each row offers to do next."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accountability.models import Clock
from cases import actions
from cases.models import Case, Verb
from desk import callbacks
from desk.callbacks import CALL, OPEN, CallList
from engagement.actions import call_back
from people.models import Role
from tests import stories
from tests.engagement.calling import on, with_hours
from tests.engagement.ground import received
from tests.present import now, present
from tests.world import person, post, world

pytestmark = pytest.mark.django_db
PAGE = reverse("desk:callbacks")


@pytest.fixture
def w(monkeypatch):
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w, at=w.at).case)
    return world()


@pytest.fixture
def today(monkeypatch):
    """The same at this very moment, for the page."""
    monkeypatch.setattr(stories, "reported", lambda w, **more: received(w, at=w.at).case)
    return present(monkeypatch)


def waits(w) -> Case:
    return stories.calling_back(w)


def rows(w, user, at=None):
    at = at or w.at + timedelta(hours=4)
    return CallList(w.of(user, at), at).page(None)[0]


def test_who_waits_stands_there_masked_with_the_call_as_the_next_step(w):
    case = waits(w)
    (row,) = rows(w, w.clerk)
    assert (row.case.pk, row.reporter.phone, row.reporter.name) == (case.pk, "138****0427", "董**")
    assert (row.label, row.later) == (CALL, "")
    report = case.reports.get()
    assert row.href == f"{reverse('engagement:call_back', args=[case.number])}?report={report.pk}"
    assert [one.case.pk for one in rows(w, w.desk_officer)] == [case.pk]


def test_what_is_in_hand_or_closing_does_not_stand_there(w):
    stories.inspecting(w)
    stories.closing(w)
    assert rows(w, w.clerk) == []


def test_what_is_due_first_stands_first_and_what_waits_for_a_calendar_last(w, monkeypatch):
    cases = [waits(w) for _one in range(3)]
    for case, due in zip(cases, (None, 2, 1), strict=True):
        found = Clock.objects.of("case", [case.pk]).filter(phase="callback")
        found.update(due_at=due and w.at + timedelta(days=due))
    assert [row.case.pk for row in rows(w, w.clerk)] == [cases[2].pk, cases[1].pk, cases[0].pk]
    monkeypatch.setattr(callbacks, "SIZE", 1)
    at, key, read = w.at + timedelta(hours=4), None, []
    for _page in range(3):
        found, key = CallList(w.of(w.clerk, at), at).page(key)
        read += [row.case.pk for row in found]
    assert (read, key) == ([cases[2].pk, cases[1].pk, cases[0].pk], None)


def test_a_call_that_is_not_possible_yet_says_from_when_on(w):
    with_hours(w)
    case = waits(w)
    at = on("Mon 14:00")
    call_back(case.reports.get(), outcome="busy", by=w.of(w.clerk, at), at=at)
    (row,) = rows(w, w.clerk, at + timedelta(minutes=5))
    assert row.caller.missed == 1
    assert "16:00" in row.later
    (row,) = rows(w, w.clerk, on("Mon 16:00"))
    assert row.later == ""


def test_a_time_that_somebody_named_is_when_they_are_due(w):
    with_hours(w)
    case = waits(w)
    at = on("Mon 14:00")
    call_back(case.reports.get(), outcome="later", by=w.of(w.clerk, at), at=at, again_at=on("Mon 19:15"))
    (row,) = rows(w, w.clerk, on("Mon 16:30"))
    assert "19:15" in row.later


def test_whoever_handled_it_is_not_offered_the_call(w):
    waits(w)
    w.clerk.unit = w.works
    w.clerk.save()
    assert [row.label for row in rows(w, w.clerk)] == [OPEN]


def test_a_desk_of_another_street_does_not_see_it(w):
    waits(w)
    other = post(person("far_clerk", "外区话务员"), Role.CLERK, w.other_street)
    assert rows(w, other) == []


@pytest.mark.parametrize(
    ("who", "status"),
    [("clerk", 200), ("desk_officer", 200), ("dispatcher", 404), ("works_officer", 404), ("worker", 404)],
)
def test_the_page_is_for_those_who_call(w, client, who, status):
    client.force_login(getattr(w, who))
    assert client.get(PAGE).status_code == status


def test_the_page_masks_everybody(client, today):
    waits(today)
    client.force_login(today.clerk)
    page = client.get(PAGE).content.decode()
    assert "138****0427" in page
    assert not any(detail in page for detail in ("13812340427", "董小满", "元501"))


def test_an_empty_list_says_that_this_is_good(w, client):
    client.force_login(w.clerk)
    assert "没有待回访的人" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("after", ["", "nonsense", "2026-03-09,x", ",", "2026-03-09T00:00:00,1", "x,1"])
def test_an_address_that_nobody_wrote_begins_at_the_beginning(w, client, after):
    client.force_login(w.clerk)
    assert client.get(PAGE, {"after": after}).status_code == 200


def test_more_rows_cost_no_more_queries(client, today):
    with_hours(today)
    client.force_login(today.clerk)
    waits(today)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as few:
        client.get(PAGE)
    for _one in range(4):
        waits(now(today))
    with CaptureQueriesContext(connection) as many:
        client.get(PAGE)
    assert len(many) == len(few)
    assert len(many) <= 20


def test_who_asked_the_first_time_is_not_offered_the_second_asking(w):
    case = waits(w)
    at = w.at + timedelta(hours=4)
    said = {"outcome": "reached", "solved": True, "grade": "satisfied"}
    call_back(case.reports.get(), by=w.of(w.clerk, at), at=at, **said)
    case = Case.objects.get(pk=case.pk)
    actions.advance(case, Verb.ASK_AGAIN, by=w.of(w.inspector, at), at=at, note="照片不符")
    at += timedelta(hours=1)
    (row,) = rows(w, w.clerk, at)
    assert (row.label, bool(row.caller.again)) == (OPEN, True)
    assert [row.label for row in rows(w, w.desk_officer, at)] == [CALL]
