"""What became of the whistles of each street."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cases.filters import LATELY
from desk.whistles import codes_of, rows_of
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def whistles(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    if not codes_of(standing):
        raise Http404
    rows = rows_of(standing, at)
    facts = {
        "rows": rows,
        "days": LATELY.days,
        "cases": sum(row.cases for row in rows),
        "vain": sum(row.vain for row in rows),
    }
    return render(request, "desk/whistles.html", facts)
