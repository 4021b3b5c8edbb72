"""A year that the calendar does not know is told 60 days before it begins, and not a day earlier."""

from datetime import UTC, datetime

import pytest

from accountability.coverage import missing_year, notice
from accountability.models import Calendar, CoveredYear
from accountability.worktime import LOCAL

pytestmark = pytest.mark.django_db


@pytest.fixture
def calendar():
    made = Calendar.objects.create(version=1, name="试验日历", basis="试验")
    for year in (2025, 2026):
        CoveredYear.objects.create(calendar=made, year=year, basis="试验")
    return made


@pytest.mark.parametrize(
    ("at", "year"),
    [
        (datetime(2026, 11, 1, 23, 59, tzinfo=LOCAL), None),
        (datetime(2026, 11, 2, tzinfo=LOCAL), 2027),
        (datetime(2026, 11, 1, 16, tzinfo=UTC), 2027),
        (datetime(2026, 12, 31, 23, 59, tzinfo=LOCAL), 2027),
        (datetime(2028, 6, 1, tzinfo=LOCAL), 2028),
        (datetime(2025, 12, 31, tzinfo=LOCAL), None),
    ],
)
def test_the_year_that_is_missed(calendar, at, year):
    assert missing_year(at) == year
    assert (str(year) in notice(at)) if year else notice(at) == ""


def test_loading_the_year_ends_the_notice(calendar):
    at = datetime(2026, 11, 26, tzinfo=LOCAL)
    assert notice(at)
    CoveredYear.objects.create(calendar=calendar, year=2027, basis="试验")
    assert notice(at) == ""


def test_a_newer_calendar_must_know_the_year_itself(calendar):
    Calendar.objects.create(version=2, name="新日历", basis="试验")
    assert missing_year(datetime(2026, 6, 1, tzinfo=LOCAL)) == 2026


def test_without_a_calendar_this_year_is_missed():
    assert missing_year(datetime(2026, 6, 1, tzinfo=LOCAL)) == 2026
