"""The dashboard: everybody reads their own scope, and every number equals the list that it opens."""

import re
from datetime import datetime, time
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from accountability.worktime import LOCAL
from assessment.filters import MarkFilter
from assessment.models import Mark
from audit import clock
from outbox.actions import drain_all
from people.models import Role
from tests import stories
from tests.architecture.ground import called_by_the_desk
from tests.lately import lately
from tests.present import let_time_pass
from tests.world import post, seat

pytestmark = pytest.mark.django_db
SHELL = 8
READERS = (
    "dispatcher", "street_leader", "outsider", "works_officer", "police_officer", "market_officer", "station_officer",
    "desk_officer", "inspector", "assessor",
)  # fmt: skip


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def tell(w) -> None:
    """Cases of every kind: reported, called, late in one unit only, closed and marked, elsewhere, without a street."""
    for walk in (stories.reported, stories.accepted, stories.inspecting, stories.at_desk):
        walk(w)
    stories.reported(w, area=w.far_grid)
    stories.reported(w, area=w.district)
    late = stories.whistled(w).summonses.get(unit=w.police)
    called_by_the_desk(w, w.far_grid, w.outsider)
    stories.closed(w)
    drain_all(clock.now())
    let_time_pass(days=9, subject_kind="summons", subject_id=late.pk)


def read(client, user, address="/dashboard/"):
    client.force_login(user)
    return client.get(address)


def doors(answer) -> list[tuple[str, int]]:
    """Every number of the page that leads to a list of cases."""
    page = unescape(answer.content.decode())
    return [(href, int(n)) for href, n in re.findall(r'href="(/cases/\?[^"]*)">(?:<b>)?(\d+)<', page)]


def listed(client, href: str) -> int:
    """How many the list itself shows; its own count must say the same."""
    answer = client.get(href)
    assert answer.context["question"].faults == []
    assert len(answer.context["lines"]) == int(str(answer.context["count"]))
    return len(answer.context["lines"])


@pytest.mark.parametrize("name", READERS)
def test_every_number_equals_the_list_that_it_opens(client, w, name):
    tell(w)
    found = doors(read(client, getattr(w, name)))
    assert len(found) > 60
    telling = {(href, n) for href, n in found if n or "opened_from" not in href and "closed_from" not in href}
    assert {(href, n) for href, n in telling if listed(client, href) != n} == set()


def test_the_numbers_are_not_all_nothing(client, w):
    tell(w)
    counted = {name: read(client, getattr(w, name)).context["page"].count for name in READERS}
    assert counted["desk_officer"].open == 8
    assert counted["desk_officer"].over == counted["dispatcher"].over == counted["police_officer"].over == 1
    assert counted["works_officer"].over == 0
    assert counted["works_officer"].open == 2
    assert counted["station_officer"].open == 0


def test_no_unit_is_charged_with_the_delay_of_another(client, w):
    tell(w)
    lines = next(t for t in read(client, w.desk_officer).context["page"].tables if t.code == "unit").lines
    assert {line.label: line.over.number for line in lines} == {"区城管局": 0, "区公安分局": 1, "区市监局": 0}


@pytest.mark.parametrize("name", ["worker", "clerk", "establishment", "community_worker"])
def test_who_oversees_nothing_has_no_dashboard(client, w, name):
    assert read(client, getattr(w, name)).status_code == 404


def test_nobody_reads_the_scope_of_another(client, w):
    for query in (
        f"area={w.other_street.code}",
        f"area={w.district.code}",
        "unit=CG",
        "area=9",
        "unit=",
        "area=x&unit=y",
    ):
        status = read(client, w.dispatcher, f"/dashboard/?{query}").status_code
        assert status == (200 if query == "unit=" else 404)
    assert read(client, w.works_officer, "/dashboard/?unit=GA").status_code == 404


def test_who_holds_several_scopes_changes_by_tabs(client, w):
    seat(post(w.works_officer, Role.DISTRICT_LEADER, w.district), Role.DEPT_LEADER, w.market)
    page = read(client, w.works_officer)
    assert [scope.name for scope in page.context["scopes"]] == ["试验区", "区城管局", "区市监局"]
    for scope in page.context["scopes"]:
        assert read(client, w.works_officer, scope.href).context["scope"] == scope


def test_what_breaches_today_is_told_with_its_holder(client, w):
    stories.whistled(w)
    tonight = datetime.combine(localdate(clock.now()), time.max, tzinfo=LOCAL)
    moved = w.works.clocks.running().filter(phase="respond")
    moved.update(due_at=tonight)
    let_time_pass(days=0)
    row = read(client, w.works_officer).context["page"].breaches[0]
    assert row.clock.holder == w.works
    assert row.href.endswith("#unit-CG")


def test_the_rates_rest_on_the_marks_that_they_lead_to(client, w):
    for _ in range(3):
        stories.closed(w)
    drain_all(clock.now())
    for name in ("desk_officer", "dispatcher", "works_officer"):
        user = getattr(w, name)
        for rate in read(client, user).context["page"].rates:
            marks = client.get(rate.href)
            assert marks.context["count"] == rate.now.n
            tally = next(t for t, _href in marks.context["tallies"] if t.words == rate.words)
            assert (tally.well, tally.counted) == (rate.now.well, rate.now.n)
            given = {name: value[0] for name, value in parse_qs(urlsplit(rate.href).query).items()}
            assert MarkFilter(given, queryset=Mark.objects.visible_to(w.of(user, clock.now()))).qs.count() == rate.now.n


def test_the_dashboard_asks_no_more_for_many_cases_than_for_few(client, w):
    def queries() -> int:
        read(client, w.desk_officer)
        with CaptureQueriesContext(connection) as asked:
            client.get("/dashboard/")
        return len(asked)

    tell(w)
    few = queries()
    tell(w)
    tell(w)
    assert queries() == few
    assert few <= SHELL + 12


def test_an_empty_dashboard_says_what_that_means(client, w):
    page = read(client, w.desk_officer).content.decode()
    assert "今天没有到期的，也没有超时的" in page
    assert "样本不足" in page
