"""What reading costs: few queries however many rows, nothing again for what is known, and pages by keyset."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Case
from tests import stories
from tests.api.asking import program
from tests.world import world

pytestmark = pytest.mark.django_db
LIST, DETAIL = 8, 14
PLENTY = 7


@pytest.fixture
def w():
    found = world()
    found.cases = [stories.whistled(found) for _ in range(PLENTY)]
    return found


def asked(who, path, **query):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer = who.get(path, query)
    assert answer.status_code == 200
    return len(queries), answer


@pytest.mark.parametrize("name", [
    "areas", "units", "categories", "items", "list-versions", "situations", "cases", "whistles", "joint-actions",
    "summonses", "steps", "clocks", "marks", "changes",
])  # fmt: skip
def test_a_list_costs_eight_queries_at_most_whoever_asks(w, name):
    for person in (w.dispatcher, w.works_officer, w.desk_officer):
        assert asked(program(person), f"{name}/")[0] <= LIST


# So many that every kind of subject is among them.
SOME = 40


@pytest.mark.parametrize("name", ["cases", "whistles", "summonses", "steps", "clocks", "items", "units"])
def test_a_list_costs_the_same_however_many_rows_it_has(w, name):
    who = program(w.dispatcher)
    assert asked(who, f"{name}/", size=SOME)[0] == asked(who, f"{name}/", size=200)[0]


@pytest.mark.parametrize("person", ["dispatcher", "works_officer", "desk_officer", "worker"])
def test_a_case_whole_costs_few_queries(w, person):
    assert asked(program(getattr(w, person)), f"cases/{w.cases[0].number}/")[0] <= DETAIL


def test_what_was_read_and_has_not_changed_is_not_sent_again(w):
    who, where = program(w.dispatcher), f"cases/{w.cases[0].number}/"
    mark = who.get(where)["ETag"]
    same = who.get(where, if_none_match=mark)
    assert (same.status_code, same.content, same["ETag"]) == (304, b"", mark)
    stories.replies(w, w.cases[0].summonses.get(leads=True))
    assert who.get(where, if_none_match=mark).status_code == 200


def test_another_reader_and_another_language_have_other_marks(w):
    where = f"cases/{w.cases[0].number}/"
    marks = {program(who).get(where)["ETag"] for who in (w.dispatcher, w.works_officer)}
    english = program(w.dispatcher, **{"Accept-Language": "en"}).get(where)
    assert len(marks | {english["ETag"]}) == 3
    assert {"Accept-Language", "Authorization", "Cookie"} <= set(english["Vary"].split(", "))
    assert english["Cache-Control"] == "private, no-cache"


def test_pages_lead_through_every_row_once_and_back(w):
    who, seen, pages = program(w.dispatcher), [], []
    where = "cases/?size=3"
    while where:
        page = who.get(where.split("/api/v1/")[-1]).json()
        pages.append(page)
        seen += [row["number"] for row in page["results"]]
        where = page["next"]
    assert seen == list(Case.objects.order_by("-pk").values_list("number", flat=True))
    back = who.get(pages[1]["previous"].split("/api/v1/")[-1]).json()
    assert back["results"] == pages[0]["results"]


@pytest.mark.parametrize(
    "query",
    [
        {"called": "9999-12-31"},
        {"opened_to": "9999-12-31"},
        {"closed_from": "0001-01-01"},
        {"opened_from": "0001-01-01"},
    ],
)
def test_days_at_the_ends_of_time_break_nothing(w, query):
    assert program(w.dispatcher).get("cases/", query).status_code in (200, 400)


def test_filters_are_those_of_the_list(w):
    who, number = program(w.works_officer), w.cases[0].number
    assert len(who.get("cases/", {"due": "over", "unit": "CG"}).json()["results"]) == PLENTY
    assert who.get("cases/", {"state": "closed"}).json()["results"] == []
    assert {row["case"] for row in who.get("clocks/", {"case": number, "running": "true"}).json()["results"]} == {
        number
    }
    assert program(w.outsider).get("clocks/", {"case": number}).json()["results"] == []
