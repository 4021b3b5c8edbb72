"""Phones on a bad network, each sending its body at 250 bytes a second, do not stop the site for others."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from liixia.launcher import web
from tests.liixia.serving import fetch, web_server

RATE = 250
LENGTH = 200_000


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    with web_server(tmp_path_factory.mktemp("web") / "log") as number:
        yield number


def send_slowly(port: int, stop: threading.Event, refused: list[str]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as phone:
        phone.sendall(f"POST /report HTTP/1.1\r\nHost: localhost\r\nContent-Length: {LENGTH}\r\n\r\n".encode())
        phone.settimeout(0.01)
        while not stop.wait(0.1):
            try:
                phone.sendall(b"x" * (RATE // 10))
                if said := phone.recv(200):
                    refused.append(said.split(b"\r\n")[0].decode())
                    return
            except TimeoutError:
                continue
            except OSError:
                return


@contextmanager
def slow_phones(port: int, number: int) -> Iterator[list[str]]:
    stop, refused = threading.Event(), []
    phones = [threading.Thread(target=send_slowly, args=(port, stop, refused)) for _ in range(number)]
    for phone in phones:
        phone.start()
    time.sleep(1)
    try:
        yield refused
    finally:
        stop.set()
        for phone in phones:
            phone.join()


def slowest_of(port: int, visits: int) -> float:
    answers = [fetch(port, "/healthz") for _ in range(visits)]
    assert {status for status, _ in answers} == {200}
    return max(seconds for _, seconds in answers)


def test_four_slow_bodies_leave_the_site_quick_and_none_is_turned_away(port):
    with slow_phones(port, 4) as refused:
        assert slowest_of(port, 60) < 1
        assert refused == []


def test_more_slow_bodies_than_threads_leave_the_site_quick(port):
    with slow_phones(port, web.WORKERS * web.THREADS + 8) as refused:
        assert slowest_of(port, 60) < 1
        assert refused
        assert all("503" in answer for answer in refused)
