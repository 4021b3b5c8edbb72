"""Restraints of callers: the list, one of them, and the form that asks for one. Streets and departments find none."""

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accountability.worktime import LOCAL
from cases.linking import group_of
from cases.models import Case
from engagement import actions
from engagement.forms.restraining import DecideForm, LiftForm, RestrainForm
from engagement.masking import mask_phone
from engagement.models import Report, Restraint
from engagement.public import may_restrain
from engagement.querysets import READING
from engagement.restraining import RestraintRefused, check_asker, evidence_for, last_of, may_decide, rule_at
from engagement.views.asking import case_of
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.addresses import number_in

SIZE = 50
REFUSED, INCOMPLETE, NOT_NOW = 403, 422, 409
FIELDS = {
    "reason_short": "reason", "too_little_evidence": "cases", "review_over": "until", "review_far": "until",
}  # fmt: skip


@require_safe
@staff_required
def restraints(request: HttpRequest) -> HttpResponse:
    """What is asked for, what counts, and what is over, the newest first."""
    at, standing = reader(request)
    if standing.roles.isdisjoint(READING):
        raise Http404
    rows = Restraint.objects.visible_to(standing).select_related("report", "asked_by__unit", "decided_by__unit")
    before = number_in(request.GET.get("before", ""))
    ended = list((rows.ended(at).filter(pk__lt=before) if before else rows.ended(at))[: SIZE + 1])
    groups = [
        (_("Asked for, to be decided"), _told(rows.asked())), (_("Restrained now"), _told(rows.in_force(at))),
        (_("Over"), _told(ended[:SIZE])),
    ]  # fmt: skip
    older = f"?{urlencode({'before': ended[SIZE - 1].pk})}" if len(ended) > SIZE else ""
    here = reverse("engagement:restraints")
    return render(request, "engagement/restraints.html", {
        "groups": [(title, found) for title, found in groups if found], "rule": rule_at(at), "at": at,
        "older": here + older if older else "", "newest": here if before else "", "page_size": SIZE,
    })  # fmt: skip


def _told(rows: Any) -> list[tuple[Restraint, str]]:
    """Each with the number as everybody of these offices may read it."""
    return [(one, mask_phone(one.report.phone)) for one in rows]


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def restrain(request: HttpRequest, number: str, report_id: int) -> HttpResponse:
    """Asks that the caller of this report is restrained."""
    at, standing = reader(request)
    case = case_of(standing, number)
    rows = Report.objects.select_related("case").filter(case__in=group_of(case))
    report = get_object_or_404(rows, pk=report_id)
    if not may_restrain(report.case, standing):
        raise Http404
    try:
        check_asker(report, standing, at)
    except RestraintRefused as refused:
        return _refused(request, case, refused)
    form = _form(request, report, standing, at)
    if form.is_bound and form.is_valid() and _asked(form, report, standing, at):
        messages.success(request, _("It is asked for. An inspector decides; until then nothing changes."))
        return redirect("engagement:restraints")
    status = INCOMPLETE if form.is_bound else 200
    shown = {"case": case, "form": form, "phone": mask_phone(report.phone), "rule": rule_at(at)}
    return render(request, "engagement/restrain.html", shown, status=status)


def _form(request: HttpRequest, report: Report, by: Standing, at: datetime) -> RestrainForm:
    rule, last = rule_at(at), last_of(report.caller, at)
    day = localdate(last.ends_at if last else at, LOCAL) + timedelta(days=min(30, rule.most_days))
    shown = list(evidence_for(report, by)[:SIZE])
    return RestrainForm(request.POST or None, shown=shown, day=day, rule=rule)


def _asked(form: RestrainForm, report: Report, by: Standing, at: datetime) -> bool:
    try:
        actions.ask_to_restrain(report, by=by, at=at, **form.chosen())
    except RestraintRefused as refused:
        form.add_error(FIELDS.get(str(refused.code)), refused)
        return False
    return True


def _refused(request: HttpRequest, case: Case, refused: RestraintRefused) -> HttpResponse:
    status = REFUSED if refused.code == "wrong_person" else NOT_NOW
    return render(request, "engagement/refused.html", {"case": case, "sentence": refused.messages[0]}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required
def restraint(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them; an inspector decides it, or lifts it."""
    at, standing = reader(request)
    rows = Restraint.objects.visible_to(standing).select_related(
        "report__case", "asked_by__unit", "decided_by__unit", "lifted_by__unit"
    )
    one = get_object_or_404(rows, pk=pk)
    lifting = one.upheld is True
    form = (LiftForm if lifting else DecideForm)(request.POST or None)
    status = 200
    if form.is_bound:
        done = form.is_valid() and _acted(form, one, standing, at)
        if done:
            messages.success(request, _("It is lifted.") if lifting else _("It is decided."))
            return redirect("engagement:restraint", one.pk)
        status = INCOMPLETE
    return render(request, "engagement/restraint.html", {
        "one": one, "form": form if _open(one, standing, at) or form.is_bound else None, "lifting": lifting,
        "own": one.asked_by_id == standing.user_id, "phone": mask_phone(one.report.phone), "at": at,
        "rule": rule_at(at), "cases": one.evidence.visible_to(standing).order_by("-pk"), "in_force": _in_force(one, at),
    }, status=status)  # fmt: skip


def _in_force(one: Restraint, at: datetime) -> bool:
    return bool(one.upheld and one.lifted_at is None and one.begins_at <= at < one.ends_at)


def _open(one: Restraint, by: Standing, at: datetime) -> bool:
    """Whether this person may still decide or lift it."""
    if not may_decide(one.report.case, by) or one.asked_by_id == by.user_id:
        return False
    return one.upheld is None or (one.upheld and one.lifted_at is None and one.ends_at > at)


def _acted(form: Any, one: Restraint, by: Standing, at: datetime) -> bool:
    words = form.cleaned_data["words"]
    try:
        if one.upheld is True:
            actions.lift_restraint(one, by=by, at=at, words=words)
        else:
            upheld = form.cleaned_data["upheld"] == "yes"
            actions.decide_restraint(one, by=by, at=at, upheld=upheld, words=words)
    except RestraintRefused as refused:
        form.add_error("words" if refused.code == "reason_short" else None, refused)
        return False
    return True
