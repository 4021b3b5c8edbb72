"""Takes a workbook for a draft of the list in pieces, from whoever may write at the draft."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accountability.actions import ListRefused
from desk.actions import listimports
from desk.models import ListImport
from desk.views.listdrafts import found
from files.answering import in_json, piece_in, refusal
from files.forms import BeginForm
from grids.reading import reader
from people.access import staff_required

FORBIDDEN, CONFLICT = 403, 409


@require_POST
@staff_required
@in_json
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    draft, form = found(standing, pk), BeginForm(request.POST)
    if not form.is_valid():
        return refusal("wrong_request", _("This file cannot be sent. Choose another."), 400)
    try:
        one = listimports.begin(draft, **form.cleaned_data, by=standing, at=at)
    except ListRefused as refused:
        status = FORBIDDEN if refused.code == "wrong_person" else CONFLICT
        return refusal(str(refused.code), refused.sentence, status)
    return told(one, status=201)


@require_POST
@staff_required
@in_json
def piece(request: HttpRequest, pk: int, file: UUID, offset: int) -> HttpResponse:
    at, standing = reader(request)
    found(standing, pk)
    data = piece_in(request)
    return told(listimports.add_piece(file, by=request.user, offset=offset, data=data, at=at))


@require_GET
@staff_required
@in_json
def status(request: HttpRequest, pk: int, file: UUID) -> HttpResponse:
    return told(ListImport.objects.of(request.user).get(pk=file, draft=pk))


def told(one: ListImport, status: int = 200) -> JsonResponse:
    facts = {"id": str(one.pk), "received": one.received, "state": one.state, "name": one.name}
    return JsonResponse(facts, status=status)
