"""What Ctrl-C ends is gone within 5 s, even when nobody listens."""

import contextlib
import subprocess
import sys
import time

from liixia.launcher import embedded, run
from liixia.launcher.children import Children
from liixia.launcher.house import House

DEAF = [sys.executable, "-c", "import signal, time; signal.signal(15, 1); print(flush=True); time.sleep(60)"]


def test_children_that_do_not_listen_and_a_database_that_lingers_keep_nobody_waiting(tmp_path, monkeypatch):
    monkeypatch.setattr(embedded, "database_folder", lambda: tmp_path)
    (tmp_path / "data-18").mkdir()
    (tmp_path / "data-18" / "postmaster.pid").touch()
    house = House("127.0.0.1", 1, tmp_path, time.monotonic(), Children(tmp_path))
    for name in ("web", "valkey"):
        house.start(name, DEAF, stdout=subprocess.PIPE).process.stdout.readline()
    began = time.monotonic()
    run.close(house, contextlib.ExitStack())
    assert time.monotonic() - began < 5
    assert house.children.running == []
