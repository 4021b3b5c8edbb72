"""The draft form of a change: of a subject that nobody has drafted yet, or of a draft that its author goes on with."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.models import ListVersion
from cases.changing.functions import WHOLE
from changes.actions import Wanted, draft, edit
from changes.forms import DraftForm
from changes.kinds import ChangeRefused, kind_of
from changes.models import Change, Verb
from changes.querysets import kinds_seen
from changes.workflow import check, check_drafter, first_day
from desk.actions import functionimports
from desk.changing import LISTED
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields

INCOMPLETE, CONFLICT = 422, 409
ALL_FUNCTIONS = (functionimports.KIND, WHOLE)  # written in a workbook
Save = Callable[[Wanted, int], Change]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    """The address names kind and subject, as the list's chooser sends them."""
    at, standing = reader(request)
    kind, subject = request.GET.get("kind", ""), request.GET.get("subject", "")
    if kind not in kinds_seen(standing):
        raise Http404
    if kind == LISTED:
        return redirect("desk:list_versions")
    if (kind, subject) == ALL_FUNCTIONS:
        return redirect("desk:functions_book_new")
    try:
        label = kind_of(kind).label(subject)
    except ChangeRefused:
        raise Http404 from None
    try:
        check_drafter(kind_of(kind), subject, standing)
    except ChangeRefused as refusal:
        return _refused(request, refusal)

    def save(wanted: Wanted, seen: int) -> Change:
        return draft(kind, subject, wanted=wanted, by=standing, at=at)

    return _draft(request, Change(kind=kind, subject=subject), label, {}, save, at)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    found = get_object_or_404(Change.objects.visible_to(standing).select_related("drafted_by"), pk=pk)
    try:
        check(found, Verb.EDIT, standing)
    except ChangeRefused as refusal:
        return _refused(request, refusal)
    if found.kind == LISTED:
        return _to_its_draft(found)
    if (found.kind, found.subject) == ALL_FUNCTIONS:
        return redirect("desk:functions_book_new")
    said = {"title": found.title, "basis": found.basis, "reason": found.reason, "day": found.in_force_from}

    def save(wanted: Wanted, seen: int) -> Change:
        return edit(found, wanted=wanted, seen=seen, by=standing, at=at)

    label = kind_of(found.kind).label(found.subject)
    return _draft(request, found, label, {**said, "seen": found.version}, save, at)


def _to_its_draft(change: Change) -> HttpResponse:
    """A list is written item by item on the pages of its draft; a roll-back has none, and names what was in force."""
    draft = ListVersion.objects.filter(change=change).values_list("pk", flat=True).first()
    return redirect("desk:list_draft", draft) if draft else redirect("desk:change", change.pk)


def _draft(
    request: HttpRequest, change: Change, label: str, said: dict[str, Any], save: Save, at: datetime
) -> HttpResponse:
    """The same form for both; what is there already stands in it, and "more rows" only draws it anew."""
    kind = kind_of(change.kind)
    rows = change.after if change.pk else kind.read(change.subject, at)
    built = {"tables": kind.tables(change.subject), "rows": rows, "initial": {"day": first_day(kind, at), **said}}
    shown = {"change": change, "kind": kind, "label": label, "first_day": first_day(kind, at)}
    if request.method != "POST":
        built["initial"] |= kept_fields(request) or {}
        return render(request, "desk/change_edit.html", {**shown, "form": DraftForm(**built)})
    form = DraftForm(request.POST, **built)
    if "more" in request.POST:
        return render(request, "desk/change_edit.html", {**shown, "form": form.with_more_rows()})
    if not form.is_valid():
        return render(request, "desk/change_edit.html", {**shown, "form": form}, status=INCOMPLETE)
    try:
        made = save(form.wanted(), form.cleaned_data["seen"] or 0)
    except ChangeRefused as refusal:
        form.add_error(None, refusal.sentence)
        status = CONFLICT if refusal.code == "stale" else INCOMPLETE
        return render(request, "desk/change_edit.html", {**shown, "form": form}, status=status)
    messages.success(request, _("Saved as a draft. Nothing is changed until a second person approves it."))
    return redirect("desk:change", made.pk)


def _refused(request: HttpRequest, refusal: ChangeRefused) -> HttpResponse:
    return render(request, "desk/change_refused.html", {"reason": refusal.sentence}, status=403)
