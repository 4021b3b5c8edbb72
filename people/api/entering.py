"""How a program shows who it acts for: a token in the header, or the session of somebody's browser."""

import threading
import time
from typing import Any

from django.conf import settings
from django.contrib.auth import load_backend
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from knox.crypto import hash_token
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from audit.kept import Kept
from people.models import Token, User

WINDOW = 60


class TokenEntry(BaseAuthentication):
    """`Authorization: Token …`. Tokens are kept as hashes and end by the database's clock.

    Two queries: the token, and its person with all that they hold, as a session reads them.
    """

    def authenticate(self, request: Request) -> tuple[User, Token] | None:
        kind, *rest = get_authorization_header(request).split()[:2] or [b""]
        if kind.lower() != b"token":
            return None
        found = _current(digest=hash_token(rest[0].decode("ascii", "replace") if rest else ""))
        user = load_backend(settings.AUTHENTICATION_BACKENDS[-1]).get_user(found[0].user_id) if found else None
        if user is None:
            raise AuthenticationFailed(_("This token is unknown, revoked or out of date. Make a new one."), "token")
        return user, found[0]

    def authenticate_header(self, request: Request) -> str:
        return "Token"


@Kept
def _current(digest: str) -> QuerySet[Token]:
    return Token.objects.current().filter(pk=digest)


class SessionEntry(SessionAuthentication):
    """Whoever is signed in at this site's pages; every change carries the key of the page, as forms do."""


class Counter:
    """Requests of this minute, by whom, in this process alone: a brake for runaway programs, no truth for anybody."""

    def __init__(self) -> None:
        self.lock, self.minute, self.times = threading.Lock(), 0, {}

    def one_more(self, who: str) -> tuple[int, float]:
        """How many in this minute, and the seconds until the next."""
        now = time.monotonic()
        with self.lock:
            if self.minute != int(now // WINDOW):
                self.minute, self.times = int(now // WINDOW), {}
            self.times[who] = self.times.get(who, 0) + 1
            return self.times[who], WINDOW - now % WINDOW


COUNTER = Counter()


class Brake(BaseThrottle):
    """So many requests a minute for each person."""

    wait_for = 0.0

    def allow_request(self, request: Request, view: Any) -> bool:
        times, self.wait_for = COUNTER.one_more(f"person {request.user.pk}")
        return times <= settings.API_REQUESTS_A_MINUTE

    def wait(self) -> float:
        return self.wait_for + 1


def asked_too_often(address: str) -> float | None:
    """Counts a question that anybody may ask, by address; the seconds to wait where there were too many."""
    times, wait = COUNTER.one_more(f"public {address}")
    return wait + 1 if times > settings.PUBLIC_REQUESTS_A_MINUTE else None


class PublicBrake(BaseThrottle):
    """So many questions a minute from each address: for what needs no account."""

    wait_for: float | None = None

    def allow_request(self, request: Request, view: Any) -> bool:
        self.wait_for = asked_too_often(str(request.META.get("REMOTE_ADDR")))
        return self.wait_for is None

    def wait(self) -> float | None:
        return self.wait_for


def refused_too_often(request: Request) -> float | None:
    """Counts an entry that was refused, by address; the seconds to wait where there were too many."""
    times, wait = COUNTER.one_more(f"address {request.META.get('REMOTE_ADDR')}")
    return wait + 1 if times > settings.API_REFUSALS_A_MINUTE else None
