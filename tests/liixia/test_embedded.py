"""The embedded database runs while somebody uses it, and no longer."""

import json
import os
import shutil
import signal
import time

import pytest

from liixia.launcher import places
from tests.liixia import processes

HOLD = """
import time
from liixia.launcher.embedded import database
with database():
    print("held", flush=True)
    time.sleep({seconds})
"""
ASK = """
import psycopg2
from liixia.launcher.places import socket_folder
row = psycopg2.connect(host=str(socket_folder()), user="postgres", dbname="liixia").cursor()
row.execute("SELECT version()")
print(row.fetchone()[0])
"""


@pytest.fixture
def state(tmp_path, monkeypatch):
    folder = tmp_path / "state"
    monkeypatch.setenv("LIIXIA_STATE", str(folder))
    yield folder
    assert processes.gone(folder, within=10) == []
    shutil.rmtree(places.database_folder(), ignore_errors=True)


def hold(state, seconds=60):
    holder = processes.run_python(state, "-c", HOLD.format(seconds=seconds))
    assert holder.stdout.readline() == "held\n", holder.stdout.read()
    return holder


def test_whoever_leaves_last_lets_it_stop(state):
    first, second = hold(state), hold(state)
    processes.end(first)
    time.sleep(0.5)
    assert "PostgreSQL" in processes.run_python(state, "-c", ASK).communicate()[0]
    processes.end(second)
    assert [left for left in processes.gone(state, within=5) if "postgres" in left] == []


def test_two_starting_at_once_start_one(state):
    both = [processes.run_python(state, "-c", HOLD.format(seconds=60)) for _ in range(2)]
    assert [each.stdout.readline() for each in both] == ["held\n", "held\n"]
    assert len([line for line in processes.of(state) if "keeper.py" in line]) == 1
    for each in both:
        processes.end(each)


def test_a_command_starts_the_database_for_its_own_duration(state):
    assert processes.run_python(state, "manage.py", "migrate", "-v0").communicate()[0] == ""
    told = processes.run_python(state, "manage.py", "about", "--json").communicate()[0]
    assert json.loads(told)["cases"] == 0
    assert processes.gone(state, within=5) == []


def test_a_database_killed_comes_back_while_it_is_used(state):
    holder = hold(state)
    time.sleep(1.5)
    postmaster = next(line for line in processes.of(state) if "/postgres -D" in line).split()[0]
    os.kill(int(postmaster), signal.SIGKILL)
    until = time.monotonic() + 20
    while "PostgreSQL" not in processes.run_python(state, "-c", ASK).communicate()[0]:
        assert time.monotonic() < until
    processes.end(holder)


def test_a_command_that_comes_while_a_killed_database_is_started_again_waits_for_it(state):
    """Started beside the keeper, a second server would refuse the folder, and the command would give up."""
    holder = hold(state)
    time.sleep(1.5)
    postmaster = next(line for line in processes.of(state) if "/postgres -D" in line).split()[0]
    os.kill(int(postmaster), signal.SIGKILL)
    told = processes.run_python(state, "manage.py", "migrate", "--plan").communicate()[0]
    assert "Planned operations" in told
    processes.end(holder)


def test_a_database_that_never_starts_is_given_up_with_a_reason(state):
    processes.end(hold(state))
    processes.gone(state, within=5)
    for settings in places.database_folder().glob("data-*/postgresql.conf"):
        settings.write_text("no_such_setting = on\n")
    told = processes.run_python(state, "manage.py", "about").communicate()[0]
    assert told.startswith("The embedded PostgreSQL does not start")
    assert len(told.splitlines()) == 1
