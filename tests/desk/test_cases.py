"""The first list of cases: scoped, filtered by the address, counted as it lists."""

import re
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desk.listing import Filters
from desk.views import lists
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def read(client, user, address="/cases/"):
    client.force_login(user)
    return client.get(address)


def numbers(answer) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/([^/]+)/"', answer.content.decode())


def test_each_reader_finds_their_own_cases_and_no_other(client, w):
    here = stories.reported(w).number
    there = stories.reported(w, area=w.far_grid).number
    assert numbers(read(client, w.dispatcher)) == [here]
    assert numbers(read(client, w.outsider)) == [there]
    assert set(numbers(read(client, w.desk_officer))) == {here, there}
    assert numbers(read(client, w.works_officer)) == []


def test_a_filter_never_widens_what_is_seen(client, w):
    stories.reported(w, area=w.far_grid)
    for query in ("state=all", f"street={w.other_street.code}", "category=city", "item=ZHZF-01", "street=990102"):
        assert numbers(read(client, w.dispatcher, f"/cases/?{query}")) == []


def test_every_count_equals_the_list_that_it_opens(client, w):
    stories.closed(w)
    stories.reported(w)
    stories.reported(w, area=w.far_grid)
    stories.whistled(w)
    page = read(client, w.desk_officer).content.decode()
    chips = re.findall(
        r'<a href="(/cases/[^"]*)"[^>]*>[^<]*?(\d+)</a>', page.split('class="chips')[1].split("</nav>")[0]
    )
    assert len(chips) == 5
    for address, count in chips:
        assert len(numbers(client.get(unquote(address)))) == int(count)
    for name in ("street", "category"):
        for value, count in re.findall(
            r'<option value="(\w+)"[^>]*>[^<]*?(\d+)</option>', page.split(f'name="{name}"')[1].split("</select>")[0]
        ):
            assert len(numbers(client.get(f"/cases/?{name}={value}"))) == int(count)


def test_closed_cases_are_listed_when_asked_for(client, w):
    done = stories.closed(w).number
    assert numbers(read(client, w.desk_officer)) == []
    assert numbers(read(client, w.desk_officer, "/cases/?state=closed")) == [done]


def test_unknown_filters_ask_for_nothing(client, w):
    here = stories.reported(w).number
    assert numbers(read(client, w.dispatcher, "/cases/?state=gone&street=abc&before=x")) == [here]


def test_the_address_keeps_what_is_filtered():
    filters = Filters(state="closed", street="990102001")
    assert filters.address() == "/cases/?state=closed&street=990102001"
    assert filters.address(state="") == "/cases/?street=990102001"


def test_pages_join_without_gap_or_double(client, w, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 2)
    wanted = [stories.reported(w).number for _ in range(5)]
    address, seen = "/cases/", []
    while address:
        answer = read(client, w.dispatcher, address)
        seen += numbers(answer)
        address = answer.context["older"]
    assert seen == wanted[::-1]


def test_the_page_asks_no_more_for_many_rows_than_for_few(client, w):
    def queries() -> int:
        read(client, w.desk_officer)
        with CaptureQueriesContext(connection) as asked:
            client.get("/cases/")
        return len(asked)

    def tell() -> None:
        for walk in (stories.reported, stories.whistled, stories.inspecting):
            walk(w)

    tell()
    few = queries()
    for _ in range(3):
        tell()
    assert queries() == few
    assert few <= 8 + 8  # eight of the shell around it: session, person, unit, moment, standing, district, inbox
