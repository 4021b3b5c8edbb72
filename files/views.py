"""Takes photos in pieces and shows them, to whoever may see their subject and nobody else."""

import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from audit import clock
from files import actions, storing
from files.answering import in_json, piece_in, refusal
from files.forms import BeginForm, OriginalForm
from files.models import Photo, PhotoState
from files.seeing import may_see, may_see_original, ticket_in

LOG = logging.getLogger(__name__)
SIZES = ("small", "large")


@require_POST
@in_json
def begin(request: HttpRequest) -> HttpResponse:
    ticket = ticket_in(request)
    form = BeginForm(request.POST)
    if not ticket:
        return refusal("no_ticket", _("This page is too old for photos. Load it again."), 403)
    if not form.is_valid():
        return refusal("wrong_request", _("This photo cannot be sent. Choose another."), 400)
    photo = actions.begin(**form.cleaned_data, ticket=ticket, sender=request.user, at=clock.now())
    return state_of(photo, status=201)


@require_POST
@in_json
def piece(request: HttpRequest, photo_id: UUID, offset: int) -> HttpResponse:
    data = piece_in(request)
    photo = actions.add_piece(photo_id, ticket=ticket_in(request), offset=offset, data=data, at=clock.now())
    return state_of(photo)


@require_GET
@in_json
def status(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    photo = Photo.objects.get(pk=photo_id)
    if not may_see(request, photo):
        raise Photo.DoesNotExist
    return state_of(photo)


@require_POST
@in_json
def remove(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    actions.remove(photo_id, ticket=ticket_in(request))
    return JsonResponse({})


def state_of(photo: Photo, status: int = 200) -> JsonResponse:
    sentence = photo.get_refusal_display() if photo.refusal else ""
    facts = {"id": str(photo.pk), "received": photo.received, "state": photo.state, "code": photo.refusal}
    return JsonResponse({**facts, "name": photo.name, "sentence": sentence}, status=status)


@require_GET
def photo(request: HttpRequest, photo_id: UUID, size: str) -> HttpResponse:
    """The clean picture, never the file as it was sent; the browser asks again each time it shows it."""
    found = get_object_or_404(Photo, pk=photo_id, state=PhotoState.READY)
    if size not in SIZES or not may_see(request, found):
        raise Http404
    tag = f'"{found.sha256[:32]}-{size}"'
    if tag in request.headers.get("If-None-Match", ""):
        return shut_in(HttpResponseNotModified(), tag)
    try:
        data = storing.get(storing.image_name(found.pk, size))
    except FileNotFoundError:
        LOG.error("The file of photo %s (%s) is not in the store.", found.pk, size)
        raise Http404 from None
    answer = HttpResponse(data, content_type="image/jpeg")
    answer["Content-Disposition"] = f'inline; filename="{found.pk}.jpg"'
    return shut_in(answer, tag)


@require_POST
def original(request: HttpRequest, photo_id: UUID) -> HttpResponse:
    """The file as it was sent, for an inspector with a reason; a line in the security log tells of it."""
    found = get_object_or_404(Photo, pk=photo_id)
    form = OriginalForm(request.POST)
    if not may_see_original(request, found):
        raise Http404
    if not form.is_valid():
        return HttpResponse(_("Say why you need the original."), status=400, content_type="text/plain; charset=utf-8")
    address = request.META.get("REMOTE_ADDR")
    data = actions.original(found, by=request.user, reason=form.cleaned_data["reason"], address=address)
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{found.pk}.bin"'
    answer["Cache-Control"] = "no-store"
    return shut_in(answer)


def shut_in(answer: HttpResponse, tag: str = "") -> HttpResponse:
    """Whatever a browser makes of the bytes, they run nothing and stay with this reader."""
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer.setdefault("Cache-Control", "private, no-cache")
    if tag:
        answer["ETag"] = tag
    return answer
