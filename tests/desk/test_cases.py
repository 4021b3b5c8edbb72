"""The list of cases as its readers meet it: scoped, filtered by the address, counted as it lists, paged by keys."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from desk.views import lists
from tests import stories
from tests.lately import lately
from tests.present import let_time_pass

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def read(client, user, address="/cases/"):
    client.force_login(user)
    return client.get(address)


def numbers(answer) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/([^/]+)/"', answer.content.decode())


def chips(answer) -> list[tuple[str, int]]:
    rows = "".join(part.split("</nav>")[0] for part in answer.content.decode().split('class="chips')[1:])
    found = re.findall(r'<a href="(/cases/[^"]*)"[^>]*>[^<]*?(\d+)</a>', rows)
    return [(unquote(unescape(address)), int(count)) for address, count in found]


def heading(answer) -> str:
    return re.sub("<[^>]+>", "", answer.content.decode().split("<h1>")[1].split("</h1>")[0])


def due_in(case: Case, **span: float) -> Case:
    Case.objects.filter(pk=case.pk).update(due_at=None if not span else case.opened_at + timedelta(**span))
    return case


def test_each_reader_finds_their_own_cases_and_no_other(client, w):
    here = stories.reported(w).number
    there = stories.reported(w, area=w.far_grid).number
    assert numbers(read(client, w.dispatcher)) == [here]
    assert numbers(read(client, w.outsider)) == [there]
    assert set(numbers(read(client, w.desk_officer))) == {here, there}
    assert numbers(read(client, w.works_officer)) == []


def test_a_filter_never_widens_what_is_seen(client, w):
    stories.reported(w, area=w.far_grid)
    for query in ("state=all", f"area={w.other_street.code}", "category=city", "due=over", "hands=mine", "street=9"):
        assert numbers(read(client, w.dispatcher, f"/cases/?{query}")) == []


@pytest.mark.parametrize("address", ["/cases/", "/cases/?due=later", "/cases/?state=reported", "/cases/?category=city"])
def test_every_count_equals_the_list_that_it_opens(client, w, address):
    stories.closed(w)
    due_in(stories.reported(w), hours=1)
    due_in(stories.reported(w, area=w.far_grid))
    due_in(stories.whistled(w), days=20)
    for user in (w.desk_officer, w.works_officer, w.dispatcher, w.worker):
        found = chips(read(client, user, address))
        assert len(found) >= 2
        for opened, count in found:
            assert len(numbers(client.get(opened))) == count, f"{user} {opened}"


def test_closed_cases_are_listed_when_asked_for(client, w):
    done = stories.closed(w).number
    assert numbers(read(client, w.desk_officer)) == []
    assert numbers(read(client, w.desk_officer, "/cases/?state=closed")) == [done]
    day = Case.objects.get(number=done).closed_at.date() + timedelta(days=1)
    assert numbers(read(client, w.desk_officer, f"/cases/?closed_to={day}")) == [done]


@pytest.mark.parametrize("query", ["state=gone", "area=37x", "area=990199", "category=none", "unit=XX", "street=990102",
                                   "opened_from=soon", "item=ZHZF-99", "function=ZN-9", "due=never"])  # fmt: skip
def test_what_is_not_understood_is_said_and_nothing_is_shown(client, w, query):
    stories.reported(w)
    answer = read(client, w.dispatcher, f"/cases/?{query}")
    assert numbers(answer) == []
    assert answer.context["count"].exact == 0
    assert query.split("=")[1] in answer.content.decode().split('role="status"')[1].split("</div>")[0]


def test_words_narrow_the_list_its_counts_and_its_heading(client, w):
    wanted, other = stories.reported(w), stories.accepted(w)
    answer = read(client, w.dispatcher, "/cases/?q=占道烧烤")
    assert numbers(answer) == [wanted.number]
    assert other.summary != wanted.summary
    assert dict(chips(answer))["/cases/?state=reported&q=占道烧烤"] == 1
    assert "占道烧烤" in heading(answer)
    assert numbers(client.get("/cases/?q=没有的词")) == []


def test_the_heading_is_a_finding_that_repeats_the_filters(client, w):
    late = stories.whistled(w).summonses.get(unit=w.works)
    let_time_pass(days=9, subject_kind="summons", subject_id=late.pk)
    client.cookies["django_language"] = "en"
    wanted = f"due=over&area={w.street.code}&category=city&unit={w.works.code}&state=in_hand"
    answer = read(client, w.desk_officer, f"/cases/?{wanted}")
    assert heading(answer) == "1 overdue case in 甲街道 · In hand · Enforcement · 区城管局"


def test_open_cases_come_by_time_left_and_those_without_a_due_moment_last(client, w):
    later, never, over = (stories.reported(w) for _ in range(3))
    due_in(later, days=3), due_in(never), due_in(over, hours=1)
    assert numbers(read(client, w.dispatcher)) == [over.number, later.number, never.number]
    assert numbers(read(client, w.dispatcher, "/cases/?state=all")) == [over.number, never.number, later.number]


def walk(client, user, address: str, between=lambda: None) -> list[str]:
    """Every number on all the pages, as somebody reads them one after the other."""
    seen = []
    while address:
        answer = read(client, user, address)
        seen += numbers(answer)
        address = answer.context["older"]
        between()
    return seen


@pytest.mark.parametrize("query", ["", "?state=all", "?due=over"])
def test_pages_join_without_gap_or_double_while_others_come_in(client, w, monkeypatch, query):
    monkeypatch.setattr(lists, "SIZE", 2)
    spans = [{"hours": 1}, {"hours": 1}, {"hours": 2}, {"hours": 3}] + ([] if "over" in query else [{}, {}, {}])
    wanted = {due_in(stories.reported(w), **span).number for span in spans}
    seen = walk(client, w.dispatcher, f"/cases/{query}", lambda: due_in(stories.reported(w), minutes=1))
    assert len(seen) == len(set(seen))
    assert wanted <= set(seen)


def test_pages_join_for_a_unit_that_is_called_and_a_worker_who_looks(client, w, monkeypatch):
    monkeypatch.setattr(lists, "SIZE", 2)
    called = [stories.whistled(w).number for _ in range(5)]
    assert walk(client, w.works_officer, "/cases/") == called
    assert walk(client, w.worker, "/cases/?state=all") == called[::-1]


@pytest.mark.parametrize("key", ["x", "2026-13-45,7", ",", "2026-03-09T10:00,7", "9" * 30])
def test_a_key_that_is_none_begins_at_the_beginning(client, w, key):
    here = stories.reported(w).number
    assert numbers(read(client, w.dispatcher, f"/cases/?after={key}")) == [here]
    assert numbers(read(client, w.dispatcher, f"/cases/?state=all&before={key}")) == [here]


def test_ended_cases_are_counted_only_as_far_as_anybody_reads(client, w, monkeypatch):
    monkeypatch.setattr("desk.listing.CAP", 2)
    for _ in range(3):
        stories.closed(w)
    client.cookies["django_language"] = "en"
    assert heading(read(client, w.desk_officer, "/cases/?state=closed")) == "more than 2 cases “Closed”"


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
