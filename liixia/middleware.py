"""What happens to every request, whichever page it asks for."""

import codecs
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from people.api.errors import of_api, plain

TOUCHED = "touched"


OTHER_SIGNS = "请用 UTF-8 发送。 Please send it in UTF-8."


class OneCharsetMiddleware:
    """A body in other signs than UTF-8 is refused before anything reads it; no browser sends one to these pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset")
        if charset is None or _is_utf8(charset):
            return self.get_response(request)
        if of_api(request):
            return plain(415, "unsupported_media_type", OTHER_SIGNS)
        return HttpResponse(OTHER_SIGNS, status=415, content_type="text/plain; charset=utf-8")


def _is_utf8(charset: str) -> bool:
    try:
        return codecs.lookup(charset).name == "utf-8"
    except (LookupError, ValueError):
        return False


class SlidingSessionMiddleware:
    """Half an hour without a page ends a session; a busy person's is renewed, at most once in five minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        session = request.session
        if session.accessed and SESSION_KEY in session:
            second = int(time.time())  # a cookie's age is the web server's affair, no judged moment
            if second - session.get(TOUCHED, 0) > settings.SESSION_TOUCH_EVERY:
                session[TOUCHED] = second
        return response
