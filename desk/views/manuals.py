"""The flow chart and the manual of an item, on a page that prints; beside a case, its present step is lit."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from accountability.models import Item, ItemVersion
from cases.models import Case
from desk import manual_print
from desk.itemlist import history
from desk.manual import manual_of
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required


@require_safe
@staff_required
def manual(request: HttpRequest, code: str) -> HttpResponse:
    at, standing = reader(request)
    case = _case(request.GET.get("case", ""), code, standing)
    said = _version(get_object_or_404(Item, code=code), at, case, request.GET.get("version", ""))
    page = "desk/_flow.html" if "part" in request.GET else "desk/manual.html"
    return render(request, page, {"manual": manual_of(said, at, case), "item": said.item, "said": said, "case": case})


@require_safe
@staff_required
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The same manual as a PDF."""
    at, standing = reader(request)
    case = _case(request.GET.get("case", ""), code, standing)
    said = _version(get_object_or_404(Item, code=code), at, case, request.GET.get("version", ""))
    answer = HttpResponse(manual_print.printed(manual_of(said, at, case), at), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="manual-{said.item.code}-v{said.version.number}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _case(number: str, code: str, standing: Standing) -> Case | None:
    """Found through what this person may see, and under this item; nothing was asked for without a number."""
    if not number:
        return None
    rows = Case.objects.visible_to(standing).select_related("list_version")
    return get_object_or_404(rows, number=number, item__code=code)


def _version(item: Item, at: datetime, case: Case | None, wanted: str) -> ItemVersion:
    """The version that the case keeps, the one asked for, or the one in force today."""
    versions = history(item)
    number = str(case.list_version.number) if case and case.list_version else wanted
    today = next((row for row in versions if row.version.in_force_from <= localdate(at)), None)
    found = next((row for row in versions if str(row.version.number) == number), today or next(iter(versions), None))
    if found is None:
        raise Http404
    found.item = item
    return found
