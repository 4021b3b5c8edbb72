"""A program at the door of the API, acting for somebody by a real token."""

from typing import Any

from django.test import Client

from audit import clock
from people.actions import make_token
from people.models import User


def program(user: User, **headers: str) -> "Program":
    _token, secret = make_token(user, name="试验", days=1, by=user, at=clock.now())
    return Program(Authorization=f"Token {secret}", **headers)


class Program:
    """Asks with its own headers; `at` the API's own root."""

    def __init__(self, **headers: str) -> None:
        self.client, self.headers = Client(enforce_csrf_checks=True, raise_request_exception=False), headers

    def get(self, path: str, query: Any = None, **headers: str) -> Any:
        return self.client.get(f"/api/v1/{path}", query, headers=self.headers | _dashed(headers))

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        given = self.headers | _dashed(headers)
        return self.client.post(f"/api/v1/{path}", body or {}, content_type="application/json", headers=given)

    def move(self, path: str, body: Any = None, version: int | str = 1) -> Any:
        return self.post(path, body, if_match=f'"{version}"')


def _dashed(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}
