"""The start page: for staff what waits, with counts that equal their lists; for everybody else the doors in."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alerts.models import Alert
from cases import actions
from cases.models import Case, Verb
from desk.views import my_work
from people.models import Role
from tests import stories
from tests.admission.ground import forwarded, granted, ground, task
from tests.lately import lately
from tests.world import person, seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def read(client, user, address="/"):
    client.force_login(user)
    return client.get(address)


def rows(answer) -> int:
    return answer.content.decode().count('class="what"')


def test_signed_out_the_start_is_public(client, w):
    answer = client.get("/")
    assert answer.status_code == 200
    assert reverse("engagement:report") in answer.content.decode()
    assert reverse("people:sign_in") in answer.content.decode()


def test_the_owner_of_a_turn_sees_it_with_one_button_to_its_form(client, w):
    case = stories.whistled(w)
    call = case.summonses.get(unit=w.works)
    page = read(client, w.works_officer).content.decode()
    assert case.summary in page
    assert reverse("cases:summons_move", args=[case.number, call.pk, "sign"]) in page
    assert page.count('class="btn wide go"') == 1


def test_one_who_sees_the_case_but_may_do_nothing_has_an_empty_list(client, w):
    case = stories.whistled(w)
    assert Case.objects.visible_to(w.of(w.inspector)).filter(pk=case.pk).exists()
    answer = read(client, w.inspector)
    assert rows(answer) == 0
    assert case.summary not in answer.content.decode()


def test_another_street_never_learns_of_it(client, w):
    case = stories.reported(w)
    assert case.number not in read(client, w.outsider).content.decode()


def test_every_count_equals_the_list_that_it_opens(client, w):
    stories.reported(w)
    stories.reported(w)
    stories.accepted(w)
    stories.whistled(w)
    page = read(client, w.dispatcher).content.decode()
    chips = re.findall(r'<a href="(/[^"]*)"[^>]*>[^<]*?(\d+)</a>', page.split('class="chips')[1].split("</nav>")[0])
    assert len(chips) == 3
    for address, count in chips:
        assert rows(client.get(address)) == int(count)
    assert rows(client.get("/?kind=waiting")) == 2


def in_three_hands(w):
    """Three summonses of one unit: one's own, a colleague's, nobody's."""
    second = seat(person("works_2", "城管二", w.works), Role.RESPONDER, w.works)
    calls = [stories.whistled(w).summonses.get(unit=w.works) for _ in range(3)]
    for call, who in zip(calls, (w.works_officer, second), strict=False):
        actions.answer(call, Verb.CLAIM, by=w.of(who), at=w.at + 2 * stories.HOUR)


def test_work_is_told_apart_by_whose_hands_it_is_in_with_counts_that_equal_their_lists(client, w):
    in_three_hands(w)
    page = read(client, w.works_officer).content.decode()
    assert "城管二" in page
    chips = re.findall(r'<a href="(/[^"]*)"[^>]*>[^<]*?(\d+)</a>', page.split('class="chips')[2].split("</nav>")[0])
    assert [(rows(client.get(address)), int(count)) for address, count in chips] == [(3, 3), (1, 1), (1, 1), (1, 1)]
    both = client.get("/?kind=sign&amp;hand=mine".replace("&amp;", "&"))
    assert rows(both) == 1


def test_a_unit_of_one_is_not_asked_whose_hands(client, w):
    stories.whistled(w)
    assert read(client, w.police_officer).content.decode().count('class="chips') == 1


def test_long_lists_come_in_pages_that_join_without_gap_or_double(client, w, monkeypatch):
    monkeypatch.setattr(my_work, "SIZE", 3)
    numbers = {stories.reported(w).number for _ in range(7)}
    address, seen = "/", []
    while address:
        answer = read(client, w.dispatcher, address)
        seen += re.findall(r'class="what"><a href="/cases/([^/]+)/"', answer.content.decode())
        address = answer.context["older"]
    assert len(seen) == 7
    assert set(seen) == numbers


def test_a_broken_page_key_shows_the_first_page(client, w):
    stories.reported(w)
    for key in ("x", "2026,1", "9999-99-99,1,1", "2026-01-01,1,1"):
        assert rows(read(client, w.dispatcher, f"/?after={key}")) == 1


def test_an_empty_list_says_what_that_means(client, w):
    assert 'class="nothing"' in read(client, w.works_officer).content.decode()


def test_an_empty_list_leads_on_to_what_is_unread(client, w):
    assert 'href="/inbox/">看' not in read(client, w.works_officer).content.decode()
    case = stories.closed(w)
    Alert.objects.create(recipient=w.works_officer, case=case, step=case.steps.first(), told_at=w.at, shown_at=w.at)
    assert '<a href="/inbox/">看 1 条未读消息</a>' in read(client, w.works_officer).content.decode()


def test_the_page_asks_no_more_for_many_rows_than_for_few(client, w):
    def queries(user) -> int:
        read(client, user)
        with CaptureQueriesContext(connection) as asked:
            assert client.get("/").status_code == 200
        return len(asked)

    users = (w.dispatcher, w.works_officer, w.desk_officer, w.worker)

    def tell() -> None:
        for walk in (stories.reported, stories.whistled, stories.inspecting, stories.at_desk):
            walk(w)

    tell()
    few = [queries(user) for user in users]
    for _ in range(3):
        tell()
    assert [queries(user) for user in users] == few
    assert max(few) <= 12


def test_what_is_to_be_admitted_and_handed_down_stands_above_the_cases(client):
    w = ground()
    granted(w)
    forwarded(w, matter="另一件")
    task(w, granted(w, matter="第三件"))
    said = {}
    for name in ("dispatcher", "establishment", "outsider", "police_officer", "clerk"):
        client.force_login(getattr(w, name))
        said[name] = [one.label for one in client.get("/").context["handed"]]
    opinion, taken = "等您办的申请 1 件", "等您办的任务 1 件"
    assert said == {
        "dispatcher": [opinion, taken], "outsider": [opinion], "establishment": [], "police_officer": [], "clerk": [],
    }  # fmt: skip
