"""What happens to every request, whichever page it asks for."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

TOUCHED = "touched"


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
