"""Whether the person asking may see what hangs on a case."""

from django.http import HttpRequest

from audit import clock
from cases.models import Case
from grids.standing import standing_of
from people.models import Role


def photo_of_case_visible(request: HttpRequest, case_id: int) -> bool:
    """Who sees the case sees its photos."""
    if not request.user.is_authenticated:
        return False
    return Case.objects.visible_to(standing_of(request.user, clock.now())).filter(pk=case_id).exists()


def may_see_originals(request: HttpRequest) -> bool:
    """Photos as they were sent, with all that the camera wrote, are the inspector's."""
    if not request.user.is_authenticated:
        return False
    standing = getattr(request, "standing", None) or standing_of(request.user, clock.now())
    return Role.INSPECTOR in standing.roles
