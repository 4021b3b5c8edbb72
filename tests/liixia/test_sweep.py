"""The sweep goes round after round, whatever one round meets."""

import pytest
from django.core.management import call_command

from audit import clock
from liixia import heartbeat
from liixia.management.commands import sweep
from tests.liixia import processes

pytestmark = pytest.mark.django_db(transaction=True)  # a failed round drops its connection


def refuse(at):
    raise RuntimeError("a round that fails")


def test_a_whole_round_is_a_heartbeat():
    call_command("sweep", "--once")
    assert heartbeat.is_fresh(heartbeat.SWEEP, clock.now())


def test_a_failed_round_is_logged_is_no_heartbeat_and_ends_nothing(monkeypatch, caplog):
    monkeypatch.setitem(sweep.JOBS, "clocks", refuse)
    call_command("sweep", "--once")
    assert "the round of clocks failed" in caplog.text
    assert not heartbeat.is_fresh(heartbeat.SWEEP, clock.now())


def test_when_clocks_fail_the_outbox_is_drained_all_the_same(monkeypatch):
    drained = []
    monkeypatch.setattr(sweep, "JOBS", {"clocks": refuse, "outbox": drained.append})
    sweep.one_round()
    assert len(drained) == 1


def test_an_old_heartbeat_is_not_fresh():
    at = clock.now()
    heartbeat.beat(heartbeat.SWEEP, at - 2 * heartbeat.FRESH)
    assert not heartbeat.is_fresh(heartbeat.SWEEP, at)


def test_the_process_without_a_database_goes_on_until_it_is_told_to_stop(tmp_path):
    code = (
        "import os; os.environ['DATABASE_URL'] = 'postgresql://nobody@127.0.0.1:1/none';"
        "os.environ['DEBUG'] = '1'; import sys; sys.argv = ['manage.py', 'sweep', '--every', '0.05'];"
        "import manage; manage.main()"
    )
    process = processes.run_python(tmp_path, "-c", code)
    seen = 0
    for line in process.stdout:
        seen += "tries again" in line
        if seen > 4:
            break
    process.terminate()
    assert process.wait(10) == 0
