"""The page of one case."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assessment.reckoning import may_reckon
from desk.case_page import page_of
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def case(request: HttpRequest, number: str) -> HttpResponse:
    at, standing = reader(request)
    page = page_of(number, standing, at, request.GET.get("show", ""))
    case = page.rows.case
    facts = {"page": page, "case": case, "at": at, "may_reckon": may_reckon(case, standing)}
    return render(request, "desk/case.html", facts)
