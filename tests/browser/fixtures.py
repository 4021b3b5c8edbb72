"""One browser and one house for each worker of the tests; taken in by tests/conftest.py."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from people.models import User
from tests.browser.house import House, running
from tests.browser.persons import PATIENCE, Person, at_a_browser
from tests.run import chromium as chromium_here

# The last of them keep Chromium from calling its maker.
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Its driver keeps an event loop in this thread, which Django would take for asynchronous code."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def whole_house(tmp_path_factory) -> Iterator[House]:
    with running(tmp_path_factory.mktemp("house")) as house:
        yield house


@pytest.fixture
def house(whole_house, django_db_blocker) -> Iterator[House]:
    """The house, with its rows and files under this test's models."""
    with whole_house.at_home(django_db_blocker):
        yield whole_house


@pytest.fixture
def visitor(chromium, house) -> Iterator[Callable[..., Person]]:
    """A function that gives somebody a browser of their own."""
    with ExitStack() as doors:
        yield lambda **options: doors.enter_context(at_a_browser(chromium, house, **options))


@pytest.fixture
def as_person(visitor) -> Callable[..., Person]:
    """A function that signs this user in through the real door."""

    def signed_in(user: User, **options: object) -> Person:
        return visitor(**options).signs_in(user)

    return signed_in
