"""Open cases on the map of the district, with a table of the same numbers beside it."""

import gzip
import json

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accountability.models import Category
from cases.filters import DUE
from desk.areas import GROUPS, Areas, Asked
from desk.points import Box, points_in
from desk.rows import named
from grids.maps import outlines_url
from grids.models import Area
from grids.reading import reader
from people.access import staff_required

HEADS = {"over": _("Overdue"), "today": _("Today"), "tomorrow": _("Tomorrow"), "later": _("Later")}


@require_safe
@staff_required
def whole(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    asked = Asked.read(request.GET)
    areas = Areas(asked, standing, at)
    total = areas.total
    facts = {
        "at": at,
        "asked": asked,
        "area": Area.objects.filter(code=asked.area).first() if asked.area else None,
        "open": sum(total),
        "over": total[GROUPS.index("over")],
        "rows": areas.rows(),
        "heads": [HEADS[GROUPS[nth]] for nth in asked.groups],
        "categories": [(row.code, named(row)) for row in Category.objects.all()],
        "dues": DUE.items(),
        "provisional": Area.objects.filter(provisional=True).exists(),
        "outlines": [outlines_url("street"), outlines_url("grid")],
        "counts": asked.address("desk:map_counts", area=""),
        "points": asked.address("desk:map_points", area=""),
        "up": asked.address("desk:map", area=""),
    }
    return render(request, "desk/map.html", facts)


@require_safe
@staff_required
def counts(request: HttpRequest) -> HttpResponse:
    """How many open cases each street and grid has, by time left; unchanged counts are not sent again."""
    at, standing = reader(request)
    areas = Areas(Asked.read(request.GET), standing, at)
    if request.headers.get("If-None-Match") == areas.tag:
        answer = HttpResponse(status=304)
    else:
        answer = _packed(request, {"groups": GROUPS, "areas": areas.by_code})
    answer["ETag"] = areas.tag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Accept-Encoding", "Cookie"])
    return answer


@require_safe
@staff_required
def points(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    box = Box.read(request.GET.get("box", ""))
    if box is None:
        raise Http404
    answer = JsonResponse(
        points_in(box, Asked.read(request.GET), standing, at), json_dumps_params={"ensure_ascii": False}
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _packed(request: HttpRequest, said: dict[str, object]) -> HttpResponse:
    body = json.dumps(said, separators=(",", ":")).encode()
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(body, content_type="application/json")
    packed = gzip.compress(body, compresslevel=4, mtime=0)
    return HttpResponse(packed, content_type="application/json", headers={"Content-Encoding": "gzip"})
