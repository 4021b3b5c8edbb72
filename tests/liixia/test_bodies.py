"""A body reaches Django whole or not at all."""

import io

import pytest

from liixia import bodies
from liixia.bodies import WholeBodies


class Said:
    status = ""

    def __call__(self, status, headers):
        self.status = status


def echo(environ, start):
    start("200 OK", [])
    return [environ["wsgi.input"].read()]


def send(body: bytes, slots=2, **environ):
    said = Said()
    environ = {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body), **environ}
    return said, WholeBodies(echo, slots)(environ, said)


def test_a_whole_body_arrives_as_it_was_sent():
    said, body = send(b"x" * 10_000)
    assert (said.status, body) == ("200 OK", [b"x" * 10_000])


def test_a_body_of_unsaid_length_arrives_too():
    said, body = send(b"hello", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")
    assert (said.status, body) == ("200 OK", [b"hello"])


@pytest.mark.parametrize("environ", [{}, {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}])
def test_a_body_over_a_mebibyte_is_refused_however_it_comes(environ):
    said, _ = send(b"x" * (bodies.LARGEST + 1), **environ)
    assert said.status.startswith("413")


def test_a_body_cut_off_never_reaches_a_page():
    said, _ = send(b"half", CONTENT_LENGTH="100")
    assert said.status.startswith("400")


def test_a_body_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(bodies, "WITHIN", -1.0)
    said, _ = send(b"x" * 10_000)
    assert said.status.startswith("408")


def test_without_a_free_slot_a_sender_is_asked_to_come_back():
    application, said = WholeBodies(echo, 1), Said()
    application.slots.acquire()
    application({"CONTENT_LENGTH": "1", "wsgi.input": io.BytesIO(b"x")}, said)
    assert said.status.startswith("503")


def test_a_slot_is_free_again_after_a_refusal():
    application, said = WholeBodies(echo, 1), Said()
    application({"CONTENT_LENGTH": "9", "wsgi.input": io.BytesIO(b"x")}, said)
    application({"CONTENT_LENGTH": "1", "wsgi.input": io.BytesIO(b"x")}, said)
    assert said.status == "200 OK"
