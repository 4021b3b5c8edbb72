"""Pages of what is made off the request."""

from django.http import HttpResponse

EVERY_SECONDS = 3


def loads_again(answer: HttpResponse, waits: bool, every: int = EVERY_SECONDS) -> HttpResponse:
    """The browser keeps nothing of it, and loads it again by itself while there is something to wait for."""
    answer["Cache-Control"] = "no-store"
    if waits:
        answer["Refresh"] = str(every)
    return answer
