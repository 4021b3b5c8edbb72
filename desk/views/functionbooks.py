"""A workbook of the functions: chosen, compared with what is in force, drafted as one change of them or given up."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accountability.actions import ListRefused
from cases.changing.functions import ROWS, WHOLE
from changes.difference import Line, difference
from changes.forms import DraftForm
from changes.kinds import ChangeRefused, kind_of
from changes.querysets import kinds_seen
from changes.workflow import first_day
from desk.actions import functionimports, listimports
from desk.listimportforms import FunctionsForm
from desk.models import ListImport, ListImportState
from desk.views.bookpages import FORBIDDEN, INCOMPLETE, begun, faults_shown, page, told
from files.answering import in_json, piece_in
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in

LINES_A_PAGE = 20


def _drafts(standing: Standing) -> None:
    """Raises Http404 for whoever does not know of it, ChangeRefused for whoever may not."""
    if functionimports.KIND not in kinds_seen(standing):
        raise Http404
    functionimports.check_may(standing)


def _is_there_for(standing: Standing) -> None:
    """Raises Http404 for whoever drafts no functions."""
    try:
        functionimports.check_may(standing)
    except ChangeRefused:
        raise Http404 from None


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    try:
        _drafts(standing)
    except ChangeRefused as refused:
        return render(request, "desk/change_refused.html", {"reason": refused.sentence}, status=FORBIDDEN)
    form = FunctionsForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            one = functionimports.compare(form.cleaned_data["file"], by=standing, at=at)
        except ListImport.DoesNotExist:
            form.add_error("file", _("This file is not known any more. Choose it again."))
        except ListRefused as refused:
            form.add_error("file", refused.sentence)
        else:
            return redirect("desk:functions_book", one.pk)
    mine = ListImport.objects.of(request.user).at_hand(at).exclude(functions=None).order_by("-asked_at")
    facts = {"form": form, "mine": mine.defer("seen")[:5]}
    return render(request, "desk/functions_book_new.html", facts, status=INCOMPLETE if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is, what it would change, or what is wrong with it; sent, it becomes the draft of a change."""
    at, standing = reader(request)
    shown = _found(request, pk, at)
    form = DraftForm(
        request.POST or None, tables=(), rows={}, initial={"day": first_day(kind_of(functionimports.KIND), at)}
    )
    if not form.is_bound or not form.is_valid():
        return _page(request, shown, form, at, INCOMPLETE if form.is_bound else 200)
    said = {name: form.cleaned_data[name] for name in ("title", "basis", "reason", "day")}
    try:
        made = functionimports.save(pk, **said, by=standing, at=at)
    except ChangeRefused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, shown, form, at, INCOMPLETE)
    messages.success(request, _("Saved as a draft. Nothing is changed until a second person approves it."))
    return redirect("desk:change", made.pk)


def _found(request: HttpRequest, pk: UUID, at: datetime) -> ListImport:
    """Their own. Raises Http404."""
    rows = ListImport.objects.of(request.user).at_hand(at).exclude(functions=None).select_related("functions")
    return get_object_or_404(rows, pk=pk)


def _page(request: HttpRequest, shown: ListImport, form: DraftForm, at: datetime, status: int) -> HttpResponse:
    facts: dict[str, Any] = {"form": form}
    if shown.state == ListImportState.READY:
        wrong = shown.counts["faults"]
        facts |= faults_shown(request, shown, _here(shown)) if wrong else _lines(request, shown, at)
    return page(request, "desk/functions_book.html", shown, facts, status)


def _lines(request: HttpRequest, shown: ListImport, at: datetime) -> dict[str, Any]:
    """Against what is in force now, some rows at a time."""
    kind = kind_of(functionimports.KIND)
    found = difference(kind.tables(WHOLE), kind.read(WHOLE, at), {ROWS: shown.seen["rows"]})
    after = min(number_in(request.GET.get("after")) or 0, len(found))
    last = after + LINES_A_PAGE
    older = f"?{urlencode({'after': last})}#rows" if last < len(found) else ""
    return {
        "lines": found[after:last], "all": len(found), "counts": _counts(found), "older": older,
        "newest": _here(shown) if after else "", "page_size": LINES_A_PAGE,
    }  # fmt: skip


def _counts(found: list[Line]) -> dict[str, int]:
    return {what: sum(line.what == what for line in found) for what in ("new", "changed", "gone")}


def _here(shown: ListImport) -> str:
    return reverse("desk:functions_book", args=[shown.pk])


@require_POST
@staff_required
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    at, _standing = reader(request)
    listimports.give_up(_found(request, pk, at).pk, by=request.user)
    messages.success(request, _("The workbook is given up. Nothing was saved."))
    return redirect("desk:changes")


@require_POST
@staff_required
@in_json
def begin(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)

    def take(**said: Any) -> ListImport:
        _drafts(standing)
        return functionimports.begin(**said, by=standing, at=at)

    return begun(request, take)


@require_POST
@staff_required
@in_json
def piece(request: HttpRequest, file: UUID, offset: int) -> HttpResponse:
    at, standing = reader(request)
    _is_there_for(standing)
    return told(listimports.add_piece(file, by=request.user, offset=offset, data=piece_in(request), at=at))


@require_GET
@staff_required
@in_json
def status(request: HttpRequest, file: UUID) -> HttpResponse:
    _is_there_for(reader(request)[1])
    return told(ListImport.objects.of(request.user).exclude(functions=None).get(pk=file))
