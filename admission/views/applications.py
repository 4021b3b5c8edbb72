"""One application: what is asked for, how far it is, what each street thinks, the permit; and the form that asks."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from admission import actions, workflow
from admission.forms.applying import FIELDS, ApplyForm, said_before
from admission.forms.fields import refuse
from admission.models import Application, Permit, State, Verb
from admission.models.task import LIVE
from admission.moves import AdmissionRefused, open_to
from admission.pages import history, offers, stages, timed
from admission.views.acting import act, not_yours
from admission.views.registers import asking_units
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in
from people.keeping import kept_fields

SIZE = 50
INCOMPLETE, FORBIDDEN, CONFLICT = 422, 403, 409


@require_safe
@staff_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    _at, standing = reader(request)
    return _drawn(request, _found(standing, pk))


@require_POST
@staff_required
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    _at, standing = reader(request)
    return act(request, _found(standing, pk), verb, workflow.MOVES, _drawn)


def _found(by: Standing, pk: int) -> Application:
    rows = Application.objects.visible_to(by).select_related("department", "kind", "applied_by__unit", "permit")
    return get_object_or_404(rows.prefetch_related("opinions__street", "opinions__by__unit"), pk=pk)


def _drawn(request: HttpRequest, one: Application, given: Any = None, status: int = 200, **more: Any) -> HttpResponse:
    at, standing = reader(request)
    clocks = timed(workflow.KIND, [one.pk], at).get(one.pk, [])
    asked = timed(workflow.OPINION_KIND, [each.pk for each in one.opinions.all()], at)
    opinions = [(each, next(iter(asked.get(each.pk, [])[::-1]), None)) for each in one.opinions.all()]
    found = offers(workflow.MOVES, one, standing, at, workflow.NEXT.get(State(one.state)), given or {})
    permit = getattr(one, "permit", None)
    shown = {
        "one": one, "at": at, "clocks": clocks, "opinions": opinions, "offers": found, "steps": history(one),
        "stages": stages(one), "permit": permit, "hands_down": bool(permit) and _hands_down(one, standing),
        "allotments": permit.allotments.select_related("street") if permit else [],
        "out": permit.tasks.filter(state__in=LIVE).count() if permit else 0,
        "may_resend": _may_resend(one, standing, at),
    }  # fmt: skip
    return render(request, "admission/application.html", {**shown, **more}, status=status)


def _hands_down(one: Application, by: Standing) -> bool:
    return one.state == State.GRANTED and any(unit.pk == one.department_id for unit in asking_units(by))


def _may_resend(one: Application, by: Standing, at: datetime) -> bool:
    return any(choice.verb == Verb.RESEND and choice.allowed for choice in open_to(workflow.MOVES, one, by, at))


def _why_not_again(one: Application, by: Standing, at: datetime) -> str:
    found = (choice.reason for choice in open_to(workflow.MOVES, one, by, at) if choice.verb == Verb.RESEND)
    told = _("It stands at “%(state)s”, so there is nothing to complete now.")
    return next(found, told % {"state": one.get_state_display()})


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def apply(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    units = asking_units(standing)
    if not units:
        return not_yours(request, "apply")
    form = ApplyForm(request.POST or None, departments=units, initial=kept_fields(request) or {})
    if form.is_bound and form.is_valid():
        try:
            made = actions.apply(form.wanted(), by=standing, at=at)
        except AdmissionRefused as refused:
            refuse(form, refused, FIELDS)
        else:
            messages.success(request, _("Sent. The establishment office reviews it now."))
            return redirect("admission:application", made.pk)
    return render(request, "admission/apply.html", {"form": form}, status=INCOMPLETE if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """The same form with what it said before, and what was missing."""
    at, standing = reader(request)
    one = _found(standing, pk)
    if not _may_resend(one, standing, at):
        return _drawn(request, one, refusal=_why_not_again(one, standing, at), status=FORBIDDEN)
    before = {**said_before(one), **(kept_fields(request) or {})}
    form = ApplyForm(request.POST or None, departments=[one.department], initial=before)
    if form.is_bound and form.is_valid():
        try:
            actions.resend(one, form.wanted(), by=standing, at=at, seen=number_in(request.POST.get("seen", "")) or 0)
        except AdmissionRefused as refused:
            refuse(form, refused, FIELDS)
        else:
            messages.success(request, _("Sent in again. The establishment office reviews it now."))
            return redirect("admission:application", one.pk)
    shown = {"form": form, "one": one, "missing": history(one)[0].note}
    return render(request, "admission/apply.html", shown, status=INCOMPLETE if form.is_bound else 200)


@require_safe
def revoked(request: HttpRequest) -> HttpResponse:
    """Everybody may read what streets no longer do for a department; no account is needed."""
    rows = Permit.objects.revoked().select_related("department", "application", "kind").order_by("-pk")
    before = number_in(request.GET.get("before", ""))
    found = list((rows.filter(pk__lt=before) if before else rows)[: SIZE + 1])
    shown = {
        "rows": found[:SIZE], "older": f"?before={found[SIZE - 1].pk}" if len(found) > SIZE else "",
        "newest": request.path if before else "", "page_size": SIZE,
    }  # fmt: skip
    return render(request, "admission/revoked.html", shown)
