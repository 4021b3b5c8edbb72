"""A real web server for the tests that need one: its own port, its own process, gone at the end."""

import http.client
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liixia.bench import serving
from liixia.bench.serving import free_port

__all__ = ["answers", "fetch", "free_port", "web_server"]


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
    with serving.web_server(log) as server:
        for _ in range(300):
            if answers(server.port, "/healthz"):
                break
            time.sleep(0.1)
        else:
            raise RuntimeError(log.read_text())
        yield server.port
