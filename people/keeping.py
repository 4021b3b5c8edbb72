"""Nothing typed is lost: a POST that comes after the sign-in has expired waits in the session until its page is back.

The fields are kept by the path of the page that held the form, sealed with the secret key, and only for the sign-in
that follows at once: whoever goes on to another page has them thrown away.
"""

import base64
import hashlib
import json
from collections.abc import Callable
from urllib.parse import urlsplit

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

TYPED = "typed"
MOST_CHARACTERS = 64 * 1024
MOST_PAGES = 3


class SignInNeeded(Exception):
    """This page is for people who have signed in."""


class KeepTypedMiddleware:
    """Answers `SignInNeeded` from any view: keeps what was typed and asks for the sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, SignInNeeded):
            return None
        page = page_of(request)
        if request.method == "POST":
            keep(request, urlsplit(page).path)
        return redirect_to_login(page)


def page_of(request: HttpRequest) -> str:
    """The page to come back to: the one asked for, or the one that held the form."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    held = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(held, {request.get_host()}, require_https=request.is_secure()):
        return request.get_full_path()
    parts = urlsplit(held)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def keep(request: HttpRequest, path: str) -> None:
    """Keep the posted fields for the page at this path; never secrets, never files, never too much."""
    text = json.dumps(_worth_keeping(request.POST))
    if len(text) > MOST_CHARACTERS:
        return
    pages = request.session.get(TYPED, {})
    pages.pop(path, None)
    pages[path] = _seal().encrypt(text.encode()).decode()
    request.session[TYPED] = dict(list(pages.items())[-MOST_PAGES:])


def kept_fields(request: HttpRequest) -> dict[str, str | list[str]] | None:
    """What was typed on this page before the sign-in expired, fit to be a form's `initial`; None if nothing was."""
    token = request.session.get(TYPED, {}).get(request.path)
    fields = _opened(token) if token else None
    request.typed_is_kept = fields is not None
    return fields


def waits_for(request: HttpRequest, page: str) -> bool:
    """Whether something typed waits for the sign-in that leads on to this page."""
    return urlsplit(page).path in request.session.get(TYPED, {})


def keep_only(request: HttpRequest, page: str) -> None:
    """Throw away what was typed on other pages than the one that the person goes on to."""
    pages = request.session.get(TYPED)
    if pages is not None:
        path = urlsplit(page).path
        request.session[TYPED] = {path: pages[path]} if path in pages else {}


def forget(request: HttpRequest) -> None:
    """The page has been sent; what was kept for it has done its work."""
    pages = request.session.get(TYPED, {})
    held = urlsplit(page_of(request)).path
    if request.path in pages or held in pages:
        request.session[TYPED] = {path: text for path, text in pages.items() if path not in (request.path, held)}


def _worth_keeping(posted: QueryDict) -> dict[str, str | list[str]]:
    fields = {}
    for name, values in posted.lists():
        if name == "csrfmiddlewaretoken" or "password" in name.lower():
            continue
        fields[name] = values if len(values) > 1 else values[0]
    return fields


def _seal() -> Fernet:
    key = hashlib.sha256(b"people.keeping" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _opened(token: str) -> dict[str, str | list[str]] | None:
    try:
        return json.loads(_seal().decrypt(token.encode()))
    except InvalidToken:  # sealed with a key that has since been changed
        return None
