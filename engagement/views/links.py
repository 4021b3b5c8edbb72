"""Answering once by a link: looking at it uses nothing up, only the answer does. Made by those who call back."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accountability.spans import full_moment
from audit import clock
from cases.linking import answered_by, group_of
from engagement import actions, progress
from engagement.forms import RateForm
from engagement.models import AnswerLink, Report
from engagement.views.asking import case_of
from grids.reading import reader
from people.access import staff_required

UNKNOWN = 404
GONE = 410
View = Callable[[HttpRequest, AnswerLink, datetime], HttpResponse]


def by_token(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a page by its token; an unknown one gets one plain answer, and too many of them a pause."""

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        at, address = clock.now(), request.META["REMOTE_ADDR"]
        try:
            actions.refuse_guesser(address, at=at)
        except actions.TooManyGuesses as refused:
            return _refused(request, refused.messages[0], 429)
        link = actions.link_of(token)
        if link is None:
            actions.count_guess(address, at=at)
            return _refused(
                request, _("There is no such link. Look whether it was copied whole, or use your receipt."), UNKNOWN
            )
        return _closed_to_others(view(request, link, at))

    return opened


def _closed_to_others(answer: HttpResponse) -> HttpResponse:
    """No cache and no index. That no other site learns of the address is the rule of all pages (same-origin)."""
    add_never_cache_headers(answer)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@by_token
def answer(request: HttpRequest, link: AnswerLink, at: datetime) -> HttpResponse:
    """The two questions. Opening the page, by whatever scanner or preview, uses nothing up."""
    case = answered_by(link.report.case)
    try:
        actions.check_link(link, case, at)
    except actions.LinkRefused as refused:
        return _refused(request, refused.messages[0], GONE)
    form = RateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            rating = actions.rate_by_link(link, at=at, **form.answers())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return render(request, "engagement/answered.html", {"said": progress.answered(rating), "link": link})
    return render(request, "engagement/answer.html", {
        "form": form,
        "case": None if link.report.case.confidential else link.report.case,
        "until": full_moment(link.expires_at),
    })  # fmt: skip


def _refused(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return _closed_to_others(render(request, "engagement/no_link.html", {"sentence": sentence}, status=status))


@require_POST
@staff_required
def make(request: HttpRequest, number: str, report_id: int) -> HttpResponse:
    """A new link for this person, shown this once."""
    at, standing = reader(request)
    case = case_of(standing, number)
    rows = Report.objects.select_related("case").filter(case__in=group_of(case))
    report = get_object_or_404(rows, pk=report_id)
    try:
        made = actions.make_link(report, by=standing, at=at)
    except ValidationError as refused:
        status = 403 if refused.code == "wrong_person" else 409
        facts = {"case": case, "sentence": refused.messages[0]}
        return render(request, "engagement/refused.html", facts, status=status)
    there = request.build_absolute_uri(reverse("engagement:answer", args=[made.token]))
    facts = {"case": case, "there": there, "until": full_moment(made.expires_at)}
    return _closed_to_others(render(request, "engagement/link.html", facts))
