"""Exports of a list: asked for on the list, waited for on a page that needs no scripts, taken by their owner alone."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accountability.models import FunctionList, ListVersion
from admission.registers import REGISTERS, may_read
from desk.actions import exports, jobs
from desk.asking import Question, address, read
from desk.listbook.asking import LIST, page_of, version_of
from desk.models import ExportJob, JobState
from desk.registers import COLUMNS, address_of, asked_of
from desk.views.waiting import loads_again
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required

REFUSED = 422
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_POST
@staff_required
def ask(request: HttpRequest) -> HttpResponse:
    at, standing = reader(request)
    register = request.POST.get("register", "")
    if register:
        return _ask_register(request, register, standing, at)
    question = Question(read(request.POST.get("query", "")), at=at, by=standing)
    try:
        job = exports.ask(request.user, question, at=at)
    except exports.ExportRefused as refused:
        shown = {"refusal": refused.messages[0], "back": question.address(), "title": _("Cases")}
        return render(request, "desk/cases/export.html", shown, status=REFUSED)
    return redirect("desk:export", job.pk)


@require_POST
@staff_required
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """A whole version of the responsibility list, or a draft."""
    at, standing = reader(request)
    rows = ListVersion.objects.visible_to(standing).select_related("kind")
    found = get_object_or_404(rows, pk=pk)
    try:
        job = exports.ask_version(request.user, found, at=at)
    except exports.ExportRefused as refused:
        shown = {"refusal": refused.messages[0], "back": page_of(found), "title": _("Responsibility list")}
        return render(request, "desk/cases/export.html", shown, status=REFUSED)
    return redirect("desk:export", job.pk)


@require_POST
@staff_required
def functions(request: HttpRequest, number: int) -> HttpResponse:
    """A version of the functions of departments, which anybody reads."""
    at, _standing = reader(request)
    found = get_object_or_404(FunctionList, number=number)
    try:
        job = exports.ask_functions(request.user, found, at=at)
    except exports.ExportRefused as refused:
        shown = {"refusal": refused.messages[0], "back": _of_functions(number), "title": _("Functions of departments")}
        return render(request, "desk/cases/export.html", shown, status=REFUSED)
    return redirect("desk:export", job.pk)


def _of_functions(number: object) -> str:
    return f"{reverse('engagement:functions')}?version={number}"


def _ask_register(request: HttpRequest, code: str, by: Standing, at: datetime) -> HttpResponse:
    if code not in COLUMNS or not may_read(by):
        raise Http404
    asked = asked_of(code, request.POST.get("query", ""), by, at)
    try:
        job = exports.ask_register(request.user, asked, at=at)
    except exports.ExportRefused as refused:
        shown = {"refusal": refused.messages[0], "back": address_of(code, asked.query), "title": asked.register.title}
        return render(request, "desk/cases/export.html", shown, status=REFUSED)
    return redirect("desk:export", job.pk)


@require_safe
@staff_required
def export(request: HttpRequest, pk: UUID) -> HttpResponse:
    """How far it is."""
    at, standing = reader(request)
    job = get_object_or_404(ExportJob.objects.of(request.user), pk=pk, expires_at__gt=at)
    waits = job.state in (JobState.WAITING, JobState.RUNNING)
    refusal = job.get_refusal_display() if job.refusal else _lost(job, standing)
    back, title = _back(job, standing)
    shown = {"job": job, "waits": waits, "refusal": refusal, "back": back, "title": title}
    answer = render(request, "desk/cases/export.html", shown)
    return loads_again(answer, waits)


def _back(job: ExportJob, standing: Standing) -> tuple[str, str]:
    """The list that it is of: where it is read, and what it is called."""
    if job.register == LIST:
        return page_of(version_of(job, standing)), _("Responsibility list")
    if job.register == exports.FUNCTIONS:
        return _of_functions(job.query), _("Functions of departments")
    if job.register:
        return address_of(job.register, job.query), str(REGISTERS[job.register].title)
    return address(read(job.query)), _("Cases")


def _lost(job: ExportJob, standing: Standing) -> str:
    if job.state == JobState.READY and not jobs.still_sees(job, standing):
        return _("You no longer hold every role under which these rows were read. Ask for the list again.")
    return ""


@require_safe
@staff_required
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    at, standing = reader(request)
    job = get_object_or_404(ExportJob.objects.of(request.user), pk=pk, state=JobState.READY, expires_at__gt=at)
    if _lost(job, standing):
        raise Http404
    data = exports.hand_out(job, by=request.user, address=request.META.get("REMOTE_ADDR"))
    answer = HttpResponse(data, content_type=SHEET)
    name = job.register or "cases"
    answer["Content-Disposition"] = f'attachment; filename="{name}-{localdate(job.asked_at)}.xlsx"'
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
