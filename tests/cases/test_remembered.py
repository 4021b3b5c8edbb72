"""Counts are made once while nothing happens, and never tell of yesterday."""

from datetime import timedelta

import psycopg2
import pytest
from django.db import connection

from cases import remembered
from cases.counting import counts_of
from cases.models import Case
from cases.remembered import remembered as asked
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return world()


@pytest.fixture
def counted(monkeypatch):
    """How often it was counted, while nobody else is writing."""
    told = []
    monkeypatch.setattr(remembered, "MOST", 8)
    monkeypatch.setattr(remembered, "_counted", remembered.OrderedDict())
    monkeypatch.setattr(remembered, "_once", lambda at: (newest(), True))
    return told


def newest() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM cases_step")
        return cursor.fetchone()[0]


def ask(told: list, at, until=None) -> int:
    def count():
        told.append(at)
        return Case.objects.count(), until

    return asked("cases", at, count)


def test_it_is_counted_once_while_nothing_happens(counted, w):
    stories.reported(w)
    assert [ask(counted, w.at), ask(counted, w.at + timedelta(seconds=9))] == [1, 1]
    assert len(counted) == 1


def test_a_step_has_it_counted_anew(counted, w):
    stories.reported(w)
    ask(counted, w.at)
    stories.reported(w)
    assert ask(counted, w.at) == 2


def test_so_have_a_due_moment_and_a_minute(counted, w):
    second = timedelta(seconds=1)
    ask(counted, w.at, until=w.at + 5 * second)
    ask(counted, w.at + 5 * second)
    ask(counted, w.at + 64 * second)
    ask(counted, w.at + 65 * second)
    assert counted == [w.at, w.at + 5 * second, w.at + 65 * second]


def test_nothing_is_remembered_while_somebody_is_writing(counted, w, monkeypatch):
    monkeypatch.setattr(remembered, "_once", lambda at: (newest(), False))
    ask(counted, w.at)
    ask(counted, w.at)
    assert len(counted) == 2


def test_an_open_case_is_overdue_from_the_moment_that_it_is_due(counted, w):
    due = stories.reported(w).due_at
    second = timedelta(seconds=1)
    found = [counts_of(Case.objects.open(), at).all.over for at in (due - second, due, due + second)]
    assert found == [0, 0, 1]


def test_somebody_who_is_writing_is_noticed():
    """Of their step nobody can tell yet whether its number will be the newest."""
    given = connection.get_connection_params()
    with psycopg2.connect(**{key: given[key] for key in ("host", "port", "user", "dbname") if key in given}) as other:
        other.cursor().execute("SELECT pg_current_xact_id()")
        assert remembered._asked()[1] is False
        other.rollback()
