"""Lists of cases to browse."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cases.models import State
from desk.lines import lines_of
from desk.listing import EVERY, OPEN, SIZE, Facets, Filters, visible
from desk.reader import reader
from desk.rows import named
from desk.views.my_work import Chip
from people.access import staff_required
from people.addresses import number_in

WORDS = {OPEN: _("Open cases"), EVERY: _("All cases"), **{state.value: state.label for state in State}}


@require_safe
@staff_required
def cases(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    filters = Filters.read(request.GET)
    seen = visible(standing, filters)
    facets = Facets(seen, filters)
    before = number_in(request.GET.get("before"))
    rows = filters.apply(seen).order_by("-pk")
    found = lines_of(rows.filter(pk__lt=before) if before else rows, SIZE + 1, at)
    more = len(found) > SIZE
    here = filters.address()
    facts = {
        "at": at,
        "filters": filters,
        "heading": WORDS[filters.state],
        "total": facets.count(),
        "every": facets.count(state=EVERY, category="", street=""),
        "chips": chips(facets),
        "categories": [(row.code, named(row), number) for row, number in facets.categories],
        "streets": [(row.code, row.name, number) for row, number in facets.streets],
        "lines": found[:SIZE],
        "older": _with(here, f"before={found[SIZE - 1].case.pk}") if more else "",
        "newest": here if before else "",
        "page_size": SIZE,
    }
    return render(request, "desk/cases.html", facts)


def chips(facets: Facets) -> list[Chip]:
    """The states there is something of; all open ones first, everything last."""
    current = facets.filters.state
    wanted = [code for code in facets.states if facets.states[code] or code in (OPEN, current)]
    return [
        Chip(facets.filters.address(state=code), WORDS[code], facets.states[code], code == current) for code in wanted
    ]


def _with(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"
