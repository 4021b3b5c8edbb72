"""Moves made by programs: the errand of the page, its form and its action, with the version that was seen."""

from dataclasses import replace
from datetime import datetime
from typing import Any, NoReturn

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from cases.api.bodies import OF_CASE, OF_SUMMONS, SENT, MovedShape
from cases.api.examples import MOVED
from cases.api.filling import filled, name_of
from cases.api.moves import case_whole
from cases.api.shapes import CaseDetail, iso
from cases.errand import Errand, find, of_call, of_case
from cases.models import Case, Summons, Verb
from cases.moves import MoveRefused
from grids.api import ByStanding
from grids.standing import Standing
from people.api.describing import IF_MATCH, says
from people.api.errors import ErrorShape, Refusal, faults_of, several, status_of
from people.api.fields import Body
from people.api.reading import version_seen


class StaleShape(ErrorShape):
    about = gettext_lazy("The case has moved on; `fresh` is the case as it stands.")

    fresh = CaseDetail()


def stale(case: Case, by: Standing, at: datetime) -> Refusal:
    sentence = _("The case has moved on since you read it; `fresh` is how it stands now.")
    return Refusal(412, "stale", sentence, fresh=case_whole(find(case.number, by, at), by))


class Move(ByStanding):
    """One verb of one table. What refuses it is what refuses it on a page."""

    verb: Verb
    serializer_class: type[Body]
    more_statuses = ("428",)

    def errand(self, **named: Any) -> Errand:
        raise NotImplementedError

    def post(self, request: Request, **named: Any) -> HttpResponse:
        errand = self.errand(**named)
        seen = version_seen(request)
        given = self.serializer_class(data=request.data)
        if not given.is_valid():
            raise exceptions.ValidationError(given.errors)
        thing = self.made(errand, given.validated_data, seen)
        return moved(thing.case, thing) if errand.setting.summons else moved(thing)

    def made(self, errand: Errand, given: dict[str, Any], seen: int) -> Any:
        case = errand.setting.case
        if seen != case.version:
            raise stale(case, self.standing, self.at)
        form = filled(errand, given, seen)
        try:
            if not form.is_valid():
                raise self.unfit(errand, form)
            return errand.perform(form, seen)
        except MoveRefused as refused:
            if refused.code == "stale":
                raise stale(case, self.standing, self.at) from refused
            raise

    def unfit(self, errand: Errand, form: Any) -> Exception:
        """Whose move it is comes before what its words lack."""
        refused = errand.refusal()
        if refused:
            return refused
        wrong = ValidationError(form.errors.as_data())
        return listed(wrong)


def moved(case: Case, call: Summons | None = None) -> Response:
    """Where the case stands now; the next move names this version."""
    told = {
        "case": case.number, "version": case.version, "state": case.state, "round": case.round,
        "due_at": iso(case.due_at), "summons": {"id": call.pk, "state": call.state} if call else None,
    }  # fmt: skip
    return Response(told, headers={"ETag": f'"{case.version}"'})


def listed(wrong: ValidationError) -> Refusal:
    """Every error of a form, under the names that the API has for its fields."""
    return several([replace(one, field=name_of(one.field)) for one in faults_of(wrong)], status_of(wrong))


class CaseMove(Move):
    def errand(self, number: str) -> Errand:
        return of_case(number, self.verb.value, self.standing, self.at)


class SummonsMove(Move):
    def errand(self, pk: int) -> Errand:
        return of_call(pk, self.verb.value, self.standing, self.at)


class NotHere(ByStanding):
    """A move of the table that has a door of its own, or none: refused with the reason. Others are not there."""

    def post(self, request: Request, number: str, verb: str) -> HttpResponse:
        self.refuse(of_case(number, verb, self.standing, self.at))

    def refuse(self, errand: Errand) -> NoReturn:
        raise errand.refusal() or MoveRefused(_("This move has an address of its own."), code="made_elsewhere")


class NotHereOfUnit(NotHere):
    def post(self, request: Request, pk: int, verb: str) -> HttpResponse:
        self.refuse(of_call(pk, verb, self.standing, self.at))


def door(move: type[Move], verb: Verb, body: type[Body], thing: str) -> Any:
    """The view of one verb, described."""
    view = type(f"{move.__name__}{verb.name}", (move,), {"verb": verb, "serializer_class": body})
    told = says(
        verb.label, sent=SENT[verb], example=MOVED, operation_id=f"{thing}_{verb.value}", parameters=[IF_MATCH],
        request=body, responses={200: MovedShape, 412: StaleShape},
    )  # fmt: skip
    return extend_schema_view(post=told)(view)


def doors() -> list[URLPattern]:
    """An address for each move that programs make, and one for the rest of the table."""
    of_a_case, of_a_unit = "cases/<str:number>/moves", "summonses/<int:pk>/moves"
    made = [
        path(f"{of_a_case}/{verb.value}/", door(CaseMove, verb, body, "case").as_view(), name=f"case-{verb.value}")
        for verb, body in OF_CASE.items()
    ]
    made += [
        path(
            f"{of_a_unit}/{verb.value}/",
            door(SummonsMove, verb, body, "summons").as_view(),
            name=f"summons-{verb.value}",
        )
        for verb, body in OF_SUMMONS.items()
    ]
    return [
        *made,
        path(f"{of_a_case}/<str:verb>/", extend_schema(exclude=True)(NotHere).as_view(), name="case-other-move"),
        path(
            f"{of_a_unit}/<str:verb>/", extend_schema(exclude=True)(NotHereOfUnit).as_view(), name="summons-other-move"
        ),
    ]
