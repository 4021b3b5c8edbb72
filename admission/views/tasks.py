"""Tasks: one of them with its permit, clocks and rulings; the form that hands one down; the load of each street."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accountability.worktime import LOCAL
from admission import actions, load, tasking
from admission.days import PERIODS
from admission.forms.fields import refuse
from admission.forms.handing import FIELDS, HandForm
from admission.models import Permit, Task, TaskState, Verb
from admission.moves import AdmissionRefused
from admission.pages import history, offers, timed
from admission.registers import may_read
from admission.views.acting import act, not_yours
from admission.views.registers import asking_units
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.keeping import kept_fields
from people.models import Unit

INCOMPLETE = 422
RULED = (Verb.UPHOLD, Verb.DISMISS)


@require_safe
@staff_required
def task(request: HttpRequest, pk: int) -> HttpResponse:
    _at, standing = reader(request)
    return _drawn(request, _found(standing, pk))


@require_POST
@staff_required
def move(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    _at, standing = reader(request)
    return act(request, _found(standing, pk), verb, tasking.MOVES, _drawn)


def _found(by: Standing, pk: int) -> Task:
    rows = Task.objects.visible_to(by).select_related(
        "department", "kind", "street", "permit__application", "handed_by__unit"
    )
    return get_object_or_404(rows, pk=pk)


def _drawn(request: HttpRequest, one: Task, given: Any = None, status: int = 200, **more: Any) -> HttpResponse:
    at, standing = reader(request)
    awaited = tasking.NEXT.get(TaskState(one.state))
    steps = history(one)
    shown = {
        "one": one, "at": at, "clocks": timed(tasking.KIND, [one.pk], at).get(one.pk, []), "steps": steps,
        "offers": offers(tasking.MOVES, one, standing, at, awaited, given or {}),
        "flag": next((step for step in steps if step.verb == Verb.FLAG), None),
        "ruled": next((step for step in steps if step.verb in RULED), None),
    }  # fmt: skip
    return render(request, "admission/task.html", {**shown, **more}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def hand(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    units = asking_units(standing)
    if not units:
        return not_yours(request, "hand")
    permits = _in_force(units, at)
    chosen = next((one for one in permits if one.number == request.GET.get("permit", "")), None)
    said = {**(_of(chosen) if chosen else {}), **(kept_fields(request) or {})}
    named = [one.pk for one in chosen.streets.all()] if chosen else []
    first = {"department": units[0].pk, **said}
    form = HandForm(request.POST or None, departments=units, named=named, initial=first)
    if form.is_bound and form.is_valid():
        try:
            made = actions.hand_down(form.handed(), by=standing, at=at)
        except AdmissionRefused as refused:
            refuse(form, refused, FIELDS)
        else:
            messages.success(request, _("Handed down. The street is told, and its clock runs."))
            return redirect("admission:task", made.pk)
    shown = {"form": form, "permits": permits, "chosen": chosen, "ahead": [] if permits else _ahead(units, at)}
    return render(request, "admission/hand.html", shown, status=INCOMPLETE if form.is_bound else 200)


def _in_force(units: list[Unit], at: datetime) -> list[Permit]:
    """Under what they may hand something down today, the one that ends first before the others."""
    rows = Permit.objects.valid_on(localdate(at, LOCAL)).filter(department__in=units)
    return list(rows.select_related("application", "kind").prefetch_related("streets").order_by("until", "pk"))


def _ahead(units: list[Unit], at: datetime) -> list[Permit]:
    """What was granted to them and has not begun: nobody applies for it a second time."""
    rows = Permit.objects.filter(department__in=units, since__gt=localdate(at, LOCAL), revoked_on=None)
    return list(rows.select_related("application").order_by("since", "pk"))


def _of(permit: Permit) -> dict[str, Any]:
    """What follows from the permit that one comes from; its street where it names one alone."""
    said = {"permit": permit.number, "department": permit.department_id, "kind": permit.kind_id, "body": permit.body}
    streets = permit.streets.all()
    return said | ({"street": streets[0].pk} if len(streets) == 1 else {})


@require_safe
@staff_required
def load_of_streets(request: HttpRequest) -> HttpResponse:
    """What was handed down to each street, by whom, and what became of it; each number opens the tasks behind it."""
    at, standing = reader(request)
    if not may_read(standing):
        raise Http404
    period = load.period_of(request.GET.get("days", ""))
    shown = {"tables": load.tables(standing, period, at), "period": period, "periods": PERIODS, "at": at}
    return render(request, "admission/load.html", shown)
