"""A workbook for a draft of the list: chosen, compared with the draft, saved in it or given up."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.actions import DraftMoved, ListRefused
from accountability.models import ListVersion
from desk.actions import listimports
from desk.listimportforms import WorkbookForm
from desk.listpreview import ITEMS_A_PAGE, What, differing, moved
from desk.models import ListImport, ListImportState
from desk.rows import named
from desk.views.bookpages import faults_shown, page
from desk.views.listdrafts import INCOMPLETE, STATUS, found
from desk.views.listitems import closed
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required

MOST_NAMED = 20


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a workbook for a draft; then it is compared with it."""
    at, standing = reader(request)
    draft = found(standing, pk)
    if refused_here := closed(request, standing, draft):
        return refused_here
    form = WorkbookForm(request.POST or None, draft=draft)
    if request.method == "POST" and form.is_valid():
        try:
            one = listimports.compare(form.cleaned_data["file"], by=standing, at=at)
        except ListImport.DoesNotExist:
            form.add_error("file", _("This file is not known any more. Choose it again."))
        except ListRefused as refusal:
            form.add_error("file", refusal.sentence)
        else:
            return redirect("desk:list_import", one.pk)
    mine = ListImport.objects.of(request.user).at_hand(at).filter(draft=draft).order_by("-asked_at")
    facts = {"draft": draft, "form": form, "mine": mine.defer("seen")[:5]}
    return render(request, "desk/list_import_new.html", facts, status=INCOMPLETE if form.errors else 200)


@require_safe
@staff_required
def one(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is, what it would change, or what is wrong with it; loads itself again while there is to wait."""
    at, standing = reader(request)
    return _page(request, _found(request, standing, pk, at))


def _found(request: HttpRequest, standing: Standing, pk: UUID, at: datetime) -> ListImport:
    """Their own, of a draft that they still see. Raises Http404."""
    rows = ListImport.objects.of(request.user).at_hand(at).select_related("draft__kind").defer("seen")
    return get_object_or_404(rows.filter(draft__in=ListVersion.objects.visible_to(standing)), pk=pk)


def _page(request: HttpRequest, shown: ListImport, status: int = 200, **more: Any) -> HttpResponse:
    facts = {"draft": shown.draft, "kind_name": named(shown.draft.kind), **more}
    if shown.state == ListImportState.READY:
        wrong = shown.counts["faults"]
        facts |= faults_shown(request, shown, _here(shown)) if wrong else _differing(request, shown)
    return page(request, "desk/list_import.html", shown, facts, status)


def _differing(request: HttpRequest, shown: ListImport) -> dict[str, Any]:
    what, after = request.GET.get("what", ""), request.GET.get("after", "")[:12]
    if what not in ("", *What.values):
        raise Http404
    items, last = differing(shown, what, after)
    asked = {"what": what} if what else {}
    chips = [(sort.value, sort.label, shown.counts[sort.value], sort.value == what) for sort in What]
    return {
        "items": items, "what": what, "chips": chips, "all": sum(shown.counts[sort] for sort in What.values),
        "older": f"?{urlencode({**asked, 'after': last})}#items" if last else "",
        "newest": f"{_here(shown)}?{urlencode(asked)}" if after else "", "page_size": ITEMS_A_PAGE,
    }  # fmt: skip


def _here(shown: ListImport) -> str:
    return reverse("desk:list_import", args=[shown.pk])


@require_POST
@staff_required
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    at, standing = reader(request)
    shown = _found(request, standing, pk, at)
    try:
        draft = listimports.save(pk, by=standing, at=at)
    except DraftMoved as stale:
        codes = stale.codes[:MOST_NAMED]
        more = {"moved": moved(shown, codes), "unnamed": len(stale.codes) - len(codes)}
        return _page(request, shown, STATUS["stale"], refusal=stale.sentence, **more)
    except ListRefused as refusal:
        return _page(request, shown, STATUS.get(str(refusal.code), INCOMPLETE), refusal=refusal.sentence)
    messages.success(request, _("Saved in the draft. Nothing is changed until a second person approves it."))
    return redirect("desk:list_draft", draft.pk)


@require_POST
@staff_required
def again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compare it with the draft as it stands now."""
    at, standing = reader(request)
    shown = _found(request, standing, pk, at)
    try:
        listimports.compare(pk, by=standing, at=at)
    except ListRefused as refusal:
        return _page(request, shown, STATUS.get(str(refusal.code), INCOMPLETE), refusal=refusal.sentence)
    return redirect("desk:list_import", pk)


@require_POST
@staff_required
def give_up(request: HttpRequest, pk: UUID) -> HttpResponse:
    at, standing = reader(request)
    shown = _found(request, standing, pk, at)
    listimports.give_up(pk, by=request.user)
    messages.success(request, _("The workbook is given up. Nothing was saved."))
    return redirect("desk:list_draft", shown.draft_id)
