"""Sends prepared requests over eight kept connections for a while, or runs bare SQL over as many, and counts."""

import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

import psycopg2
from django.db import connection as django_connection

from liixia.bench.measuring import Timed
from liixia.bench.serving import Served

CONNECTIONS = 8
WARM = 0.5
WHILE = 6.0
MOST = 4 * 1024 * 1024


class BenchFailed(Exception):
    """An answer is not what the benchmark asks for: figures of it would mean nothing."""


@dataclass(frozen=True)
class Ask:
    """A request as it goes over the wire, and the status that counts."""

    wire: bytes
    status: int = 200


def get(path: str, **headers: str) -> Ask:
    return Ask(_head("GET", path, headers) + b"\r\n")


def post(path: str, body: bytes, status: int, **headers: str) -> Ask:
    return Ask(_head("POST", path, headers) + b"Content-Length: %d\r\n\r\n" % len(body) + body, status)


def _head(method: str, path: str, headers: dict[str, str]) -> bytes:
    named = {"Host": "localhost", "Accept-Encoding": "gzip", **{k.replace("_", "-"): v for k, v in headers.items()}}
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in named.items())]
    return ("\r\n".join(lines) + "\r\n").encode()


class Line:
    """One kept connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=30)
        self.rest = b""

    def answer(self, ask: Ask) -> None:
        self.socket.sendall(ask.wire)
        head = self._until(b"\r\n\r\n")
        status = int(head[9:12])
        fields = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:] if b": " in line)
        length = next((value for name, value in fields.items() if name.lower() == b"content-length"), None)
        body = self._take(int(length or 0))
        if status != ask.status:
            raise BenchFailed(f"{ask.wire[:90]!r} answers {status}, not {ask.status}: {body[:300]!r}")

    def _until(self, mark: bytes) -> bytes:
        while mark not in self.rest:
            self._more()
        head, _mark, self.rest = self.rest.partition(mark)
        return head

    def _take(self, length: int) -> bytes:
        while len(self.rest) < length:
            self._more()
        body, self.rest = self.rest[:length], self.rest[length:]
        return body

    def _more(self) -> None:
        got = self.socket.recv(262_144)
        if not got or len(self.rest) > MOST:
            raise BenchFailed("the server hung up")
        self.rest += got


def served(server: Served, asks: Iterable[Ask], *, again: bool = True) -> Timed:
    """How many of these requests a second; each once only, unless they may be asked `again`."""
    source = Shared(cycle(list(asks)) if again else iter(asks))

    def worker() -> Iterator[None]:
        line = Line(server.port)
        while True:
            line.answer(next(source))
            yield

    return _together(worker, server.cpu_seconds)


def bare(work: Callable[[Any, int], None]) -> Timed:
    """How often a second this SQL runs on the same database over as many connections; one transaction each."""
    numbers = Shared(iter(range(10**9)))

    def worker() -> Iterator[None]:
        given = django_connection.get_connection_params()
        with psycopg2.connect(**{key: given[key] for key in ("host", "port", "user", "dbname") if key in given}) as own:
            while True:
                with own.cursor() as cursor:
                    work(cursor, next(numbers))
                own.commit()
                yield

    return _together(worker, lambda: 0.0)


class Shared:
    """One source for all workers, each thing to one of them."""

    def __init__(self, source: Iterator[Any]) -> None:
        self.source, self.lock = source, threading.Lock()

    def __next__(self) -> Any:
        with self.lock:
            for thing in self.source:
                return thing
        raise BenchFailed("all that can be asked once has been asked: remove var/bench and load anew")


def _together(worker: Callable[[], Iterator[None]], cpu: Callable[[], float]) -> Timed:
    """Every worker at once, for a while that begins when all are warm."""
    run = _Run(worker, time.perf_counter() + WARM)
    threads = [threading.Thread(target=run.work) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    time.sleep(WARM)
    spent = cpu()
    for thread in threads:
        thread.join()
    if run.faults:
        raise BenchFailed(f"a connection failed: {run.faults[0]!r}") from run.faults[0]
    return run.timed(cpu() - spent)


class _Run:
    """What the workers of one benchmark share: when it begins and ends, and how long each round took."""

    def __init__(self, worker: Callable[[], Iterator[None]], begins: float) -> None:
        self.worker, self.begins = worker, begins
        self.took: list[float] = []
        self.faults: list[BaseException] = []

    def work(self) -> None:
        try:
            before = time.perf_counter()
            for _ in self.worker():
                now = time.perf_counter()
                if now > self.begins:
                    self.took.append(now - before)
                if now > self.begins + WHILE:
                    return
                before = now
        except Exception as fault:  # told by the caller: a thread's own end is silent
            self.faults.append(fault)

    def timed(self, spent: float) -> Timed:
        whole, count = time.perf_counter() - self.begins, len(self.took)
        p95 = sorted(self.took)[int(count * 0.95)]
        return Timed(count / whole, spent / count * 1000, p95 * 1000, count)
