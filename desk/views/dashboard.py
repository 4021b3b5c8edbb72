"""What a district, a street or a unit has open, what is due, and how it came out lately."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.dashboard.page import page_of
from desk.dashboard.scopes import chosen, scopes_of
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def dashboard(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    scopes = scopes_of(standing)
    if not scopes:
        raise Http404
    scope = chosen(scopes, request.GET)
    page = page_of(scope, standing, at, request.GET.get("all", ""))
    facts = {
        "at": at,
        "scopes": scopes,
        "scope": scope,
        "page": page,
        "open": scope.cases(),
        "today": scope.cases(due="today"),
        "over": scope.cases(due="over"),
        "whistled": scope.cases(state="all", whistled="just"),
    }
    return render(request, "desk/dashboard.html", facts)
