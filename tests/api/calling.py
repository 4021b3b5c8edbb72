"""A program that calls the API of a served site, as somebody by a real token: real sockets, real headers."""

import json
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from audit import clock
from people.actions import make_token
from people.models import User

WITHIN = 10
DIRECTLY = build_opener(ProxyHandler({}))


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Any
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Caller:
    """Speaks for one person. Addresses are those below `/api/v1/`, or whole ones as answers name them."""

    def __init__(self, site: str, user: User) -> None:
        self.site, self.user = site, user
        self.secret = make_token(user, name="试验", days=1, by=user, at=clock.now())[1]

    def get(self, where: str, **query: Any) -> Answer:
        return self._call(Request(self._address(where) + (f"?{urlencode(query)}" if query else "")))

    def post(self, where: str, body: Any, **headers: str) -> Answer:
        said = {"Content-Type": "application/json", **{name.replace("_", "-"): it for name, it in headers.items()}}
        return self._call(Request(self._address(where), json.dumps(body).encode(), said))

    def _address(self, where: str) -> str:
        return self.site + (where if where.startswith("/") else f"/api/v1/{where}")

    def _call(self, request: Request) -> Answer:
        request.add_header("Authorization", f"Token {self.secret}")
        try:
            answer = DIRECTLY.open(request, timeout=WITHIN)
        except HTTPError as refused:
            answer = refused
        with answer:
            return Answer(answer.status, answer.headers, answer.read())
