"""The ladder of reminding and supervising, for whoever works under it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accountability.worktime import LOCAL
from desk.changing import drafts
from desk.ladder import GAP, HIGH, bars
from grids.reading import reader
from people.access import staff_required


@require_safe
@staff_required
def ladder(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    found = bars(localdate(at, LOCAL))
    facts = {"bars": found, "tall": len(found) * (HIGH + GAP), "drafts": drafts("ladder", standing)}
    return render(request, "desk/ladder.html", facts)
