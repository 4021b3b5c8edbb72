"""Asking the person back, and seeing who they are with a reason."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers

from accountability.spans import moment
from cases import moves, workflow
from cases.confiding import keeps
from cases.forms import Setting
from cases.linking import group_of
from cases.models import Case, Step, Verb
from cases.telling import told
from engagement import actions, public
from engagement.calling import hours_in_words, plan_of, why_not_now
from engagement.forms import CallBackForm, ReasonForm
from engagement.models import Callback, Report
from engagement.restraining import plan_for
from engagement.script import script_of
from engagement.waiting import Caller, callers_of, next_of
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.keeping import kept_fields

CALLING = workflow.MOVES[Verb.CALL_BACK]
STATUS = {"wrong_state": 409}


def case_of(standing: Standing, number: str) -> Case:
    """The case with this number; whoever may not see it is told that it is not here."""
    rows = Case.objects.visible_to(standing).select_related("office", "area", "category", "profile")
    return get_object_or_404(rows.prefetch_related("summonses__unit"), number=number)


@staff_required
def call_back(request: HttpRequest, number: str) -> HttpResponse:
    """One attempt to ask the person whether it is solved and whether they are satisfied."""
    at, standing = reader(request)
    case = case_of(standing, number)
    try:
        moves.check_state(CALLING, case)
        moves.check_person(CALLING, case, standing)
    except moves.MoveRefused as refused:
        return _refused(request, case, refused, STATUS.get(refused.code, 403))
    callers = callers_of(case, at)
    asked = next_of(callers, request.GET.get("report", ""))
    if asked is None:
        raise Http404
    form = CallBackForm(request.POST or None, initial={"seen": case.version, **(kept_fields(request) or {})})
    if form.is_bound and form.is_valid() and _called(form, asked.report, standing, at):
        messages.success(request, told(Verb.CALL_BACK, Setting(case, standing, at)))
        return redirect("desk:case", case.number)
    return _call_page(request, case, asked, callers, form, standing, at)


def _called(form: CallBackForm, report: Report, by: Standing, at: datetime) -> bool:
    try:
        actions.call_back(report, by=by, at=at, seen=form.cleaned_data["seen"], **form.answers())
    except ValidationError as refused:
        form.add_error(None, refused)
        _up_to_date(form, report.case_id)
        return False
    return True


def _up_to_date(form: CallBackForm, case_id: int) -> None:
    """What others did stands beside the form now, so sending the same words once more is a decision."""
    version = Case.objects.values_list("version", flat=True).get(pk=case_id)
    form.data = {**form.data.dict(), "seen": version}


def _call_page(
    request: HttpRequest, case: Case, asked: Caller, callers: list[Caller], form: CallBackForm, standing: Standing,
    at: datetime,
) -> HttpResponse:  # fmt: skip
    said = Step.objects.filter(case=case, verb__in=(Verb.REPLY, Verb.PASS)).select_related("unit").order_by("-seq")
    results = list(said)
    rows = {row.report_id: row for row in public.reporters_of(case, standing, [one.report for one in callers])}
    plan = plan_for(plan_of(case.urgency, at), asked.most)
    return render(request, "engagement/call_back.html", {
        "case": case,
        "form": form,
        "missed": asked.missed,
        "rule": plan.rule,
        "hours": hours_in_words(plan),
        "not_now": actions.FOR_ANOTHER if asked.is_for_another(standing) else why_not_now(plan, asked.calls, at),
        "script": script_of(case, asked.report, results, standing, at),
        "again": asked.again,
        "link_fits": asked.report.of_resident,
        "reporter": rows[asked.report.pk],
        "callers": [(one, rows[one.report.pk], one is asked) for one in callers] if len(callers) > 1 else [],
        "attempts": [_told(attempt, at) for attempt in public.callbacks_of(case)],
        "results": [(step, moment(step.at, at)) for step in results],
    })  # fmt: skip


def _told(attempt: Callback, at: datetime) -> tuple[Callback, str, str]:
    """A call with when it was made, and until when it was put off."""
    return attempt, moment(attempt.at, at), moment(attempt.again_at, at) if attempt.again_at else ""


@staff_required
def reveal(request: HttpRequest, number: str, report_id: int) -> HttpResponse:
    """Asks for a reason, then shows the details once; the log line is written before they are shown."""
    at, standing = reader(request)
    case = case_of(standing, number)
    rows = Report.objects.select_related("case").filter(case__in=group_of(case))
    report = get_object_or_404(rows, pk=report_id)
    if not keeps(report.case, standing):
        actions.note_try(report, by=standing, address=request.META["REMOTE_ADDR"])
        return _refused(request, case, actions.kept_back(), 403)
    if not public.may_reveal(report.case, standing):
        return _refused(request, case, None, 403)
    form = ReasonForm(request.POST or None)
    details = _details(form, report, standing, at, request.META["REMOTE_ADDR"]) if form.is_bound else None
    back = reverse("desk:case", args=[case.number])
    page = render(request, "engagement/reveal.html", {"case": case, "form": form, "details": details, "back": back})
    add_never_cache_headers(page)
    return page


def _details(form: ReasonForm, report: Report, by: Standing, at: datetime, address: str) -> actions.Details | None:
    if not form.is_valid():
        return None
    try:
        return actions.reveal(report, by=by, at=at, reason=form.cleaned_data["reason"], address=address)
    except actions.RevealRefused as refused:
        form.add_error(None, refused)
        return None


def _refused(request: HttpRequest, case: Case, refused: ValidationError | None, status: int) -> HttpResponse:
    sentence = refused.messages[0] if refused else ""
    return render(request, "engagement/refused.html", {"case": case, "sentence": sentence}, status=status)
