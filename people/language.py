"""The language of a page: the one this browser chose here, and Chinese until somebody chooses."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

PROGRAMS = ("/api/v1/", "/api/schema/")
View = Callable[[HttpRequest], HttpResponse]


class ChosenLanguageMiddleware:
    """Reads the cookie that `set_language` leaves. What a browser says of itself does not count: office machines
    are often installed in another language than their users read. A program says Accept-Language on purpose."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with translation.override(chosen(request)):
            request.LANGUAGE_CODE = translation.get_language()  # type: ignore[attr-defined]
            response = self.get_response(request)
            patch_vary_headers(response, ("Cookie",))
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response


def chosen(request: HttpRequest) -> str:
    """A language that we have: the cookie's, or else what a program asks for, or else the default."""
    ours, asked = dict(settings.LANGUAGES), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    if asked in ours:
        return asked
    if not request.path.startswith(PROGRAMS):
        return settings.LANGUAGE_CODE
    for said, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()):
        for language in ours:
            if said.split("-")[0] == language.split("-")[0]:
                return language
    return settings.LANGUAGE_CODE
