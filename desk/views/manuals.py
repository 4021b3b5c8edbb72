"""The flow chart and the manual of an item, on a page that prints; beside a case, its present step is lit."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accountability.models import Item, ItemVersion, ListVersion
from cases.models import Case
from desk import manual_print
from desk.itemlist import off_on, spoken_in, with_duties
from desk.manual import manual_of
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in


@require_safe
@staff_required
def manual(request: HttpRequest, code: str) -> HttpResponse:
    at, standing = reader(request)
    case, said = _asked(request, code, standing, at)
    page = "desk/_flow.html" if "part" in request.GET else "desk/manual.html"
    facts = {
        "manual": manual_of(said, at, case),
        "item": said.item,
        "said": said,
        "case": case,
        "off": _off(said.item, at),
        "stand": said.version.stand(localdate(at)),
    }
    return render(request, page, facts)


@require_safe
@staff_required
def printed(request: HttpRequest, code: str) -> HttpResponse:
    """The same manual as a PDF."""
    at, standing = reader(request)
    case, said = _asked(request, code, standing, at)
    pdf = manual_print.printed(manual_of(said, at, case), at, _off(said.item, at))
    answer = HttpResponse(pdf, content_type="application/pdf")
    named = f"v{said.version.number}" if said.version.number else f"draft{said.version_id}"
    answer["Content-Disposition"] = f'inline; filename="manual-{said.item.code}-{named}.pdf"'
    answer["Cache-Control"] = "private, no-store"
    return answer


def _asked(request: HttpRequest, code: str, standing: Standing, at: datetime) -> tuple[Case | None, ItemVersion]:
    case = _case(request.GET.get("case", ""), code, standing)
    item = get_object_or_404(Item, code=code)
    draft = number_in(request.GET.get("draft"))
    said = _in_draft(item, draft, standing) if draft else _version(item, at, case, request.GET.get("version", ""))
    said.item = item
    return case, with_duties(said)


def _case(number: str, code: str, standing: Standing) -> Case | None:
    """Found through what this person may see, and under this item; nothing was asked for without a number."""
    if not number:
        return None
    rows = Case.objects.visible_to(standing).select_related("list_version")
    return get_object_or_404(rows, number=number, item__code=code)


def _in_draft(item: Item, draft: int, standing: Standing) -> ItemVersion:
    """As it would read: for whoever writes or decides drafts."""
    found = get_object_or_404(ListVersion.objects.visible_to(standing), pk=draft)
    return get_object_or_404(ItemVersion.objects.filter(item=item, version=found).select_related("version"))


def _version(item: Item, at: datetime, case: Case | None, wanted: str) -> ItemVersion:
    """The version that the case keeps, the one asked for, or the one in force today, else the last before."""
    versions = spoken_in(item)
    if case and case.list_version:
        found = next((row for row in versions if row.version_id == case.list_version_id), None)
    else:
        found = next((row for row in versions if str(row.version.number) == wanted), None)
        if wanted and found is None:
            raise Http404
    today = next((row for row in versions if row.version.in_force_from <= localdate(at)), None)
    found = found or today or next(iter(versions), None)
    if found is None:
        raise Http404
    return found


def _off(item: Item, at: datetime) -> str:
    """That no list holds the item today, and since when; "" where one does or will."""
    day = off_on(spoken_in(item), localdate(at))
    return _("Not on the list any more since %(day)s.") % {"day": day.isoformat()} if day else ""
