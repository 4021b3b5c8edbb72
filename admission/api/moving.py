"""Moves made by programs: the form and the action of the page, on the version that was seen."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_view
from rest_framework import exceptions
from rest_framework.request import Request
from rest_framework.response import Response

from admission import pledging, tasking, workflow
from admission.api.bodies import OF_APPLICATION, OF_PLEDGE, OF_TASK, SENT, StandShape
from admission.forms.moves import MoveForm, form_for
from admission.making import perform
from admission.models import Application, Pledge, Task, Verb
from admission.moves import AdmissionRefused, Table, check_person, check_state
from grids.api import ByStanding
from people.api.describing import IF_MATCH, says
from people.api.errors import INCOMPLETE, ErrorShape, Refusal, faults_of, several, status_of
from people.api.fields import Body
from people.api.reading import version_seen

MOVED = {"id": 7, "version": 3, "state": "legality"}


class Moved(ByStanding):
    """One verb of one table. What refuses it is what refuses it on a page."""

    verb: Verb
    moves: Table
    serializer_class: type[Body]
    more_statuses = ("428",)

    def rows(self) -> QuerySet[Any]:
        raise NotImplementedError

    def post(self, request: Request, pk: int) -> HttpResponse:
        thing = get_object_or_404(self.rows(), pk=pk)
        seen = version_seen(request)
        given = self.serializer_class(data=request.data)
        if not given.is_valid():
            raise exceptions.ValidationError(given.errors)
        if seen != thing.version:
            raise stale()
        sent = filled(self.verb, given.validated_data)
        form = form_for(self.verb, thing, sent)
        if not form.is_valid():
            self._refuse(thing, form)
        if strange := strangers(form, sent):
            self._refuse_streets(thing, strange)
        perform(thing, self.verb, form, seen=seen, by=self.standing, at=self.at)
        thing.refresh_from_db()
        told = {"id": thing.pk, "version": thing.version, "state": thing.state}
        return Response(told, headers={"ETag": f'"{thing.version}"'})

    def _check_whose(self, thing: Any) -> None:
        """Whose move it is comes before what its words lack."""
        move = self.moves[self.verb]
        check_state(move, thing)
        check_person(move, thing, self.standing)

    def _refuse_streets(self, thing: Any, codes: list[str]) -> None:
        """Their money would be lost without a word."""
        self._check_whose(thing)
        sentence = _("The application does not name these streets: %(codes)s.") % {"codes": "、".join(codes)}
        raise Refusal(INCOMPLETE, "other_street", sentence, "streets")

    def _refuse(self, thing: Any, form: MoveForm) -> None:
        self._check_whose(thing)
        wrong = ValidationError(form.errors.as_data())
        raise several([replace(one, field=name_of(one.field)) for one in faults_of(wrong)], status_of(wrong))

    def handle_exception(self, problem: Exception) -> Response:
        if isinstance(problem, AdmissionRefused) and problem.code == "stale":
            problem = stale()
        return super().handle_exception(problem)


def stale() -> Refusal:
    return Refusal(412, "stale", _("It has moved on since you read it. Read it again, and send your move anew."))


def filled(verb: Verb, given: dict[str, Any]) -> dict[str, Any]:
    """The fields of the page's form, which are named after their move."""
    plain = {name: value for name, value in given.items() if name != "streets"}
    money = {f"money_{one['street']}": one["money"] for one in given.get("streets", ())}
    return {f"{verb}-{name}": value for name, value in {**plain, **money}.items()}


def strangers(form: MoveForm, sent: dict[str, Any]) -> list[str]:
    """Streets with money that the application does not name."""
    known = {form.add_prefix(name) for name in form.fields}
    return [name.rpartition("_")[2] for name in sent if "money_" in name and name not in known]


def name_of(field: str) -> str:
    """How the API calls a field of the page's form."""
    return "streets" if field.startswith("money_") else "" if field == "__all__" else field


class ApplicationMove(Moved):
    moves = workflow.MOVES

    def rows(self) -> QuerySet[Application]:
        return Application.objects.visible_to(self.standing).prefetch_related("opinions__street")


class TaskMove(Moved):
    moves = tasking.MOVES

    def rows(self) -> QuerySet[Task]:
        return Task.objects.visible_to(self.standing).select_related("street")


class PledgeMove(Moved):
    moves = pledging.MOVES

    def rows(self) -> QuerySet[Pledge]:
        return Pledge.objects.visible_to(self.standing)


THINGS: tuple[tuple[str, type[Moved], dict[Verb, type[Body]]], ...] = (
    ("application", ApplicationMove, OF_APPLICATION),
    ("task", TaskMove, OF_TASK),
    ("pledge", PledgeMove, OF_PLEDGE),
)


def doors() -> list[URLPattern]:
    """An address for each move that programs make."""
    return [
        path(f"{thing}s/<int:pk>/moves/{verb.value}/", door(view, verb, body, thing), name=f"{thing}-{verb.value}")
        for thing, view, bodies in THINGS
        for verb, body in bodies.items()
    ]


def door(view: type[Moved], verb: Verb, body: type[Body], thing: str) -> Any:
    """The view of one verb, described."""
    one = type(f"{view.__name__}{verb.name}", (view,), {"verb": verb, "serializer_class": body})
    told = says(
        verb.label, sent=SENT[verb], example=MOVED, operation_id=f"{thing}_{verb.value}", parameters=[IF_MATCH],
        request=body, responses={200: StandShape, 412: ErrorShape},
    )  # fmt: skip
    return extend_schema_view(post=told)(one).as_view()
