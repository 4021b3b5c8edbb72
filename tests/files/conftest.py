"""A store of its own for every test of photos."""

import pytest
from django.core.files.storage import storages

from audit import clock
from files.tickets import new_ticket, number_of


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    options = {"location": str(tmp_path / "files"), "base_url": None}
    settings.STORAGES = {**settings.STORAGES, "default": {**settings.STORAGES["default"], "OPTIONS": options}}
    storages._storages.pop("default", None)
    yield tmp_path / "files"
    storages._storages.pop("default", None)


@pytest.fixture
def ticket() -> str:
    return new_ticket()


@pytest.fixture
def number(ticket) -> str:
    return number_of(ticket)


@pytest.fixture
def at(db):
    return clock.now()
