"""Reviewed changes: the list, one change with its difference and impact, and each step of it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from changes.actions import approve, reject, roll_back, submit, withdraw
from changes.kinds import ChangeRefused, Impact, kind_of
from changes.models import Change, State, Verb
from changes.querysets import kinds_seen
from changes.workflow import first_day, open_to
from desk import changing
from desk.changeforms import BackForm, DecideForm, WhyForm
from desk.itemlist import ITEMS_A_PAGE
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in, onward

SIZE = 50
INCOMPLETE, CONFLICT, FORBIDDEN = 422, 409, 403
REFUSED = {"stale": CONFLICT, "overlaps": CONFLICT, "base_changed": CONFLICT}
NOT_YOURS = ("wrong_person", "same_person")
Act = Callable[[Change, Any, int, Standing, datetime], Change]

# What each step of a person calls, with what its form said.
ACTS: dict[str, Act] = {
    Verb.SUBMIT: lambda change, form, seen, by, at: submit(change, seen=seen, by=by, at=at),
    Verb.APPROVE: lambda change, form, seen, by, at: approve(change, chosen=form.cleaned_data, seen=seen, by=by, at=at),
    Verb.REJECT: lambda change, form, seen, by, at: reject(
        change, note=form.cleaned_data["note"], seen=seen, by=by, at=at
    ),
    Verb.WITHDRAW: lambda change, form, seen, by, at: withdraw(change, seen=seen, by=by, at=at),
    Verb.ROLL_BACK: lambda change, form, seen, by, at: roll_back(change, **form.cleaned_data, seen=seen, by=by, at=at),
}


@require_safe
@staff_required
def changes(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    if not kinds_seen(standing):
        raise Http404
    rows = Change.objects.visible_to(standing).order_by("-pk")
    before = number_in(request.GET.get("before"))
    going_on = changing.listed(rows.open()[:SIZE], standing)
    over = changing.listed(rows.exclude(state__in=changing.OPEN).filter(**_older(before))[: SIZE + 1], standing)
    facts = {
        "mine": [row for row in going_on if row.mine],
        "others": [row for row in going_on if not row.mine],
        "over": over[:SIZE],
        "older": f"?before={over[SIZE - 1].change.pk}" if len(over) > SIZE else "",
        "newest": request.path if before else "",
        "page_size": SIZE,
        "offers": changing.offers(standing, at),
        "functions_number": changing.functions_number(at),
        "writes_lists": changing.drafts(changing.LISTED, standing),
    }
    return render(request, "desk/changes.html", facts)


def _older(before: int | None) -> dict[str, int]:
    return {"pk__lt": before} if before else {}


@require_safe
@staff_required
def change(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    return _page(request, _found(standing, pk), standing, at)


@require_POST
@staff_required
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """One step by the person who presses its button, on the version that they have read."""
    at, standing = reader(request)
    found = _found(standing, pk)
    if verb not in ACTS:
        raise Http404
    form = _form(verb, found, request.POST)
    if form is not None and not form.is_valid():
        return _page(request, found, standing, at, forms={verb: form}, form=form, status=INCOMPLETE)
    seen = number_in(request.POST.get("seen")) or 0
    try:
        made = ACTS[verb](found, form, seen, standing, at)
    except ChangeRefused as refusal:
        status = FORBIDDEN if refusal.code in NOT_YOURS else REFUSED.get(refusal.code, INCOMPLETE)
        again = {verb: form} if form else {}
        return _page(request, _found(standing, pk), standing, at, refusal=refusal.sentence, forms=again, status=status)
    messages.success(request, _said(verb, made))
    return redirect("desk:change", made.pk)


def _found(standing: Standing, pk: int) -> Change:
    rows = Change.objects.visible_to(standing).select_related("drafted_by", "decided_by", "undoes", "undone_by")
    return get_object_or_404(rows, pk=pk)


def _form(verb: str, found: Change, data: Any = None) -> Any:
    """The form that goes with a step; None where a button is all."""
    if verb == Verb.APPROVE:
        return DecideForm(data, asks=dict(kind_of(found.kind).ASKS), prefix=verb)
    if verb == Verb.REJECT:
        return WhyForm(data, prefix=verb)
    return BackForm(data, prefix=verb) if verb == Verb.ROLL_BACK else None


def _page(
    request: HttpRequest, found: Change, standing: Standing, at: datetime, forms: dict | None = None, **more: Any
) -> HttpResponse:
    kind, given = kind_of(found.kind), forms or {}
    effect = changing.impact(found, at) or Impact()
    seen = changing.numbers(effect, standing)
    moves = open_to(found, standing)
    open_now = [verb for verb, refusal in moves.items() if refusal is None and _has_a_way(verb, found)]
    listed = changing.two_lists(found, request.GET.get("behind", ""))
    facts = {
        "change": found,
        "kind": kind,
        "subject": kind.label(found.subject),
        "lines": changing.lines(found),
        "listed": listed,
        "page_size": ITEMS_A_PAGE,
        **onward(request, "behind", listed["differing"].last if listed else ""),
        "impact": effect,
        "deadlines": changing.deadlines(effect, seen),
        "weights": changing.weights(effect, seen),
        "chosen": [kind.ASKS[name] for name, said in found.chosen.items() if said and name in kind.ASKS],
        "steps": changing.steps(found),
        "open": {verb.value: given.get(verb) or _form(verb, found) for verb in open_now},
        "refused": [(verb.label, refusal.sentence) for verb, refusal in moves.items() if refusal and _tells(verb)],
        "first_day": first_day(kind, at),
        **more,
    }
    return render(request, "desk/change.html", facts, status=more.get("status", 200))


def _has_a_way(verb: str, found: Change) -> bool:
    return not (verb == Verb.EDIT and _names_what_was(found))


def _names_what_was(found: Change) -> bool:
    """A roll-back of a list names a version that was in force: there is nothing to write."""
    return found.kind == changing.LISTED and found.undoes_id is not None


def _tells(verb: Verb) -> bool:
    """Of what is not open to the reader, the one step that the change waits for is told with its reason."""
    return verb in (Verb.SUBMIT, Verb.APPROVE)


def _said(verb: str, made: Change) -> str:
    if verb == Verb.ROLL_BACK:
        return _("The inverse is drafted. Read it, then send it to a second person.")
    said = {
        State.SUBMITTED: _("Sent. A second person decides it now."),
        State.APPROVED: _("Approved. It is in force from %(day)s."),
        State.APPLIED: _("Approved, and in force from now on."),
        State.REJECTED: _("Not approved. Its author reads why."),
        State.WITHDRAWN: _("Withdrawn. Nothing was changed."),
    }
    return str(said[State(made.state)]) % {"day": made.in_force_from.isoformat()}
