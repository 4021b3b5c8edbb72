"""The callback list: who is to be called now, and who later."""

from datetime import datetime
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accountability.models import Urgency
from desk.callbacks import SIZE, CallList, Key, calls
from engagement.calling import hours_in_words
from grids.reading import reader
from people.access import staff_required
from people.addresses import number_in


@require_safe
@staff_required
def callbacks(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    if not calls(standing):
        raise Http404
    every = CallList(standing, at)
    rows, more = every.page(_read(request.GET.get("after", "")))
    return render(request, "desk/callbacks.html", {
        "at": at,
        "count": every.count,
        "hours": hours_in_words(every.plans.of(Urgency.NORMAL)),
        "rule": every.plans.rule,
        "now": [row for row in rows if not row.later],
        "later": [row for row in rows if row.later],
        "older": _address(more) if more else "",
        "newest": reverse("desk:callbacks") if "after" in request.GET else "",
        "page_size": SIZE,
    })  # fmt: skip


def _address(key: Key) -> str:
    after = f"{key[0].isoformat() if key[0] else ''},{key[1]}"
    return f"{reverse('desk:callbacks')}?{urlencode({'after': after})}"


def _read(after: str) -> Key | None:
    """The row behind which a page begins; what is none begins at the beginning."""
    said, _comma, number = after.rpartition(",")
    pk = number_in(number)
    try:
        when = datetime.fromisoformat(said) if said else None
    except ValueError:
        return None
    return (when, pk) if pk is not None and (when is None or when.tzinfo) else None
