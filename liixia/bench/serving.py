"""A real web server as shipped, on a port of its own, and how much of the processors it and its database use."""

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liixia.launcher import web
from liixia.launcher.children import dies_with_parent
from liixia.launcher.places import CHECKOUT, database_folder

TICKS = os.sysconf("SC_CLK_TCK")
STARTS_WITHIN = 30.0


def free_port() -> int:
    for _ in range(100):
        port = random.randrange(20000, 32000)
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no port is free")


@contextmanager
def web_server(log: Path) -> Iterator["Served"]:
    """Answers when the block begins, and is gone when it ends."""
    port = free_port()
    with open(log, "wb") as told:
        process = subprocess.Popen(
            web.command("127.0.0.1", port), cwd=CHECKOUT, stdout=told, stderr=told, start_new_session=True,
            preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
        )  # fmt: skip
    try:
        _wait_for(port, log)
        yield Served(port, process.pid)
    finally:
        process.terminate()
        process.wait(15)


def _wait_for(port: int, log: Path) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until:
        with socket.socket() as door:
            if not door.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise RuntimeError(log.read_text())


class Served:
    """The server's port, and its processes."""

    def __init__(self, port: int, pid: int) -> None:
        self.port, self.pid = port, pid

    def cpu_seconds(self) -> float:
        """What the server and the embedded database have used so far; of the server alone where it is another's."""
        return sum(_cpu_of(pid) for root in (self.pid, *_postmaster()) for pid in _tree(root))


def _postmaster() -> list[int]:
    files = database_folder().glob("data-*/postmaster.pid")
    return [int(file.read_text().split()[0]) for file in files]


def _tree(root: int) -> list[int]:
    """A process and all below it."""
    parents = {pid: _parent(pid) for pid in map(int, filter(str.isdecimal, os.listdir("/proc")))}
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return sorted(found)


def _stat(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _parent(pid: int) -> int:
    stat = _stat(pid)
    return int(stat[1]) if stat else 0


def _cpu_of(pid: int) -> float:
    stat = _stat(pid)
    return (int(stat[11]) + int(stat[12])) / TICKS if stat else 0.0
