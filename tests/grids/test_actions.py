"""Postings begin and end by two actions, and nobody is posted twice."""

from datetime import UTC, datetime, timedelta

import pytest

from audit.models import SecurityLog
from grids.actions import post, relieve
from grids.models import Area, Posting
from people.models import Role, User

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@pytest.fixture
def worker(db):
    return User.objects.create_user("w", "W")


@pytest.fixture
def grid(db):
    street = Area.objects.create(code="990101001", name="S", kind="street")
    return Area.objects.create(code="990101001001001", name="G", kind="grid", parent=street)


def test_posting_twice_changes_nothing(worker, grid):
    first = post(worker, role=Role.GRID_WORKER, area=grid, by=None, at=AT)
    assert post(worker, role=Role.GRID_WORKER, area=grid, by=None, at=AT + timedelta(days=1)) == first
    assert SecurityLog.objects.count() == 1


def test_a_posting_is_current_until_it_ends(worker, grid):
    posting = post(worker, role=Role.GRID_WORKER, area=grid, by=None, at=AT)
    relieve(posting, by=None, at=AT + timedelta(days=1))
    held = [Posting.objects.current(AT + timedelta(hours=hours)).exists() for hours in (-1, 0, 23, 24)]
    assert held == [False, True, True, False]


def test_ending_twice_keeps_the_first_end(worker, grid):
    posting = post(worker, role=Role.GRID_WORKER, area=grid, by=None, at=AT)
    relieve(posting, by=None, at=AT + timedelta(days=1))
    relieve(posting, by=None, at=AT + timedelta(days=2))
    posting.refresh_from_db()
    assert posting.until == AT + timedelta(days=1)


def test_whoever_serves_the_street_serves_its_grids(worker, grid):
    post(worker, role=Role.DISPATCHER, area=grid.parent, by=None, at=AT)
    assert Posting.objects.over(grid.code).count() == 1
    assert Posting.objects.over("990101002").count() == 0


def test_under_and_around_follow_the_code(grid):
    assert set(Area.objects.under("990101001")) == {grid, grid.parent}
    assert set(Area.objects.around(grid.code)) == {grid, grid.parent}
    assert set(Area.objects.around("990101001")) == {grid.parent}
