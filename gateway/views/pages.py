"""The page of imports: choose, try, take in; and what became of each."""

import csv
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit import clock
from gateway import actions
from gateway.access import importers_only
from gateway.actions.uploading import ImportRefused
from gateway.forms import ImportForm
from gateway.models import Import, ImportFault
from gateway.showing import Shown, page_of
from people.addresses import number_in
from people.cells import harmless

SIZE = 20
ROWS = 50
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@require_http_methods(["GET", "HEAD", "POST"])
@importers_only
def imports(request: HttpRequest) -> HttpResponse:
    """Choose a mapping and a file; below, what came in before."""
    form = ImportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            mapping, pk = form.chosen()
            actions.check(pk, mapping=mapping, by=request.user, at=clock.now())
        except Import.DoesNotExist:
            form.add_error("file", _("This file is not known any more. Choose it again."))
        except ImportRefused as refused:
            form.add_error("file", refused.sentence)
        else:
            return redirect("gateway:import", pk)
    return render(request, "gateway/imports.html", {"form": form, **_history(request)})


def _history(request: HttpRequest) -> dict[str, object]:
    """By the moment at which the file began to arrive, some at a time."""
    before = number_in(request.GET.get("before"))
    rows = Import.objects.history().select_related("sender", "taken_by")
    if before:
        rows = rows.filter(began_at__lt=EPOCH + before * MICROSECOND)
    found = list(rows[: SIZE + 1])
    older = f"?before={(found[SIZE - 1].began_at - EPOCH) // MICROSECOND}" if len(found) > SIZE else ""
    newest = reverse("gateway:imports") if before else ""
    return {"history": [Shown(row) for row in found[:SIZE]], "older": older, "newest": newest, "page_size": SIZE}


@require_safe
@importers_only
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    shown = Shown(_found(pk))
    after = number_in(request.GET.get("after")) or 0
    rows, onward = page_of(shown.row.faults.all(), min(after, 2**31 - 1), ROWS)
    here = reverse("gateway:import", args=[pk])
    facts = {
        "shown": shown, "rows": rows, "older": f"{here}?after={onward}" if onward else "",
        "newest": here if after else "", "page_size": ROWS, "at": clock.now(),
    }  # fmt: skip
    return render(request, "gateway/import.html", facts)


@require_POST
@importers_only
def take(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _changed(request, pk, lambda: actions.take(pk, by=request.user, at=clock.now()))


@require_POST
@importers_only
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _changed(request, pk, lambda: actions.give_up(pk, at=clock.now()))


def _changed(request: HttpRequest, pk: UUID, change) -> HttpResponse:
    _found(pk)
    try:
        change()
    except ImportRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("gateway:import", pk)


@require_safe
@importers_only
def rows(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The rows that are left out, as a table that every table program opens."""
    found = _found(pk)
    lines = _lines(found, [_("Row number"), _("Column"), _("Why")], get_language())
    answer = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="rows-{pk.hex[:8]}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


class _Echo:
    """Hands on each line as it is written."""

    def write(self, line: str) -> str:
        return line


def _lines(found: Import, headings: list[str], language: str) -> Iterator[str]:
    """Written after the page's language is forgotten, so each line brings it along."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow(headings)
    for fault in found.faults.order_by("row").iterator(chunk_size=1000):
        with override(language):
            line = writer.writerow(_cells(fault))
        yield line


def _cells(fault: ImportFault) -> list[str | int]:
    return [fault.row, harmless(fault.column), harmless(fault.why)]


def _found(pk: UUID) -> Import:
    """What was never handed over whole is nobody's to see."""
    return get_object_or_404(Import.objects.history().select_related("sender", "taken_by"), pk=pk)
