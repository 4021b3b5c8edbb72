"""The queue page: what waits to be accepted, one of them open beside the list."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.queue import SIZE, address, opened, page_of
from desk.undoing import just_done
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def queue(request: HttpRequest) -> HttpResponse:
    """The one that the address names is open, else the first."""
    at, standing = reader(request)
    after, asked = request.GET.get("after", ""), request.GET.get("case", "")
    page = page_of(standing, at, after)
    chosen = opened(asked, standing, at, request.GET.get("item", ""))
    first = page.lines[0].case.number if page.lines else ""
    shown = {
        "at": at,
        "page": page,
        "rows": [(line, address(line.case.number, after)) for line in page.lines],
        "opened": chosen or opened(first, standing, at),
        "chosen": bool(chosen),
        "undo": just_done(standing, at),
        "gone": asked if asked and not chosen else "",
        "back": address(after=after),
        "older": address(after=page.after) if page.after else "",
        "newest": address() if after else "",
        "page_size": SIZE,
    }
    return render(request, "desk/queue.html", shown)
