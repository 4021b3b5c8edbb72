"""Filters for programs: what is asked amiss is refused by its name, never passed over for every row."""

import pytest

from tests import stories
from tests.api.asking import program
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def refused(w, path):
    answer = program(w.dispatcher).get(path)
    assert answer.status_code == 400
    return answer.json()["field"], answer.json()["code"]


@pytest.mark.parametrize("name", ["called", "opened_from", "opened_to", "closed_from", "closed_to"])
@pytest.mark.parametrize(
    "said", ["2026-3-9", "2026/03/09", "09.03.2026", "２０２６-03-09", "2026-03-09T00:00:00Z", "null"]
)
def test_a_day_is_written_one_way(w, name, said):
    assert refused(w, f"cases/?{name}={said}") == (name, "invalid")


@pytest.mark.parametrize("said", ["null", "True", "1", "no", "unknown"])
def test_true_is_written_one_way(w, said):
    assert refused(w, f"clocks/?running={said}") == ("running", "invalid")


def test_clocks_run_or_have_stopped(w):
    stories.whistled(w)
    who = program(w.dispatcher)
    every, runs, stopped = (who.get("clocks/", asked).json()["results"] for asked in (
        {}, {"running": "true"}, {"running": "false"},
    ))  # fmt: skip
    assert {clock["stopped_at"] for clock in runs} == {None}
    assert None not in {clock["stopped_at"] for clock in stopped}
    assert (len(every), bool(stopped)) == (len(runs) + len(stopped), True)


@pytest.mark.parametrize(
    "path", ["cases/?opened_to=", "cases/?area=%20", "situations/?urgency=", "clocks/?running=", "units/?kind="]
)
def test_a_filter_without_a_value_is_no_filter(w, path):
    assert refused(w, path)[1] == "blank"


@pytest.mark.parametrize("path", ["cases/?stat=open", "categories/?code=city", "units/?name=CG", "marks/?closed=1"])
def test_a_filter_that_there_is_not_is_not_passed_over(w, path):
    assert refused(w, path)[1] == "unknown_filter"


def test_nothing_is_asked_twice(w):
    assert refused(w, "cases/?state=open&state=all") == ("state", "said_twice")


def test_filters_narrow_lists_alone(w):
    assert program(w.dispatcher).get(f"units/{w.works.code}/", {"kind": "party"}).status_code == 200


@pytest.mark.parametrize(
    "cursor", ["cD0xNw==", "after-", "after-x", "before--1", "after-9999999999999999999", "during-3", "after-3%0a"]
)
def test_a_cursor_names_a_row_and_a_side(w, cursor):
    assert refused(w, f"steps/?cursor={cursor}") == ("cursor", "invalid")


def test_a_page_begins_beside_the_row_that_its_cursor_names(w):
    cases = [stories.reported(w) for _ in range(4)]
    pages = [
        program(w.dispatcher).get("cases/", {"size": 2, "cursor": f"{side}-{cases[2].pk}"}).json()["results"]
        for side in ("after", "before")
    ]
    read = [[row["number"] for row in page] for page in pages]
    assert read == [[cases[1].number, cases[0].number], [cases[3].number]]
