"""What the whistles of each street came to, and who reads it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cases import actions
from cases.models import Verb
from tests import stories
from tests.lately import lately

pytestmark = pytest.mark.django_db
PAGE = reverse("desk:whistles")


@pytest.fixture
def w(monkeypatch):
    return lately(monkeypatch)


def page(client, user):
    client.force_login(user)
    return client.get(PAGE)


def counted(client, user) -> dict:
    return {row.street.name: (row.cases, row.vain) for row in page(client, user).context["rows"]}


def test_every_street_says_how_many_and_how_many_in_vain(client, w):
    stories.whistled(w)
    sent_back = stories.at_desk(w)
    actions.advance(sent_back, Verb.SEND_BACK, by=w.of(w.desk_officer), at=w.at + 2 * stories.HOUR, note="先处置")
    withdrawn = stories.whistled(w)
    actions.advance(withdrawn, Verb.WITHDRAW, by=w.of(w.dispatcher), at=w.at + 2 * stories.HOUR, note="已撤离")
    assert counted(client, w.inspector) == {"甲街道": (3, 2), "乙街道": (0, 0)}


def test_what_the_leader_kept_within_the_street_is_no_whistle(client, w):
    stories.before_the_leader(w)
    assert counted(client, w.inspector)["甲街道"] == (0, 0)


def test_an_objection_counts(client, w):
    case = stories.before_the_leader(w, kind="emergency")
    actions.advance(case, Verb.OBJECT, by=w.of(w.street_leader), at=w.at + 2 * stories.HOUR, note="中队就在近旁")
    assert counted(client, w.inspector)["甲街道"] == (1, 1)


def test_a_number_opens_the_list_that_holds_as_many(client, w):
    stories.whistled(w)
    withdrawn = stories.whistled(w)
    actions.advance(withdrawn, Verb.WITHDRAW, by=w.of(w.dispatcher), at=w.at + 2 * stories.HOUR, note="已撤离")
    row = page(client, w.desk_officer).context["rows"][0]
    for href, cases in ((row.every, 2), (row.needless, 1)):
        listed = client.get(href).content.decode()
        assert len(set(re.findall(r"/cases/(990102-[0-9-]+)/", listed))) == cases


def test_a_street_reads_its_own_and_nobody_without_an_area_reads_any(client, w):
    stories.whistled(w)
    assert counted(client, w.dispatcher) == {"甲街道": (1, 0)}
    assert counted(client, w.outsider) == {"乙街道": (0, 0)}
    assert page(client, w.works_officer).status_code == 404


def test_the_queries_do_not_grow_with_the_whistles(client, w):
    stories.whistled(w)
    page(client, w.inspector)
    with CaptureQueriesContext(
        connection,
    ) as few:
        page(client, w.inspector)
    for _ in range(3):
        stories.whistled(w)
    with CaptureQueriesContext(connection) as many:
        page(client, w.inspector)
    assert len(many) == len(few)
