"""Whether the site says truly that it lives and is ready."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from audit import clock
from liixia import health, heartbeat
from outbox.models import Message


@pytest.fixture
def beating(db):
    heartbeat.beat(heartbeat.SWEEP, clock.now())


def message(due):
    Message.objects.create(topic="t", dedupe_key="k", partition_key="p", payload={}, next_try_at=due)


def test_a_living_process_says_so_without_the_database(client):
    assert client.get("/healthz").content == b"ok"


def test_all_well_is_ready(client, beating):
    answer = client.get("/readyz")
    assert (answer.status_code, set(answer.json().values())) == (200, {True})


def test_without_a_sweep_it_is_not_ready(client, db):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["sweep"]) == (503, False)


def test_with_a_message_waiting_for_over_a_minute_it_is_not_ready(client, beating):
    message(clock.now() - timedelta(seconds=61))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["outbox"]) == (503, False)


def test_a_message_that_waits_for_its_next_try_is_no_fault(client, beating):
    message(clock.now() + timedelta(hours=1))
    assert client.get("/readyz").status_code == 200


def test_with_a_migration_to_come_it_is_not_ready(client, beating, monkeypatch):
    monkeypatch.setattr(health, "is_migrated", lambda: False)
    assert client.get("/readyz").status_code == 503


def test_a_migration_to_come_is_seen(db, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *args: ["one"])
    health.all_applied.cache_clear()
    assert not health.is_migrated()


def test_without_a_database_it_says_so(client, monkeypatch):
    def dead():
        raise OperationalError("gone")

    monkeypatch.setattr(health.clock, "now", dead)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"database": False})


def test_the_database_under_test_is_postgresql(db):
    assert connection.vendor == "postgresql"
