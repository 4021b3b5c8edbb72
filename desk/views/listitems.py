"""One item of a draft: read, written anew, added, taken off and put back, without losing anybody's words."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accountability.actions import ListRefused, add_item, put_back, save_item, take_off
from accountability.actions.items import stamp, whole_stamp
from accountability.actions.writing import GONE
from accountability.changing.posts import LISTING
from accountability.duties import duty_texts
from accountability.models import Item, ItemVersion, ListVersion
from desk.forms import ItemForm, NewItemForm
from desk.itemlist import changes, said_in
from desk.views.listdrafts import INCOMPLETE, STATUS, found, refused
from grids.reading import reader
from people.access import staff_required
from people.keeping import kept_fields

ACTS = {"off": take_off, "back": put_back}


def closed(request: HttpRequest, standing: Any, draft: ListVersion) -> HttpResponse | None:
    """The refusal, where this person does not write at this draft now."""
    if not LISTING.allows(standing, ""):
        told = _("The establishment office changes the list; tell it what should stand here.")
        return refused(request, ListRefused(told, "wrong_person"))
    if not draft.open:
        told = _("This draft was sent to a second person. Have it withdrawn before it is changed.")
        return refused(request, ListRefused(told, "sent"))
    return None


def taken_off(request: HttpRequest) -> HttpResponse:
    """The refusal, where the draft holds an item no more that somebody wants to write more of."""
    return refused(request, ListRefused(str(GONE), "taken_off"))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    at, standing = reader(request)
    draft = found(standing, pk)
    item = get_object_or_404(Item.objects.select_related("category"), code=code)
    shut = closed(request, standing, draft)
    if shut:
        return shut
    said, built = _standing(draft, item)
    if request.method != "POST":
        initial = {"seen": stamp(draft, item), **(kept_fields(request) or {})}
        return _page(request, draft, item, said, ItemForm(initial=initial, **built))
    form = ItemForm(request.POST, **built)
    if not form.is_valid():
        return _page(request, draft, item, said, form, status=INCOMPLETE)
    try:
        save_item(draft, item, said=form.said(), seen=form.cleaned_data["seen"], by=standing, at=at)
    except ListRefused as refusal:
        return _again(request, draft, item, said, form, refusal)
    messages.success(request, _("Saved in the draft. Nothing is changed until a second person approves it."))
    return redirect("desk:list_draft", draft.pk)


def _standing(draft: ListVersion, item: Item) -> tuple[ItemVersion | None, dict[str, Any]]:
    """What the draft says of the item, or its base where the draft has taken it off; and the ground of the form."""
    said = said_in(draft, item)
    ground = said or (said_in(draft.base, item) if draft.base else None)
    duties = duty_texts(item, ground.version) if ground else []
    return said, {"said": ground, "duties": duties}


def _page(
    request: HttpRequest, draft: ListVersion, item: Item | None, said: ItemVersion | None, form: ItemForm, **more: Any
) -> HttpResponse:
    areas = ItemVersion.objects.filter(version=draft).order_by("area").values_list("area", flat=True).distinct()
    facts = {"draft": draft, "item": item, "said": said, "form": form, "areas": list(areas), **more}
    facts["whole"] = whole_stamp(draft, item) if item else ""
    return render(request, "desk/item_edit.html", facts, status=more.get("status", 200))


def _again(
    request: HttpRequest, draft: ListVersion, item: Item, said: ItemVersion | None, form: ItemForm, refusal: ListRefused
) -> HttpResponse:
    """The same form with the reason. Where somebody else was faster, their words stand beside the form."""
    form.add_error(None, refusal.sentence)
    status = STATUS.get(str(refusal.code), INCOMPLETE)
    if refusal.code != "stale":
        return _page(request, draft, item, said, form, status=status)
    form.data = {**form.data.dict(), "seen": stamp(draft, item)}
    before = said_in(draft.base, item) if draft.base else None
    return _page(request, draft, item, said, form, stale=True, theirs=changes(before, said), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def add(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    draft = found(standing, pk)
    shut = closed(request, standing, draft)
    if shut:
        return shut
    form = NewItemForm(request.POST if request.method == "POST" else None, duties=[], initial=kept_fields(request))
    if request.method != "POST" or not form.is_valid():
        return _page(request, draft, None, None, form, status=INCOMPLETE if form.is_bound else 200)
    try:
        given = form.cleaned_data
        add_item(draft, code=given["code"], category=given["category"], said=form.said(), by=standing, at=at)
    except ListRefused as refusal:
        form.add_error(None, refusal.sentence)
        return _page(request, draft, None, None, form, status=STATUS.get(str(refusal.code), INCOMPLETE))
    messages.success(request, _("Added to the draft. Nothing is changed until a second person approves it."))
    return redirect("desk:list_draft", draft.pk)


@require_POST
@staff_required
def act(request: HttpRequest, pk: int, code: str, verb: str) -> HttpResponse:
    """Take an item off, or put it back as it stands in force."""
    at, standing = reader(request)
    draft = found(standing, pk)
    item = get_object_or_404(Item, code=code)
    try:
        ACTS[verb](draft, item, seen=request.POST.get("seen", ""), by=standing, at=at)
    except ListRefused as refusal:
        return refused(request, refusal)
    messages.success(request, _said(verb) % {"code": item.code})
    return redirect("desk:list_draft", draft.pk)


def _said(verb: str) -> str:
    return _("%(code)s is taken off in the draft.") if verb == "off" else _("%(code)s says again what is in force.")
