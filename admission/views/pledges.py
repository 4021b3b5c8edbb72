"""Pledges: one of them, the form that enters one, and what was cancelled, for everybody."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from admission import actions, pledging
from admission.actions.applying import ASKING
from admission.actions.pledges import may_enter
from admission.forms.fields import refuse
from admission.forms.handing import FIELDS, PledgeForm
from admission.models import Pledge, PledgeState, Verb
from admission.moves import AdmissionRefused
from admission.pages import history, offers
from admission.querysets import oversees, streets_of
from admission.views.acting import act, not_yours
from admission.views.registers import asking_units
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in
from people.keeping import kept_fields
from people.models import Unit

SIZE = 50
INCOMPLETE = 422


@require_safe
@staff_required
def pledge(request: HttpRequest, pk: int) -> HttpResponse:
    _at, standing = reader(request)
    return _drawn(request, _found(standing, pk))


@require_POST
@staff_required
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    _at, standing = reader(request)
    return act(request, _found(standing, pk), verb, pledging.MOVES, _drawn)


def _found(by: Standing, pk: int) -> Pledge:
    rows = Pledge.objects.visible_to(by).select_related("department", "entered_by__unit")
    return get_object_or_404(rows.prefetch_related("streets"), pk=pk)


def _drawn(request: HttpRequest, one: Pledge, given: Any = None, status: int = 200, **more: Any) -> HttpResponse:
    at, standing = reader(request)
    awaited = _awaited(one)
    found = offers(pledging.MOVES, one, standing, at, awaited, given or {})
    shown = {"one": one, "at": at, "offers": found, "steps": history(one)}
    return render(request, "admission/pledge.html", {**shown, **more}, status=status)


def _awaited(one: Pledge) -> Verb | None:
    """Kept where its basis allows it, else cancelled."""
    if one.state != PledgeState.ENTERED:
        return None
    return Verb.KEEP if one.level in pledging.HIGH and one.basis else Verb.CANCEL


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def enter(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    if not may_enter(standing):
        return not_yours(request, "enter")
    form = PledgeForm(request.POST or None, departments=_departments(standing), initial=kept_fields(request) or {})
    if form.is_bound and form.is_valid():
        try:
            made = actions.enter_pledge(form.entered(), by=standing, at=at)
        except AdmissionRefused as refused:
            refuse(form, refused, FIELDS)
        else:
            messages.success(request, _("Entered. The establishment office decides whether it is kept."))
            return redirect("admission:pledge", made.pk)
    return render(request, "admission/enter.html", {"form": form}, status=INCOMPLETE if form.is_bound else 200)


def _departments(by: Standing) -> Any:
    """A street or the office names any department, a department itself."""
    own = [unit.pk for unit in asking_units(by)]
    where = Q(kind__in=ASKING) if streets_of(by) or oversees(by) else Q(pk__in=own)
    return Unit.objects.filter(where).order_by("code")


@require_safe
def cancelled(request: HttpRequest) -> HttpResponse:
    """Everybody may read what streets are no longer held to; no account is needed."""
    rows = Pledge.objects.cancelled().select_related("department").order_by("-pk")
    before = number_in(request.GET.get("before", ""))
    found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    shown = {
        "rows": found[:SIZE], "older": f"?before={found[SIZE - 1].pk}" if len(found) > SIZE else "",
        "newest": request.path if before else "", "page_size": SIZE, "count": rows.count(),
    }  # fmt: skip
    return render(request, "admission/cancelled.html", shown)
