"""Reports taken in from programs, and calls back: the same doors and actions as the pages'."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, OpenApiParameter
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from accountability.models import Urgency
from cases.api.examples import AT, MOVED, NUMBER
from cases.api.moving import MovedShape, StaleShape, listed, moved, stale
from cases.errand import find
from cases.models import Case, Channel, Verb
from cases.moves import MoveRefused, check_person, check_state
from cases.workflow import MOVES
from engagement import actions
from engagement.doors import check_door, take
from engagement.forms import CallBackForm, CitizenReportForm, ClerkReportForm, FieldReportForm, ReportForm
from engagement.models import Datum, Grade, Outcome, Rating, Report
from engagement.placing import GridUnclear
from engagement.receipts import shown
from engagement.waiting import callers_of, next_of
from grids.api import ByStanding
from people.api.describing import IF_MATCH, says
from people.api.errors import Fault, Refusal, several
from people.api.fields import Body, Choice, Code, Flag, Moment, Number, Words
from people.api.reading import version_seen

CALLING = MOVES[Verb.CALL_BACK]
YES_NO = {True: "yes", False: "no", None: ""}
DOORS = {"citizen": Channel.CITIZEN, "hotline": Channel.HOTLINE, "grid": Channel.GRID}
DOOR_NAMES = [(name, channel.label) for name, channel in DOORS.items()]
KEY = OpenApiParameter(
    "Idempotency-Key", {"type": "string", "format": "uuid"}, OpenApiParameter.HEADER, required=True,
    description=gettext_lazy("A UUID of your making, one for each report; sent again it gives the same answer"),
    examples=[OpenApiExample("key", "5f0c9a52-6a0e-4c3b-9d43-0d7a4b8f1c11", summary=gettext_lazy("A key"))],
)  # fmt: skip
SENT = {
    "channel": "hotline", "words": "小区北门一到晚上就有三个摊位占着人行道", "place": "北门外十米",
    "area": "370102001001", "phone": "13800000001", "category": "enforcement",
}  # fmt: skip
RECEIVED = {"receipt": "K7M3-92AB-CDEF", "case": NUMBER, "received_at": AT}
CALLED = {"outcome": "reached", "solved": True, "grade": "satisfied", "words": "很快就清走了"}


class ReportBody(Body):
    about = gettext_lazy(
        "What somebody says is wrong, and where. Details of the person are kept encrypted and read by no program."
    )

    channel = Choice(DOOR_NAMES)
    words = Words(max_length=2000)
    place = Words(max_length=120, required=False, allow_blank=True, help_text=gettext_lazy("Where, in words"))
    area = Code(required=False, help_text=gettext_lazy("Street or community; for a grid worker one of their grids"))
    lon = Number(min_value=-180, max_value=180, required=False)
    lat = Number(min_value=-90, max_value=90, required=False)
    accuracy = Number(min_value=0, max_value=100_000, required=False, help_text=gettext_lazy("In metres"))
    datum = Choice(Datum.choices, required=False)
    grid = Words(max_length=15, required=False, help_text=gettext_lazy("Which grid, or `unsure`, where it was asked"))
    captured_at = Moment(required=False, help_text=gettext_lazy("When it was seen, where that was before"))
    name = Words(max_length=40, required=False, allow_blank=True)
    phone = Words(max_length=30, required=False, allow_blank=True)
    address = Words(max_length=200, required=False, allow_blank=True)
    wants_answer = Flag(required=False, help_text=gettext_lazy("Wants to be called back"))
    category = Code(required=False)
    belongs = Code(
        required=False,
        help_text=gettext_lazy("For the hotline and grid workers: an item of the list, or a function beyond it"),
    )
    situation = Code(required=False, help_text=gettext_lazy("For a grid worker's report"))
    urgency = Choice(Urgency.choices, required=False)
    confidential = Flag(
        required=False, help_text=gettext_lazy("Of the hotline: who handles it learns nothing of the person")
    )
    matter = Words(
        max_length=200, required=False, allow_blank=True,
        help_text=gettext_lazy("Where it is confidential: the sentence that those who handle it read"),
    )  # fmt: skip


class ReceivedShape(serializers.Serializer):
    about = gettext_lazy("The receipt, and the number of the case that was opened.")

    receipt = serializers.CharField()
    case = serializers.CharField()
    received_at = serializers.DateTimeField()


def key_of(request: Request) -> UUID:
    said = request.headers.get("Idempotency-Key", "").strip()
    if not said:
        raise Refusal(400, "idempotency_key_missing", _("Send an Idempotency-Key: a new UUID for each report."))
    try:
        return UUID(said)
    except ValueError as wrong:
        sentence = _("The Idempotency-Key is no UUID. Make a new one for each report.")
        raise Refusal(400, "idempotency_key_unreadable", sentence) from wrong


class Reports(ByStanding):
    about = gettext_lazy("One report, once, however often it is sent.")

    @says(
        gettext_lazy("Report something"), sent=SENT, example=RECEIVED, request=ReportBody, parameters=[KEY],
        responses={201: ReceivedShape}, operation_id="report",
    )  # fmt: skip
    def post(self, request: Request) -> Response:
        key, body = key_of(request), ReportBody(data=request.data)
        body.is_valid(raise_exception=True)
        given = body.validated_data
        channel = DOORS[given["channel"]]
        by = self.standing
        check_door(channel, by)
        form = form_of(channel, {**given, "form_key": str(key)}, by, self.at)
        if not form.is_valid():
            raise listed(ValidationError(form.errors.as_data()))
        report = self.taken(form, channel)
        told = {
            "receipt": shown(report.receipt),
            "case": report.case.number,
            "received_at": report.received_at.isoformat(),
        }
        again = {} if report.received_at == self.at else {"Idempotency-Replayed": "true"}
        return Response(told, status=status.HTTP_201_CREATED, headers=again)

    def taken(self, form: ReportForm, channel: Channel) -> Report:
        """A resident's report names nobody as its taker, as on the page."""
        try:
            return take(form, channel, None if channel == Channel.CITIZEN else self.standing, self.at)
        except GridUnclear as unclear:
            names = "、".join(f"{area.code} {area.name}" for area in unclear.candidates)
            sentence = _("The point may lie in several: name one as `grid`, or `unsure`. %(names)s")
            raise Refusal(422, "grid_unclear", sentence % {"names": names}, "grid") from unclear


