"""The same caller is known again by whoever may learn who called, and by nobody else."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit import clock
from cases import actions
from cases.models import Verb
from engagement.callers import earlier_of, mark_of
from engagement.models import Report
from tests import stories
from tests.engagement.ground import received

pytestmark = pytest.mark.django_db
PHONE = "13812340427"


@pytest.mark.parametrize(
    "written", ["13812340427", "138 1234 0427", "138-1234-0427", "+86 13812340427", "8613812340427"]
)
def test_a_number_is_the_same_however_it_is_written(written):
    assert mark_of(written) == mark_of(PHONE) != ""


def test_nothing_tells_nothing_and_another_number_is_another_person():
    assert mark_of("") == mark_of("  ") == ""
    assert mark_of("13812340428") != mark_of(PHONE)


def test_the_mark_hangs_on_a_key_of_ours_and_does_not_hold_the_number(w):
    report = received(w, phone=PHONE)
    assert PHONE not in report.caller
    with_another_key = settings.FIELD_KEYS[:-1] + ["another key of thirty-two characters"]
    before = report.caller
    settings.FIELD_KEYS, kept = with_another_key, settings.FIELD_KEYS
    try:
        assert mark_of(PHONE) != before
    finally:
        settings.FIELD_KEYS = kept
    settings.FIELD_KEYS, kept = ["a newer key of thirty-two characters!", *kept], kept
    try:
        assert mark_of(PHONE) == before
    finally:
        settings.FIELD_KEYS = kept


def known(w, case, who=None, at=None) -> list[int]:
    return [one.pk for one in earlier_of(case, w.of(who or w.dispatcher), at or w.at)]


def test_other_cases_of_the_same_caller_newest_first(w):
    first, second = received(w).case, received(w, phone="138 1234 0427", words="占道经营").case
    received(w, phone="13900000001")
    received(w, phone="")
    assert known(w, received(w).case) == [second.pk, first.pk]
    assert known(w, received(w, phone="").case) == []


def test_half_a_year_and_no_more(w):
    old = received(w).case
    case = received(w, at=w.at + timedelta(days=181)).case
    assert known(w, case, at=w.at + timedelta(days=179)) == [old.pk]
    assert known(w, case, at=w.at + timedelta(days=181)) == []


@pytest.mark.parametrize("who", ["worker", "works_officer", "street_leader", "inspector"])
def test_who_may_not_learn_who_called_does_not_learn_that_it_is_the_same(w, who):
    received(w)
    assert known(w, received(w).case, getattr(w, who)) == []


def test_a_confidential_case_is_not_found_by_its_caller_but_by_its_keepers(w):
    hidden = received(w).case
    facts = {"summary": "餐饮扰民", "place": "甲一路"}
    actions.advance(hidden, Verb.CONCEAL, by=w.of(w.desk_officer), at=w.at, note="怕被找上门", facts=facts)
    case = received(w).case
    assert known(w, case) == []
    assert known(w, case, w.desk_officer) == [hidden.pk]
    hidden.refresh_from_db()
    assert known(w, hidden) == []


def test_cases_of_another_street_stay_unseen(w):
    received(w, area=w.other_street)
    assert known(w, received(w).case) == []
    assert len(known(w, received(w).case, w.desk_officer)) == 2


def test_it_stands_beside_the_form_of_acceptance(client, w):
    earlier = received(w, words="占道经营，走路看不见。", at=clock.now()).case
    case = received(w, area=w.community, at=clock.now()).case
    client.force_login(w.dispatcher)
    page = client.get(reverse("cases:move", args=[case.number, "accept"])).content.decode()
    assert earlier.number in page
    assert "同一来电人" in page
    assert Report.objects.filter(case=case).get().caller not in page


def test_many_of_one_caller_take_no_more_queries_than_few(w):
    case = received(w).case

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            known(w, case)
        return len(asked)

    received(w)
    few = queries()
    for _ in range(8):
        received(w)
    assert queries() == few
    assert len(known(w, case)) == 5


def test_what_a_grid_worker_saw_has_no_caller(w):
    stories.reported(w)
    assert not Report.objects.exclude(caller="").exists()
