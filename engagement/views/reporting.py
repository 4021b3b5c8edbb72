"""Three doors for a report: a resident's, the hotline clerk's, the grid worker's."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page

from audit import clock
from cases.models import Channel
from engagement.doors import NotYourDoor, check_door, take
from engagement.forms import CitizenReportForm, ClerkReportForm, FieldReportForm, GridForm, ReportForm
from engagement.models import Report
from engagement.placing import GridUnclear, OutsideDistrict
from engagement.receipts import shown
from files.actions import PhotoRefused
from grids.reading import reader
from grids.standing import Standing
from people.access import staff_required
from people.keeping import kept_fields

POINT = ("lon", "lat", "accuracy")


# Buttons that send the form to this page, not away: to change the words, to look for a situation or where it belongs.
STAYING = {"change", "find", "suggest"}


@dataclass(frozen=True)
class Door:
    """One way in: its page, and where the sender goes on to."""

    channel: Channel
    page: str
    onward: Callable[[Report], str]


CITIZEN = Door(
    Channel.CITIZEN, "engagement/report.html",
    lambda report: reverse("engagement:receipt", args=[shown(report.receipt)]) + "?sent",
)  # fmt: skip
CLERK = Door(
    Channel.HOTLINE, "engagement/clerk_report.html",
    lambda report: reverse("engagement:clerk_report") + f"?done={shown(report.receipt)}",
)  # fmt: skip
FIELD = Door(
    Channel.GRID, "engagement/field_report.html",
    lambda report: reverse("engagement:field_report") + f"?done={shown(report.receipt)}",
)  # fmt: skip


def citizen(request: HttpRequest) -> HttpResponse:
    """A resident without an account reports what is wrong."""
    form = CitizenReportForm(_posted(request), initial=_came_back(request))
    return _serve(request, CITIZEN, form, None, clock.now())


@staff_required
def clerk(request: HttpRequest) -> HttpResponse:
    """A clerk writes down what a caller says."""
    at, standing = reader(request)
    try:
        check_door(Channel.HOTLINE, standing)
    except NotYourDoor as refused:
        return _not_yours(request, refused.messages[0])
    form = ClerkReportForm(_posted(request), initial=_came_back(request), at=at)
    return _serve(request, CLERK, form, standing, at)


@gzip_page
@staff_required
def field(request: HttpRequest) -> HttpResponse:
    """A grid worker or community worker reports what they see. With all situations on it, the page goes out packed."""
    at, standing = reader(request)
    try:
        check_door(Channel.GRID, standing)
    except NotYourDoor as refused:
        return _not_yours(request, refused.messages[0])
    form = FieldReportForm(
        _posted(request), initial=_came_back(request), standing=standing, at=at
    )  # fmt: skip
    return _serve(request, FIELD, form, standing, at)


def _serve(request: HttpRequest, door: Door, form: ReportForm, by: Standing | None, at: datetime) -> HttpResponse:
    """Show the form; taken, go on; unclear, ask which grid; refused, show it again with every word in it."""
    if not form.is_bound or not form.is_valid():
        return _page(request, door, form)
    try:
        report = take(form, door.channel, by, at)
    except GridUnclear as unclear:
        asked = GridForm(unclear.candidates, request.POST if "asked" in request.POST else None)
        return render(request, "engagement/which_grid.html", {"form": asked, "typed": form, "door": door})
    except OutsideDistrict as refused:
        return _page(request, door, _without_point(form, refused))
    except PhotoRefused as refused:
        form.add_error("photos", refused.sentence)
        return _page(request, door, form)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _page(request, door, form)
    return redirect(door.onward(report))


def _without_point(form: ReportForm, refused: OutsideDistrict) -> ReportForm:
    """The point is of no use here; the next try goes by the list."""
    form.data = form.data.copy()
    for name in POINT:
        form.data[name] = ""
    form.add_error("area", refused)
    return form


def _posted(request: HttpRequest) -> dict | None:
    """What was sent; nothing when the person only goes back from the second step, or looks for a situation."""
    return request.POST if request.method == "POST" and not STAYING & request.POST.keys() else None


def _came_back(request: HttpRequest) -> dict:
    """What was typed before: on the way back from the second step, or before the sign-in ran out."""
    if request.method == "POST":
        return request.POST.dict()
    kept = kept_fields(request) or {}
    return {"wants_answer": False, **kept} if kept else {}


def _page(request: HttpRequest, door: Door, form: ReportForm) -> HttpResponse:
    done = request.GET.get("done")
    mine = done and request.user.is_authenticated
    report = Report.objects.filter(by=request.user).by_receipt(done) if mine else None
    return render(request, door.page, {"form": form, "door": door, "report": report})


def _not_yours(request: HttpRequest, sentence: str) -> HttpResponse:
    return render(request, "engagement/not_yours.html", {"sentence": sentence}, status=403)
