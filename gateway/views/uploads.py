"""Takes the file of an import in pieces, from whoever may import."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit import clock
from files.answering import in_json, piece_in, refusal
from files.forms import BeginForm
from gateway import actions
from gateway.access import importers_only
from gateway.models import Import


@require_POST
@importers_only
@in_json
def begin(request: HttpRequest) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        return refusal("wrong_request", _("This file cannot be sent. Choose another."), 400)
    return _told(actions.begin(**form.cleaned_data, by=request.user, at=clock.now()), status=201)


@require_POST
@importers_only
@in_json
def piece(request: HttpRequest, pk: UUID, offset: int) -> HttpResponse:
    data = piece_in(request)
    return _told(actions.add_piece(pk, by=request.user, offset=offset, data=data, at=clock.now()))


@require_GET
@importers_only
@in_json
def status(request: HttpRequest, pk: UUID) -> HttpResponse:
    return _told(Import.objects.get(pk=pk, sender=request.user))


def _told(one: Import, status: int = 200) -> JsonResponse:
    facts = {"id": str(one.pk), "received": one.received, "state": one.state, "name": one.name}
    return JsonResponse(facts, status=status)
