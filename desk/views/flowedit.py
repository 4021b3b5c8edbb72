"""The flow of one item of a draft: written in a form, drawn anew as it is written, kept with the version."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accountability.actions import ListRefused, save_flow, unwrite_flow
from accountability.actions.flows import flow_stamp
from accountability.flows import beginning, flow_from, parties_for
from accountability.models import Item, ItemVersion
from accountability.steps import Flow, FlowRefused, Step, check_written
from desk.flowchart import chart
from desk.flowforms import FlowForm
from desk.flowsteps import as_data, moved, read
from desk.itemlist import pieces, said_in
from desk.views.listdrafts import INCOMPLETE, STATUS, found, refused
from desk.views.listitems import closed, taken_off
from desk.writings import changed, flow_told
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.keeping import kept_fields


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Read and written under one address: `do` says whether to save, to draw, or which step to move."""
    at, standing = reader(request)
    draft = found(standing, pk)
    item = get_object_or_404(Item, code=code)
    shut = closed(request, standing, draft)
    if shut:
        return shut
    said = said_in(draft, item)
    if said is None:
        return taken_off(request)
    if request.method != "POST":
        return _page(request, said, _begun(request, said))
    return DOES.get(request.POST.get("do", "save"), _redrawn)(request, said, standing, at)


def _begun(request: HttpRequest, said: ItemVersion) -> FlowForm:
    """What stands in the draft, or where nobody has written a flow the one made from the item; or what was kept."""
    kept = kept_fields(request)
    if kept:
        words = {name: str(value) for name, value in kept.items()}
        return FlowForm(steps=read(words), initial={"basis": words.get("basis", ""), "seen": words.get("seen", "")})
    flow = _flow(said) or beginning(said)
    return FlowForm(steps=flow.steps, initial={"basis": flow.basis, "seen": flow_stamp(said.version, said.item)})


def _flow(said: ItemVersion) -> Flow | None:
    written = getattr(said, "flow", None)
    return flow_from(written) if written else None


def _page(request: HttpRequest, said: ItemVersion, form: FlowForm, status: int = 200, **more: Any) -> HttpResponse:
    parties = parties_for(said.duties.all())
    facts = {
        "draft": said.version,
        "item": said.item,
        "said": said,
        "form": form,
        "written": _flow(said) is not None,
        "parties": parties,
        **_picture(form.steps, parties),
        **more,
    }
    return render(request, "desk/flow_edit.html", facts, status=status)


def _picture(steps: Sequence[Step], parties: Sequence[str]) -> dict[str, Any]:
    """The drawing of these steps, and what is still wrong with them."""
    wrong = ""
    try:
        check_written(steps, parties)
    except FlowRefused as refusal:
        wrong = refusal.sentence
    return {"chart": chart(Flow(tuple(steps), written=True)) if steps else None, "wrong": wrong}


def _redrawn(request: HttpRequest, said: ItemVersion, standing: Standing, at: datetime) -> HttpResponse:
    """The form with the step moved, added or taken out; nothing is saved."""
    steps = moved(read(request.POST), request.POST.get("do", ""))
    return _page(request, said, FlowForm(steps=steps, initial=_own(request)))


def _own(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST.get(name, "") for name in ("basis", "seen")}


def _drawn(request: HttpRequest, said: ItemVersion, standing: Standing, at: datetime) -> HttpResponse:
    """The picture alone, for a page that asks as its form is written."""
    facts = {"said": said, **_picture(read(request.POST), parties_for(said.duties.all()))}
    return render(request, "desk/_flow_picture.html", facts)


def _save(request: HttpRequest, said: ItemVersion, standing: Standing, at: datetime) -> HttpResponse:
    steps, own = read(request.POST), _own(request)
    form = FlowForm({**as_data(steps), **own}, steps=steps)
    if not form.is_valid():
        return _page(request, said, form, INCOMPLETE)
    try:
        save_flow(said.version, said.item, steps=steps, **own, by=standing, at=at)
    except FlowRefused as refusal:
        form.refuse(refusal)
        return _page(request, said, form, INCOMPLETE)
    except ListRefused as refusal:
        return _again(request, said, form, refusal)
    messages.success(request, _("Saved in the draft. Nothing is changed until a second person approves it."))
    return redirect("desk:flow_edit", said.version_id, said.item.code)


def _again(request: HttpRequest, said: ItemVersion, form: FlowForm, refusal: ListRefused) -> HttpResponse:
    """The same form with the reason. Where somebody else was faster, what they wrote stands beside it."""
    form.add_error(None, refusal.sentence)
    status = STATUS.get(str(refusal.code), INCOMPLETE)
    if refusal.code != "stale":
        return _page(request, said, form, status)
    form.data = {**form.data, "seen": flow_stamp(said.version, said.item)}
    theirs = _flow(said) or beginning(said)
    mine = flow_told(Flow(tuple(form.steps), form.data["basis"]))
    both = [("", kind, list(pieces(old, new))) for kind, old, new in changed(mine, flow_told(theirs))]
    return _page(request, said, form, status, stale=True, theirs=both, their_flow=theirs)


def _unwrite(request: HttpRequest, said: ItemVersion, standing: Standing, at: datetime) -> HttpResponse:
    try:
        unwrite_flow(said.version, said.item, seen=request.POST.get("seen", ""), by=standing, at=at)
    except ListRefused as refusal:
        return refused(request, refusal)
    messages.success(request, _("The flow is made from the item again, in this draft."))
    return redirect("desk:flow_edit", said.version_id, said.item.code)


DOES: dict[str, Callable[[HttpRequest, ItemVersion, Standing, datetime], HttpResponse]] = {
    "save": _save,
    "draw": _drawn,
    "unwrite": _unwrite,
}
