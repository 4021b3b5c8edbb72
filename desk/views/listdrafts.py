"""A draft of the list: what it changes, begun, brought up to date, given up, and put forward to a second person."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.actions import ListRefused, begin, discard, propose, refresh
from accountability.changing.posts import LIST_DECIDING, LISTING
from accountability.duties import latest, next_day
from accountability.listing import KIND
from accountability.models import Item, ListKind, ListVersion
from changes.kinds import ChangeRefused
from changes.models import State
from changes.querysets import kinds_seen
from desk.draftforms import ProposeForm
from desk.itemlist import ITEMS_A_PAGE, difference, items_of
from desk.rows import named
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in, onward

INCOMPLETE, CONFLICT, FORBIDDEN = 422, 409, 403
STATUS = {"wrong_person": FORBIDDEN, "sent": CONFLICT, "stale": CONFLICT, "base_changed": CONFLICT}
FIELDS = {"in_past": "day"}  # where a refusal of the change belongs on the form; the others are about all of it
FOUND = 30


def found(standing: Standing, pk: int) -> ListVersion:
    """A draft that this person may read. Raises Http404."""
    rows = ListVersion.objects.visible_to(standing).filter(number=None)
    return get_object_or_404(rows.select_related("kind", "change__drafted_by", "base", "made_by"), pk=pk)


@require_POST
@staff_required
def new(request: HttpRequest) -> HttpResponse:
    """Begin a draft of a kind of list, perhaps with what an earlier version said; then to the item that was meant."""
    at, standing = reader(request)
    kind = get_object_or_404(ListKind, code=request.POST.get("kind", ""))
    source = number_in(request.POST.get("source"))
    said = get_object_or_404(ListVersion.objects.numbered().filter(kind=kind), pk=source) if source else None
    try:
        made = begin(kind, by=standing, at=at, source=said, label=request.POST.get("label", ""))
    except ListRefused as refusal:
        return refused(request, refusal)
    item = Item.objects.filter(code=request.POST.get("item", "")).first()
    return redirect("desk:item_edit", made.pk, item.code) if item else redirect("desk:list_draft", made.pk)


@require_safe
@staff_required
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    return _page(request, found(standing, pk), standing, at)


def _page(
    request: HttpRequest, version: ListVersion, standing: Standing, at: datetime, status: int = 200, **more: Any
) -> HttpResponse:
    words = request.GET.get("q", "").strip()[:40]
    differing = difference(version.base, version, request.GET.get("behind", ""))
    facts = {
        "draft": version,
        "kind_name": named(version.kind),
        "reads_changes": KIND in kinds_seen(standing),
        "stand": version.stand(localdate(at)),
        "differing": differing,
        **onward(request, "behind", differing.last),
        "page_size": ITEMS_A_PAGE,
        "may_write": LISTING.allows(standing, "") and version.open,
        "who_may": _("The establishment office changes the list; tell it what should stand here."),
        "editors": version.editors.order_by("pk"),
        "behind": _behind(version),
        "words": words,
        "hits": items_of(version, words)[:FOUND] if words else [],
        "decided_by": LIST_DECIDING.label,
        **more,
    }
    return render(request, "desk/list_draft.html", facts, status=status)


def _behind(version: ListVersion) -> ListVersion | None:
    """The version that came into force since the draft began."""
    newest = latest(version.kind)
    return newest if newest and newest.pk != version.base_id else None


@require_POST
@staff_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    at, standing = reader(request)
    version = found(standing, pk)
    try:
        return ACTS[verb](request, version, standing, at)
    except ListRefused as refusal:
        status = STATUS.get(str(refusal.code), INCOMPLETE)
        return _page(request, found(standing, pk), standing, at, status, refusal=refusal.sentence)


def _discard(request: HttpRequest, version: ListVersion, standing: Standing, at: datetime) -> HttpResponse:
    discard(version, by=standing, at=at)
    messages.success(request, _("The draft is given up. Nothing was changed."))
    return redirect("desk:list_versions")


def _refresh(request: HttpRequest, version: ListVersion, standing: Standing, at: datetime) -> HttpResponse:
    both = refresh(version, by=standing, at=at)
    said = _("The draft is up to date.")
    if both:
        said += " " + _("These were changed on both sides; read them again: %(codes)s.") % {"codes": ", ".join(both)}
    messages.success(request, said)
    return redirect("desk:list_draft", version.pk)


ACTS: dict[str, Callable[[HttpRequest, ListVersion, Standing, datetime], HttpResponse]] = {
    "discard": _discard,
    "refresh": _refresh,
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def forward(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, ground and day; then the page of the change shows difference and impact and sends it."""
    at, standing = reader(request)
    version = found(standing, pk)
    if not LISTING.allows(standing, ""):
        return refused(request, ListRefused(_("The establishment office changes the list."), "wrong_person"))
    form = ProposeForm(request.POST if request.method == "POST" else None, initial=_said_before(version, at))
    if request.method != "POST" or not form.is_valid():
        return _forward_page(request, version, form, at, INCOMPLETE if form.is_bound else 200)
    try:
        made = propose(version, **form.cleaned_data, by=standing, at=at)
    except (ListRefused, ChangeRefused) as refusal:
        form.add_error(FIELDS.get(str(refusal.code)), refusal.sentence)
        return _forward_page(request, version, form, at, STATUS.get(str(refusal.code), INCOMPLETE))
    messages.success(request, _("Saved as a draft. Nothing is changed until a second person approves it."))
    return redirect("desk:change", made.pk)


def _said_before(version: ListVersion, at: datetime) -> dict[str, Any]:
    change = version.change
    if change is None or change.state != State.DRAFT:
        return {"day": next_day(at), "title": version.label}
    day = max(change.in_force_from, next_day(at))
    return {"day": day, "title": change.title, "basis": change.basis, "reason": change.reason}


def _forward_page(
    request: HttpRequest, version: ListVersion, form: ProposeForm, at: datetime, status: int
) -> HttpResponse:
    facts = {"draft": version, "form": form, "first_day": next_day(at), "decided_by": LIST_DECIDING.label}
    return render(request, "desk/list_forward.html", facts, status=status)


def refused(request: HttpRequest, refusal: ListRefused) -> HttpResponse:
    status = STATUS.get(str(refusal.code), INCOMPLETE)
    return render(request, "desk/item_refused.html", {"reason": refusal.sentence}, status=status)
