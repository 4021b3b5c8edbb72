"""Takes a workbook for a draft of the list in pieces, from whoever may write at the draft."""

from functools import partial
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from desk.actions import listimports
from desk.models import ListImport
from desk.views.bookpages import begun, told
from desk.views.listdrafts import found
from files.answering import in_json, piece_in
from grids.reading import reader
from people.access import staff_required


@require_POST
@staff_required
@in_json
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    at, standing = reader(request)
    return begun(request, partial(listimports.begin, found(standing, pk), by=standing, at=at))


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
