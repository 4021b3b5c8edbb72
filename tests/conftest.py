"""What every test may use."""

import gc

import pytest
from django.db import connection
from django.db.backends.postgresql.operations import DatabaseOperations

from cases import remembered
from desk import search
from people.api import entering
from tests import copied
from tests.browser.fixtures import as_person, chromium, house, visitor, whole_house  # noqa: F401 - one set for all


def pytest_addoption(parser):
    parser.addoption("--long", action="store_true", help="the longer forms too")


def pytest_collection_modifyitems(config, items):
    """The longer forms only run when asked for; a minute of kills begins halfway, or it would be waited for alone."""
    if not config.getoption("--long"):
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("long")])
        items[:] = [item for item in items if not item.get_closest_marker("long")]
    alone = [item for item in items if item.get_closest_marker("midway")]
    others = [item for item in items if not item.get_closest_marker("midway")]
    items[:] = [*others[: len(others) // 2], *alone, *others[len(others) // 2 :]]


def pytest_collection_finish(session):
    """Thousands of tests live until the end: nobody need look for garbage among them again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix) -> None:
    """The tables of a run are made once, and copied for each worker."""
    with copied.server() as cursor:
        connection.settings_dict["TEST"]["TEMPLATE"] = copied.tables(cursor)


@pytest.fixture(autouse=True)
def _nothing_is_remembered(monkeypatch):
    """Whether another test is writing at the moment must not decide how many queries a page takes."""
    monkeypatch.setattr(remembered, "MOST", 0)
    monkeypatch.setattr(search, "MOST", 0)


@pytest.fixture(autouse=True)
def _no_test_waits_for_the_refusals_of_another(monkeypatch):
    """All tests of a process come from one address within a minute."""
    monkeypatch.setattr(entering, "COUNTER", entering.Counter())


@pytest.fixture(autouse=True, scope="session")
def _sealed_tables_may_be_emptied_between_tests():
    """Sealed tables refuse TRUNCATE by trigger; only the tests' own flush goes past the triggers."""
    plain = DatabaseOperations.sql_flush

    def past_the_triggers(self, *args, **named):
        statements = plain(self, *args, **named)
        return ["SET session_replication_role = replica;", *statements, "SET session_replication_role = origin;"]

    DatabaseOperations.sql_flush = past_the_triggers
    yield
    DatabaseOperations.sql_flush = plain
