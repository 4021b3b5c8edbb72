"""Behind a proxy the visitor's address counts; a visitor who only says so is not believed."""

import importlib

import pytest
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import RequestFactory

from liixia import wsgi


@pytest.fixture(autouse=True)
def _the_connection_of_an_earlier_test_is_left_alone():
    """The application would look at it before it answers, and these tests have no database."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


@pytest.fixture
def behind_proxy(monkeypatch):
    monkeypatch.setenv("BEHIND_PROXY", "1")
    yield importlib.reload(wsgi)
    monkeypatch.undo()
    importlib.reload(wsgi)


def address_after(application, remote: str, forwarded: str) -> str:
    environ = RequestFactory().get("/healthz", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded).environ
    b"".join(application(environ, lambda status, headers: None))
    return environ["REMOTE_ADDR"]


def test_the_proxy_tells_the_visitors_address(behind_proxy):
    assert address_after(behind_proxy.application, "127.0.0.1", "203.0.113.7") == "203.0.113.7"


def test_nobody_else_is_believed_about_addresses(behind_proxy):
    assert address_after(behind_proxy.application, "198.51.100.9", "203.0.113.7") == "198.51.100.9"


def test_without_a_proxy_nobody_is_believed():
    assert address_after(wsgi.application, "127.0.0.1", "203.0.113.7") == "127.0.0.1"
