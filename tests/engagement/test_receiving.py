"""Taking in a report."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection

from cases.models import Case, Channel
from engagement.actions import ReportRefused
from engagement.models import Report
from engagement.placing import Point
from grids.datum import wgs84_to_gcj02
from tests.engagement.ground import INSIDE, received


def test_a_report_opens_a_case_where_it_is(w):
    report = received(w)
    assert (report.case.area, report.case.office, report.case.state) == (w.grid, w.office, "reported")


def test_the_same_form_sent_twice_makes_one_case(w):
    key = uuid4()
    assert received(w, form_key=key) == received(w, form_key=key, at=w.at + timedelta(seconds=3))
    assert Case.objects.count() == 1


def test_the_same_form_with_other_words_is_refused(w):
    key = uuid4()
    received(w, form_key=key)
    with pytest.raises(ReportRefused) as refused:
        received(w, form_key=key, words="另一件事")
    assert refused.value.code == "form_key_used"
    assert Case.objects.count() == 1


def test_the_same_form_from_another_hand_is_refused(w):
    key = uuid4()
    received(w, form_key=key)
    with pytest.raises(ReportRefused):
        received(w, form_key=key, by=None)


def test_details_are_unreadable_in_the_database(w):
    report = received(w)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name || phone || address FROM engagement_report WHERE id = %s", [report.pk])
        stored = cursor.fetchone()[0]
    assert not any(detail in stored for detail in ("董小满", "13812340427", "甲一路14号楼"))
    assert Report.objects.get(pk=report.pk).phone == "13812340427"


def test_nothing_of_the_person_reaches_the_case(w):
    case = received(w, words="我叫董小满，13812340427，甲一路14号楼3单元501漏水").case
    written = f"{case.summary}{case.place}{list(case.steps.values_list('note', 'facts'))}"
    assert not any(detail in written for detail in ("董小满", "13812340427", "元501"))


def test_who_leaves_a_phone_wants_an_answer(w):
    assert received(w).case.has_citizen
    assert not received(w, phone="").case.has_citizen


def test_a_caller_may_want_no_answer(w):
    assert not received(w, wants_answer=False).case.has_citizen


def test_the_datum_as_received_is_kept_and_the_case_has_wgs84(w):
    lon, lat = wgs84_to_gcj02(117.005, 36.605)
    report = received(w, area=None, point=Point(lon, lat, "gcj02", 8))
    assert (report.datum, report.given_lon, report.accuracy_m) == ("gcj02", lon, 8)
    assert report.case.lon == pytest.approx(117.005, abs=1e-7)
    assert report.case.area == w.grid


def test_without_any_place_it_waits_at_the_district(w):
    case = received(w, area=None).case
    assert (case.area, case.office) == (w.district, w.desk)


def test_without_a_category_it_takes_the_catch_all(w):
    assert received(w, category=None).case.category == w.other_category


def test_a_grid_workers_report_is_a_grid_event(w):
    case = received(w, channel=Channel.GRID, by=w.of(w.worker), point=INSIDE, phone="").case
    assert (case.profile, case.channel) == (w.grid_profile, Channel.GRID)


def test_the_moment_of_capture_is_never_after_receipt(w):
    early, late = w.at - timedelta(hours=2), w.at + timedelta(hours=2)
    assert received(w, captured_at=early).captured_at == early
    assert received(w, captured_at=late).captured_at == w.at


def test_an_external_number_names_the_origin(w):
    case = received(w, channel=Channel.IMPORT, origin="import", external_number="X-1").case
    assert (case.origin, case.external_number) == ("import", "X-1")


@pytest.mark.parametrize("said", [datetime(1, 1, 1, tzinfo=UTC), datetime(2019, 1, 1, tzinfo=UTC)])
def test_a_device_without_a_clock_is_not_believed(w, said):
    report = received(w, captured_at=said)
    assert Report.objects.get(pk=report.pk).captured_at is None
    assert report.case.steps.get().facts == {}


def test_what_was_seen_cannot_have_been_seen_later_than_it_was_reported(w):
    assert received(w, captured_at=w.at + timedelta(hours=1)).captured_at == w.at