def form_of(channel: Channel, given: dict[str, Any], by: Any, at: datetime) -> ReportForm:
    """The page's form with what was sent in its fields; a field that the door does not ask for is refused."""
    given.setdefault("wants_answer", bool(given.get("phone")))
    if channel == Channel.GRID:
        form: ReportForm = FieldReportForm(given, standing=by, at=at)
    elif channel == Channel.HOTLINE:
        form = ClerkReportForm(given, at=at)
    else:
        form = CitizenReportForm(given)
    beside = sorted(
        name for name, value in given.items() if value and name not in (*form.fields, "channel", "wants_answer")
    )
    if beside:
        raise several(
            [Fault("unknown_field", _("This door does not ask for it. Leave it out."), one) for one in beside]
        )
    return form


class CallBackBody(Body):
    about = gettext_lazy("One attempt: whom it reached, and what they said.")

    report = Words(
        max_length=20, required=False,
        help_text=gettext_lazy("Whom of several: the number of the report; else whoever is to be asked next"),
    )  # fmt: skip
    outcome = Choice(Outcome.choices)
    solved = Flag(required=False)
    grade = Choice(Grade.choices, required=False)
    cause = Choice(Rating.Cause.choices, required=False)
    words = Words(max_length=500, required=False, allow_blank=True)
    again_at = Moment(required=False, help_text=gettext_lazy("With `later`: when they want to be called"))


class CallsBack(ByStanding):
    about = gettext_lazy("Asking the person whether it is solved and whether they are satisfied.")

    more_statuses = ("428",)

    @says(
        gettext_lazy("Call back"), sent=CALLED, example=MOVED, request=CallBackBody, parameters=[IF_MATCH],
        responses={200: MovedShape, 412: StaleShape}, operation_id="case_call_back",
    )  # fmt: skip
    def post(self, request: Request, number: str) -> Response:
        case = find(number, self.standing, self.at)
        seen, body = version_seen(request), CallBackBody(data=request.data)
        body.is_valid(raise_exception=True)
        if seen != case.version:
            raise stale(case, self.standing, self.at)
        given = body.validated_data
        form = CallBackForm({**given, "solved": YES_NO[given.get("solved")], "seen": seen})
        return moved(self.called(case, form, seen))

    def called(self, case: Case, form: CallBackForm, seen: int) -> Case:
        check_state(CALLING, case)
        check_person(CALLING, case, self.standing)
        asked = next_of(callers_of(case, self.at), form.data.get("report", ""))
        if asked is None:
            raise Http404
        if not form.is_valid():
            raise listed(ValidationError(form.errors.as_data()))
        try:
            actions.call_back(asked.report, by=self.standing, at=self.at, seen=seen, **form.answers())
        except MoveRefused as refused:
            raise (stale(case, self.standing, self.at) if refused.code == "stale" else refused) from refused
        case.refresh_from_db(fields=["version", "state", "round", "due_at"])
        return case
