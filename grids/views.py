"""The outlines of areas, for the map: public data, cached for good under the mark of their content."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from grids.maps import MapFile, map_file, outlines_url
from grids.models import AreaKind


@require_safe
def outlines(request: HttpRequest, kind: str, mark: str) -> HttpResponse:
    if kind not in AreaKind.values:
        raise Http404
    file = map_file(kind)
    if mark != file.mark:
        return redirect(outlines_url(kind))
    known = request.headers.get("If-None-Match", "")
    response = HttpResponse(status=304) if f'"{mark}"' in known else answer(request, file)
    response["ETag"] = f'"{mark}"'
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def answer(request: HttpRequest, file: MapFile) -> HttpResponse:
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return HttpResponse(file.body, content_type="application/geo+json")
    return HttpResponse(file.packed, content_type="application/geo+json", headers={"Content-Encoding": "gzip"})
