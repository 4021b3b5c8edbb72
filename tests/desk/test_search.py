"""Searching: whoever sees a case finds it by what they may read of it, and nobody finds more."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases import actions
from cases.models import Case
from desk import found, search
from desk.search import matching
from tests import stories
from tests.engagement.ground import drawn, received
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return drawn(lately(monkeypatch))


def read(client, user, typed, more=""):
    client.force_login(user)
    return client.get(f"/search/?q={typed}{more}")


def numbers(answer) -> list[str]:
    return re.findall(r'<th scope="row"><a href="/cases/([^/]+)/"', answer.content.decode())


def test_three_people_find_what_each_of_them_sees(client, w):
    here, there = stories.reported(w).number, stories.reported(w, area=w.far_grid).number
    assert numbers(read(client, w.dispatcher, "烧烤")) == [here]
    assert numbers(read(client, w.outsider, "烧烤")) == [there]
    assert numbers(read(client, w.desk_officer, "烧烤")) == [there, here]
    assert numbers(read(client, w.works_officer, "烧烤")) == []


def test_what_was_copied_from_a_printed_file_is_found_as_it_looks(client, w):
    number = stories.reported(w).number
    assert numbers(read(client, w.dispatcher, "烧\u200b烤")) == [number]
    assert read(client, w.dispatcher, f"{number}\u200b").url == f"/cases/{number}/"


def test_a_called_unit_finds_what_it_is_called_to(client, w):
    mine = stories.whistled(w).number
    stories.reported(w)
    assert numbers(read(client, w.works_officer, "烧烤")) == [mine]


def test_words_of_the_public_find_the_case_for_all_who_read_them_there(client, w):
    case = received(w).case
    for reader in (w.dispatcher, w.worker, w.clerk):
        page = read(client, reader, "轮椅")
        assert numbers(page) == [case.number]
        assert "<mark>轮椅</mark>过不去" in page.content.decode()
    assert numbers(read(client, w.outsider, "轮椅")) == []


@pytest.mark.parametrize("hidden", ["董小满", "13812340427", "40427", "14号楼", "单元501"])
def test_nobody_finds_a_case_by_the_details_of_a_person(client, w, hidden):
    received(w, words="我是董小满，住甲一路14号楼3单元501，打13812340427。", area=w.grid)
    assert numbers(read(client, w.desk_officer, hidden)) == []
    assert Case.objects.count() == 1


def test_accepting_in_other_words_changes_what_the_case_is_found_by(client, w):
    case = stories.accepted(w)
    assert numbers(read(client, w.dispatcher, "烧烤占道")) == [case.number]
    assert numbers(read(client, w.dispatcher, "占道烧")) == []


def test_every_word_must_be_there_but_not_all_in_one_place(client, w):
    case = received(w).case
    assert numbers(read(client, w.dispatcher, "甲一路口+轮椅")) == [case.number]
    assert numbers(read(client, w.dispatcher, "甲一路口+井盖")) == []


def test_open_cases_come_before_ended_ones_each_newest_first(client, w):
    ended = stories.closed(w).number
    rows = [stories.reported(w).number for _ in range(2)]
    assert numbers(read(client, w.desk_officer, "甲一")) == [*rows[::-1], ended]


def test_a_whole_number_opens_its_case_and_last_figures_name_it(client, w):
    stories.reported(w)
    case = stories.reported(w)
    answer = read(client, w.dispatcher, case.number)
    assert (answer.status_code, answer.url) == (302, f"/cases/{case.number}/")
    assert read(client, w.dispatcher, case.number[-5:]).context["numbered"] == case
    assert numbers(read(client, w.dispatcher, case.number[-5:])) == [case.number]
    assert numbers(read(client, w.outsider, case.number)) == []


@pytest.mark.parametrize("many", [search.MANY, 2])
def test_pages_join_without_gap_or_double_and_the_count_is_what_they_show(client, w, monkeypatch, many):
    monkeypatch.setattr(search, "MANY", many)
    monkeypatch.setattr(found, "SIZE", 2)
    ended = [stories.closed(w).number for _ in range(2)]
    wanted = [stories.reported(w).number for _ in range(3)][::-1] + ended[::-1]
    answer = read(client, w.dispatcher, "甲一")
    seen = numbers(answer)
    while answer.context["older"]:
        answer = client.get(answer.context["older"])
        seen += numbers(answer)
    assert seen == wanted
    assert (answer.context["found"].total, answer.context["found"].more) == ((5, False) if many > 2 else (2, True))


@pytest.mark.parametrize("many", [search.MANY, 0])
def test_a_frequent_word_and_a_rare_one_find_the_same(w, monkeypatch, many):
    monkeypatch.setattr(search, "MANY", many)
    mine = received(w).case
    stories.reported(w)
    for typed in ("轮椅", "甲一 轮椅", "油烟"):
        assert list(matching(Case.objects.all(), typed)) == [mine]
    assert matching(Case.objects.all(), mine.number[-5:]).get() == mine
    assert not matching(Case.objects.all(), "井盖").exists()


@pytest.mark.parametrize(
    "typed", ["'", "\\", "' | '烧", "a:*", "!烧烤", "<->", "&", "%", "_%", "%25%25", "((", "灯", ""]
)
def test_signs_of_the_query_language_are_signs(client, w, typed):
    stories.reported(w)
    client.force_login(w.dispatcher)
    answer = client.get("/search/", {"q": typed})
    assert answer.status_code == 200
    assert len(numbers(answer)) == (typed == "!烧烤")


def test_what_people_write_is_shown_as_written(client, w):
    received(w, words="<script>alert(1)</script>占道摊", place="<b>甲一</b>")
    page = read(client, w.dispatcher, "alert").content.decode()
    assert "&lt;script&gt;<mark>alert</mark>" in page
    assert "<script>alert" not in page


def test_the_page_asks_no_more_for_many_rows_than_for_few(client, w):
    def queries() -> int:
        read(client, w.desk_officer, "轮椅")
        with CaptureQueriesContext(connection) as asked:
            client.get("/search/?q=轮椅")
        return len(asked)

    received(w)
    few = queries()
    for _ in range(3):
        stories.whistled(w)
        received(w)
    assert queries() == few
    assert few <= 8 + 8  # eight of the shell around it


def test_the_box_is_there_for_whoever_can_see_cases(client, w):
    for user, there in ((w.dispatcher, True), (w.works_officer, True), (w.establishment, False)):
        client.force_login(user)
        assert ('id="find"' in client.get("/list/").content.decode()) is there


def test_the_index_goes_with_the_case_or_not_at_all(w):
    case = stories.reported(w)
    with pytest.raises(actions.intake.MoveRefused):
        actions.accept(case, by=w.of(w.outsider), at=w.at, summary="井盖", category=w.category, urgency="normal")
    assert not matching(Case.objects.all(), "井盖").exists()
