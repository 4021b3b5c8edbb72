"""A real web server for the tests that need one: its own port, its own process, gone at the end."""

import http.client
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
from liixia.launcher.places import CHECKOUT


def free_port() -> int:
    for _ in range(100):
        port = random.randrange(20000, 32000)
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)):
                return port
    raise RuntimeError("no port is free")


def fetch(port: int, path: str, within: float = 5.0) -> tuple[int, float]:
    """The status, and the seconds it took."""
    began = time.monotonic()
    visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=within)
    try:
        visitor.request("GET", path)
        answer = visitor.getresponse()
        answer.read()
        return answer.status, time.monotonic() - began
    finally:
        visitor.close()


def answers(port: int, path: str) -> bool:
    try:
        return fetch(port, path)[0] == 200
    except OSError:
        return False


@contextmanager
def web_server(log: Path) -> Iterator[int]:
    port = free_port()
    with open(log, "wb") as told:
        server = subprocess.Popen(
            web.command("127.0.0.1", port), cwd=CHECKOUT, stdout=told, stderr=told, env=dict(os.environ),
            start_new_session=True, preexec_fn=dies_with_parent() if sys.platform == "linux" else None,
        )  # fmt: skip
    try:
        for _ in range(300):
            if answers(port, "/healthz"):
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(log.read_text())
        yield port
    finally:
        server.terminate()
        server.wait(15)
