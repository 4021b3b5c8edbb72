"""Who may see a photo: whoever may see its subject, asked anew on every request; unclaimed ones only their sender."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from files.models import Photo
from files.tickets import number_of

TICKET_HEADER = "X-Photo-Ticket"


def ticket_in(request: HttpRequest) -> str:
    """The number of the ticket that this request shows; empty for none of ours."""
    return number_of(request.headers.get(TICKET_HEADER, "")) or ""


def may_see(request: HttpRequest, photo: Photo) -> bool:
    if not photo.subject_kind:
        return bool(photo.ticket) and photo.ticket == ticket_in(request)
    visible = settings.FILE_KINDS.get(photo.subject_kind)
    return visible is not None and import_string(visible)(request, photo.subject_id)


def may_see_original(request: HttpRequest, photo: Photo) -> bool:
    """The original, with all that the camera wrote into it, is for few: the settings name who decides."""
    return may_see(request, photo) and import_string(settings.FILE_ORIGINALS)(request)
