"""`script/server` from nothing to a page and back to nothing, killed on the way, and started again.

These tests share one state folder and run in their order.
"""

import os
import re
import shutil
import signal
import time

import pytest

from liixia.launcher import places
from tests.liixia import processes
from tests.liixia.serving import fetch, free_port

pytestmark = [pytest.mark.xdist_group("launcher"), pytest.mark.timeout(120)]
PORT = free_port()
IMPORTS = "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'liixia.settings'); django.setup()"


def crowded(state) -> float:
    """The budgets are of a machine that imports the product in a second; where others compute, all takes longer."""
    began = time.monotonic()
    processes.run_python(state, "-c", IMPORTS).communicate()
    return max(1.0, time.monotonic() - began, os.getloadavg()[0] / (os.cpu_count() or 1))


@pytest.fixture(scope="module")
def state(tmp_path_factory):
    folder = tmp_path_factory.mktemp("launcher") / "state"
    kept = os.environ.get("LIIXIA_STATE")
    os.environ["LIIXIA_STATE"] = str(folder)
    yield folder
    for line in processes.of(folder):
        os.kill(int(line.split()[0]), signal.SIGKILL)
    shutil.rmtree(places.database_folder(), ignore_errors=True)
    os.environ.pop("LIIXIA_STATE") if kept is None else os.environ.update(LIIXIA_STATE=kept)


def start(state):
    return processes.run_python(state, "-m", "liixia.launcher", "--port", str(PORT))


def opened(state):
    """A start, and the seconds that it says it took."""
    house, told = start(state), ""
    while "Ctrl-C" not in told:
        line = house.stdout.readline()
        assert line, told
        told += line
    return house, float(re.search(r"\(([\d.]+) s\)", told)[1]), told


@pytest.fixture(scope="module")
def first(state):
    house, took, told = opened(state)
    yield house, took, told
    processes.end(house)


def test_the_first_start_is_ready_within_fifteen_seconds(first, state):
    assert first[1] <= 15 * crowded(state)


def test_it_tells_the_address_and_the_demo_accounts(first):
    assert f"http://localhost:{PORT}/" in first[2]
    assert "Demo accounts" in first[2]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/sign-in", "/static/vendor/tabler.min.css"])
def test_its_pages_answer(first, path):
    assert fetch(PORT, path)[0] == 200


def test_a_second_start_says_where_the_first_is(first, state):
    told = processes.run_python(state, "-m", "liixia.launcher", "--port", str(free_port())).communicate()[0]
    assert told == f"liixia is already running: http://localhost:{PORT}/\n"


def test_a_command_uses_the_database_that_runs(first, state):
    told = processes.run_python(state, "manage.py", "about").communicate()[0]
    assert re.search(r"grids\s+773", told)
    assert fetch(PORT, "/readyz")[0] == 200


def test_what_dies_is_started_again(first, state):
    sweep = next(line for line in processes.of(state) if "manage.py sweep" in line)
    os.kill(int(sweep.split()[0]), signal.SIGKILL)
    told = next(line for line in first[0].stdout if line.strip())
    assert "sweep ended with -9: starting it again" in told


def test_killed_it_leaves_no_process(first, state):
    assert len(processes.of(state)) > 8
    first[0].kill()
    assert processes.gone(state, within=5) == []


def test_the_next_start_is_ready_within_six_seconds_and_ctrl_c_ends_all_within_five(first, state):
    house, took, _ = opened(state)
    longer = crowded(state)
    began = time.monotonic()
    house.send_signal(signal.SIGINT)
    house.wait(30)
    ended = time.monotonic() - began
    assert house.returncode == 0
    assert (took <= 6 * longer, ended <= 5 * longer) == (True, True), (took, ended, longer)
    assert processes.gone(state, within=1) == []


def test_ctrl_c_during_the_start_ends_it_too(state):
    house = start(state)
    time.sleep(1)
    house.send_signal(signal.SIGINT)
    house.wait(30)
    assert processes.gone(state, within=8) == []
