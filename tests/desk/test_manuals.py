"""The flow chart and the manual of an item: made from the list, and beside a case with its present step lit."""

import pytest
from django.urls import reverse

from accountability.models import Boundary
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


def read(client, user, code="ZHZF-01", **asked):
    client.force_login(user)
    return client.get(reverse("desk:manual", args=[code]), asked)


def lit(answer) -> list[str]:
    return [box.step.key for box in answer.context["manual"].chart.boxes if box.now]


def test_it_says_who_how_what_to_show_and_where_neighbours_part(w, client):
    Boundary.objects.create(one="STHJ-01", other="ZHZF-01", note="店内油烟归油烟，占道归占道。")
    page = read(client, w.works_officer).content.decode()
    assert all(words in page for words in ("<svg", "<title", "<desc", "区城管局", "店内油烟归油烟"))
    assert lit(read(client, w.works_officer)) == []


def test_beside_a_case_the_present_step_is_lit(w, client):
    case = stories.reported(w, item=w.item)
    assert lit(read(client, w.dispatcher, case=case.number)) == ["report", "accept"]
    case = stories.whistled(w)
    assert lit(read(client, w.dispatcher, case=case.number)) == ["lead", "support"]
    part = read(client, w.dispatcher, case=case.number, part="").content.decode()
    assert ("<html" in part, part.count('class="now"')) == (False, 2)


def test_a_case_that_is_not_seen_or_of_another_item_is_not_there(w, client):
    case = stories.whistled(w)
    assert read(client, w.outsider, case=case.number).status_code == 404
    assert read(client, w.dispatcher, code="STHJ-01", case=case.number).status_code == 404


def test_it_is_handed_out_as_a_pdf_too(w, client):
    client.force_login(w.works_officer)
    answer = client.get(reverse("desk:manual_file", args=["ZHZF-01"]))
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    case = stories.whistled(w)
    client.force_login(w.outsider)
    assert client.get(reverse("desk:manual_file", args=["ZHZF-01"]), {"case": case.number}).status_code == 404


def test_an_item_that_there_is_not_has_no_manual(w, client):
    assert read(client, w.dispatcher, code="X-99").status_code == 404


def test_the_page_of_the_case_leads_to_it(w, client):
    case = stories.whistled(w)
    client.force_login(w.dispatcher)
    page = client.get(reverse("desk:case", args=[case.number])).content.decode()
    assert f"{reverse('desk:manual', args=['ZHZF-01'])}?case={case.number}" in page


def test_the_number_of_questions_is_fixed(w, client, django_assert_max_num_queries):
    case = stories.whistled(w)
    read(client, w.dispatcher)
    with django_assert_max_num_queries(15):
        client.get(reverse("desk:manual", args=["ZHZF-01"]), {"case": case.number})
