"""Searching the cases that one sees."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cases.models import Case
from desk.found import SIZE, Found, Key, find
from desk.hits import hits_of
from desk.search import Asked, numbered
from grids.reading import reader
from people.access import staff_required
from people.addresses import number_in


@require_safe
@staff_required
def search(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    asked = Asked.read(request.GET.get("q"))
    seen = Case.objects.visible_to(standing)
    whole = numbered(seen, asked)
    if whole and whole.number == asked.typed:
        return redirect("desk:case", whole.number)
    after = _after(request)
    found = find(seen, asked, after) if asked.words else Found(0, False, [], False)
    facts = {
        "at": at,
        "asked": asked,
        "found": found,
        "numbered": whole,
        "hits": hits_of(found.ids, asked, at) if found.keys else [],
        "older": _address(asked, found.keys[-1]) if found.rest else "",
        "newest": _address(asked) if after else "",
        "page_size": SIZE,
    }
    return render(request, "desk/search.html", facts)


def _after(request: HttpRequest) -> Key | None:
    """The case behind which this page goes on."""
    before = number_in(request.GET.get("before"))
    return None if before is None else ("ended" in request.GET, -before)


def _address(asked: Asked, last: Key | None = None) -> str:
    given = {"q": asked.typed}
    if last:
        ended, pk = last
        given |= {"before": str(-pk)} | ({"ended": "1"} if ended else {})
    return f"{reverse('desk:search')}?{urlencode(given)}"
