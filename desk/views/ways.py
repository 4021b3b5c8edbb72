"""How a case and a unit's part in it go: the tables of moves, for whoever works with them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from desk.ways import machines
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def ways(request: HttpRequest) -> HttpResponse:
    reader(request)
    return render(request, "desk/ways.html", {"machines": machines()})
