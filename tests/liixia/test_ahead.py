"""What a web process keeps is read at its start; a database that does not answer yet keeps nobody from starting."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accountability.suggester import kept
from engagement.belonging import suggested_by
from liixia import ahead
from tests.present import present

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _stays_open(monkeypatch):
    """The connection of the test is needed after it."""
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(kept, "_kept", {})


def test_the_first_who_asks_does_not_wait_for_the_list(monkeypatch):
    w = present(monkeypatch)
    ahead.read_ahead()
    assert len(kept._kept) == 1
    with CaptureQueriesContext(connection) as asked:
        suggested_by("楼下占道经营", w.at)
    assert len(asked) == 2


def test_without_a_list_there_is_nothing_to_read(db):
    ahead.read_ahead()
    assert kept._kept == {}


def test_without_a_database_it_starts_all_the_same_and_says_so(monkeypatch, caplog):
    def down() -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(ahead.clock, "now", down)
    ahead.read_ahead()
    assert "connection refused" in caplog.text
