"""Marks on their pages: read by their unit, their street and the district; each figure traced to its rows."""

import re

import pytest

from assessment.models import Mark
from audit import clock
from outbox.actions import drain_all
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


@pytest.fixture
def marks(w):
    stories.closed(w, grade="dissatisfied")
    drain_all(clock.now())
    return {mark.unit: mark for mark in Mark.objects.select_related("unit")}


def shown(client, user, address="/marks/") -> list[int]:
    client.force_login(user)
    return [
        int(pk) for pk in re.findall(r'<th scope="row"><a href="/marks/(\d+)/"', client.get(address).content.decode())
    ]


def test_each_reads_their_own(client, w, marks):
    everything = {mark.pk for mark in marks.values()}
    assert shown(client, w.works_officer) == [marks[w.works].pk]
    assert set(shown(client, w.dispatcher)) == set(shown(client, w.assessor)) == everything
    for other in (w.outsider, w.market_officer, w.worker, w.establishment):
        assert shown(client, other) == []


def test_an_unseen_mark_is_not_found(client, w, marks):
    client.force_login(w.police_officer)
    assert client.get(f"/marks/{marks[w.works].pk}/").status_code == 404
    assert client.get(f"/marks/{marks[w.police].pk}/").status_code == 200


def test_every_count_equals_the_list_that_it_opens(client, w, marks):
    client.force_login(w.assessor)
    page = client.get("/marks/").content.decode()
    chips = re.findall(
        r'<a href="(/marks/[^"]*)"[^>]*>[^<]*?(\d+)</a>', page.split('class="chips')[1].split("</nav>")[0]
    )
    assert len(chips) > 3
    for address, count in chips:
        assert len(shown(client, w.assessor, address.replace("&amp;", "&"))) == int(count)


def test_a_mark_shows_its_sentences_and_the_rows_behind(client, w, marks):
    client.force_login(w.works_officer)
    answer = client.get(f"/marks/{marks[w.works].pk}/")
    responded, solved, satisfied = answer.context["figures"]
    assert (responded.value, solved.value, satisfied.value) == (True, True, False)
    assert responded.clocks
    assert solved.steps
    assert all(figure.sentence in answer.content.decode().replace("&#x27;", "'") for figure in (responded, solved))


def test_pages_join_without_gap_or_double(client, w, marks, monkeypatch):
    monkeypatch.setattr("desk.views.marks.SIZE", 1)
    address, seen = "/marks/", []
    client.force_login(w.assessor)
    while address:
        answer = client.get(address)
        seen += [mark.pk for mark, _figures in answer.context["marks"]]
        address = answer.context["older"]
    assert seen == sorted((mark.pk for mark in marks.values()), reverse=True)


def test_an_empty_list_says_what_that_means(client, w):
    client.force_login(w.assessor)
    assert 'class="nothing"' in client.get("/marks/").content.decode()


def test_moments_are_told_to_the_minute(client, w, marks):
    client.force_login(w.assessor)
    page = client.get(f"/marks/{marks[w.works].pk}/").content.decode()
    assert re.search(r"\d\d:\d\d", page)
    assert not re.search(r"\d\d:\d\d:\d\d", page)
