"""What a receipt opens: where the matter stands, more photos, and the person's own rating."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from accountability import calendars
from accountability.models import Clock, Phase
from accountability.timewords import look
from audit import clock
from cases.linking import answered_by
from cases.models.case import ENDED
from engagement import actions, progress
from engagement.advice import advice_for
from engagement.forms import DoubtForm, FindForm, PhotosForm, RateForm, ReopenForm
from engagement.models import Report
from engagement.receipts import shown
from engagement.waiting import rating_beside
from files.actions import PhotoRefused
from files.models import Photo

TOLD = (Phase.ACCEPT, Phase.PROMISE)
NOTES = {
    "photos": gettext_lazy("The photos have arrived."),
    "reopened": gettext_lazy("It is open again. You read here who comes, and until when."),
}
View = Callable[[HttpRequest, Report, datetime], HttpResponse]


def by_receipt(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Open a page by its code; a wrong code gets one plain answer, and too many of them a pause."""

    @wraps(view)
    def opened(request: HttpRequest, code: str) -> HttpResponse:
        at, address = clock.now(), request.META["REMOTE_ADDR"]
        try:
            actions.refuse_guesser(address, at=at)
        except actions.TooManyGuesses as refused:
            return _not_found(request, refused.messages[0], 429)
        report = Report.objects.by_receipt(code)
        if report is None:
            actions.count_guess(address, at=at)
            return _not_found(request, _("No report has this code. Compare it with your receipt, sign by sign."), 404)
        answer = view(request, report, at)
        add_never_cache_headers(answer)
        answer["X-Robots-Tag"] = "noindex"
        return answer

    return opened


def find(request: HttpRequest) -> HttpResponse:
    """Where somebody types the code of their receipt."""
    form = FindForm(request.GET if "code" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("engagement:receipt", shown(form.cleaned_data["code"]))
    return render(request, "engagement/find.html", {"form": form})


@by_receipt
def receipt(request: HttpRequest, report: Report, at: datetime) -> HttpResponse:
    """Where it stands, in plain words."""
    return _page(request, report, at, RateForm())


@require_POST
@by_receipt
def rate(request: HttpRequest, report: Report, at: datetime) -> HttpResponse:
    """The person says what they think of the result."""
    form = RateForm(request.POST)
    if form.is_valid():
        try:
            actions.rate(report, at=at, **form.answers())
            return redirect(reverse("engagement:receipt", args=[shown(report.receipt)]) + "?rated")
        except ValidationError as refused:
            form.add_error(None, refused)
    return _page(request, report, at, form)


@require_POST
@by_receipt
def reopen(request: HttpRequest, report: Report, at: datetime) -> HttpResponse:
    """The person says what is not right, and the closed case is in hand again."""
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            actions.reopen(report, words=form.cleaned_data["words"], at=at)
            return redirect(reverse("engagement:receipt", args=[shown(report.receipt)]) + "?reopened")
        except ValidationError as refused:
            form.add_error(None, refused)
    return _page(request, report, at, RateForm(), again=form)


@require_POST
@by_receipt
def doubt(request: HttpRequest, report: Report, at: datetime) -> HttpResponse:
    """The person says that the answer written down for them is not theirs."""
    form = DoubtForm(request.POST)
    if form.is_valid():
        try:
            actions.doubt(report, words=form.cleaned_data["doubt"], at=at)
            return redirect(reverse("engagement:receipt", args=[shown(report.receipt)]) + "?doubted")
        except ValidationError as refused:
            form.add_error(None, refused)
    return _page(request, report, at, RateForm(), doubted=form)


@require_POST
@by_receipt
def add_photos(request: HttpRequest, report: Report, at: datetime) -> HttpResponse:
    """Photos that come after the report, as long as it is open."""
    form = PhotosForm(request.POST)
    if report.case.state not in ENDED and form.is_valid():
        try:
            actions.add_photos(report, form.cleaned_data["photos"], by=None)
            return redirect(reverse("engagement:receipt", args=[shown(report.receipt)]) + "?photos")
        except PhotoRefused as refused:
            form.add_error("photos", refused.sentence)
    return _page(request, report, at, RateForm(), form)


def _page(
    request: HttpRequest, report: Report, at: datetime, form: RateForm, photos: PhotosForm | None = None,
    again: ReopenForm | None = None, doubted: DoubtForm | None = None,
) -> HttpResponse:  # fmt: skip
    case, own = answered_by(report.case), list(report.case.steps.select_related("unit"))
    of_main = list(case.steps.select_related("unit")) if case.pk != report.case_id else []
    steps = progress.told_to(report, own, of_main)
    clocks = list(Clock.objects.of("case", [case.pk]).filter(phase__in=TOLD).select_related("limit"))
    promise = max((each for each in clocks if each.phase == Phase.PROMISE), key=lambda each: each.pk, default=None)
    rated = rating_beside(of_main or own, report, case)
    return render(request, "engagement/receipt.html", {
        "report": report,
        "code": report.receipt_shown,
        "sent_now": "sent" in request.GET,
        "note": next((str(words) for name, words in NOTES.items() if name in request.GET), ""),
        "advice": advice_for(report, own),
        "headline": progress.headline(case, of_main or own),
        "lines": progress.lines(steps, at),
        "ahead": progress.ahead(case, clocks, at, asks_back=report.wants_answer),
        "promise": look(promise, at, calendars.numbered(promise.calendar_id)) if promise else None,
        "rated": rated,
        "rated_words": progress.answered(rated) if rated else "",
        "doubt": (doubted or DoubtForm()) if progress.may_doubt(rated, case) else None,
        "photos": None if report.case.state in ENDED else photos or PhotosForm(),
        "sent": Photo.objects.of("case", report.case_id).filter(sender=None).count(),
        "form": form if progress.may_rate(report, case) and not rated else None,
        "again": (again or ReopenForm()) if again or progress.may_reopen(report, case, at) else None,
        "until": progress.reopened_until(report, case, at),
    })  # fmt: skip


def _not_found(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "engagement/find.html", {"form": FindForm(), "sentence": sentence}, status=status)
