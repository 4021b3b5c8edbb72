"""The manual of one item of a draft: written part by part, kept with the version."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.actions import ListRefused, save_manual
from accountability.actions.manuals import manual_stamp
from accountability.models import Item, ItemVersion
from desk.itemlist import said_in
from desk.manual import made, manual_of, parts_of
from desk.manualforms import ManualForm
from desk.views.listdrafts import INCOMPLETE, STATUS, found
from desk.views.listitems import closed, taken_off
from desk.writings import PARTS
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    at, standing = reader(request)
    draft = found(standing, pk)
    item = get_object_or_404(Item, code=code)
    shut = closed(request, standing, draft)
    if shut:
        return shut
    said = said_in(draft, item)
    if said is None:
        return taken_off(request)
    now = manual_of(said, at)
    if request.method != "POST":
        words = {"seen": manual_stamp(draft, item), **now.written, **(kept_fields(request) or {})}
        return _page(request, said, ManualForm(initial=words, made=made(now)))
    form = ManualForm(request.POST, made=made(now))
    if not form.is_valid():
        return _page(request, said, form, INCOMPLETE)
    try:
        save_manual(draft, item, parts=form.said(), seen=form.cleaned_data["seen"], by=standing, at=at)
    except ListRefused as refusal:
        return _again(request, said, form, refusal)
    messages.success(request, _("Saved in the draft. Nothing is changed until a second person approves it."))
    return redirect("desk:manual_edit", draft.pk, item.code)


def _page(request: HttpRequest, said: ItemVersion, form: ManualForm, status: int = 200, **more: Any) -> HttpResponse:
    facts = {"draft": said.version, "item": said.item, "said": said, "form": form, **more}
    return render(request, "desk/manual_edit.html", facts, status=status)


def _again(request: HttpRequest, said: ItemVersion, form: ManualForm, refusal: ListRefused) -> HttpResponse:
    """The same form with the reason. Where somebody else was faster, their words stand beside it."""
    form.add_error(None, refusal.sentence)
    status = STATUS.get(str(refusal.code), INCOMPLETE)
    if refusal.code != "stale":
        return _page(request, said, form, status)
    form.data = {**form.data.dict(), "seen": manual_stamp(said.version, said.item)}
    theirs = parts_of(getattr(said, "manual", None))
    told = [(label, theirs.get(part, "")) for part, label in PARTS.items()]
    return _page(request, said, form, status, stale=True, theirs=[one for one in told if one[1]])
