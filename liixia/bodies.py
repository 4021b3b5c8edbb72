"""A request's body is read whole before Django sees it, so that slow ones hold a thread each, and never all threads."""

import io
import json
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

Start = Callable[[str, list[tuple[str, str]]], Any]
Application = Callable[[dict[str, Any], Start], Iterable[bytes]]

LARGEST = 1024 * 1024
PIECE = 4096
WITHIN = 120.0
TOO_LARGE = ("413 Content Too Large", "一次请求不能超过 1 MiB。 A request may not be over 1 MiB.")
TOO_SLOW = ("408 Request Timeout", "网络太慢，请重试。 The network is too slow: please try again.")
TOO_MANY = (
    "503 Service Unavailable",
    "正在接收的内容太多，请稍后重试。 Too many are sending just now: please try again.",
)
CUT_OFF = ("400 Bad Request", "内容没有传完。 The body did not arrive whole.")


class Unread(Exception):
    """Carries the answer for a body that was not read to its end."""


class WholeBodies:
    def __init__(self, application: Application, slots: int) -> None:
        """`slots` is fewer than the server's threads: the rest always serves those who send nothing."""
        self.application = application
        self.slots = threading.BoundedSemaphore(slots)

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        if has_body(environ):
            try:
                environ["wsgi.input"] = self.read(environ)
            except Unread as unread:
                status, sentence = unread.args
                return answer(start, status, sentence, as_json=environ.get("PATH_INFO", "").startswith("/api/"))
        return self.application(environ, start)

    def read(self, environ: dict[str, Any]) -> io.BytesIO:
        if announced(environ) > LARGEST:
            raise Unread(*TOO_LARGE)
        if not self.slots.acquire(blocking=False):
            raise Unread(*TOO_MANY)
        try:
            body = read_all(environ["wsgi.input"], announced(environ))
        finally:
            self.slots.release()
        environ["CONTENT_LENGTH"] = str(len(body))
        environ.pop("HTTP_TRANSFER_ENCODING", None)
        return io.BytesIO(body)


def has_body(environ: dict[str, Any]) -> bool:
    return announced(environ) > 0 or "HTTP_TRANSFER_ENCODING" in environ


def announced(environ: dict[str, Any]) -> int:
    length = environ.get("CONTENT_LENGTH") or environ.get("HTTP_CONTENT_LENGTH") or "0"
    return int(length) if length.isdigit() else LARGEST + 1


def read_all(source: Any, length: int) -> bytes:
    """`length` 0 means that the sender did not say (chunked)."""
    until, body = time.monotonic() + WITHIN, bytearray()
    while not length or len(body) < length:
        piece = source.read(min(PIECE, length - len(body)) if length else PIECE)
        if not piece:
            break
        body += piece
        if len(body) > LARGEST:
            raise Unread(*TOO_LARGE)
        if time.monotonic() > until:
            raise Unread(*TOO_SLOW)
    if len(body) < length:
        raise Unread(*CUT_OFF)
    return bytes(body)


def answer(start: Start, status: str, sentence: str, as_json: bool = False) -> list[bytes]:
    """A sentence; for programs in the shape of every refusal, its code made of the status' own words."""
    fault = {"code": status[4:].lower().replace(" ", "_"), "sentence": sentence, "field": ""}
    told = (json.dumps(fault, ensure_ascii=False) if as_json else sentence).encode()
    kind = "application/json" if as_json else "text/plain; charset=utf-8"
    headers = [("Content-Type", kind), ("Content-Length", str(len(told))), ("Retry-After", "5")]
    start(status, [*headers, ("Connection", "close")])
    return [told]
