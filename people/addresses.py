"""What stands in an address, read with care: anybody may type anything there."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse

LONGEST_NUMBER = 18  # digits that fit a key of the database


def number_in(text: str | None) -> int | None:
    """The whole number that this is; None where it is something else, or larger than any key."""
    return int(text) if text and len(text) <= LONGEST_NUMBER and text.isdecimal() else None


class PlainAddressMiddleware:
    """No page has a NUL in its address, and the database refuses to look for one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: object) -> None:
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404


def onward(request: HttpRequest, name: str, last: str) -> dict[str, str]:
    """For the pager: where the rows behind `last` are ("" where none follow), and where the first ones.

    Whatever else the address asks stays as it is.
    """
    asked = request.GET.dict()
    here = asked.pop(name, "")
    older = f"?{urlencode({**asked, name: last})}" if last else ""
    return {"older": older, "newest": f"?{urlencode(asked)}" if here else ""}
