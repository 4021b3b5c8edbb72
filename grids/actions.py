"""Every change of who serves where, each with its line in the security log."""

from datetime import datetime

from django.db import transaction

from audit.actions import note
from audit.models import Event
from grids.models import Area, Posting
from people.models import Role, User


@transaction.atomic
def post(user: User, *, role: Role, area: Area, by: User | None, at: datetime, reason: str = "") -> Posting:
    """The person serves the area in this role from now on; posting twice changes nothing."""
    User.objects.select_for_update().get(pk=user.pk)
    held = Posting.objects.current(at).filter(user=user, role=role, area=area).first()
    if held:
        return held
    given = Posting.objects.create(user=user, role=role, area=area, since=at)
    note(Event.ROLE_GIVEN, by=by, subject=("user", user.pk), reason=f"{role} {area.code} {reason}".strip())
    return given


@transaction.atomic
def relieve(posting: Posting, *, by: User | None, at: datetime, reason: str = "") -> None:
    """The posting ends now; ending it twice changes nothing."""
    if not Posting.objects.current(at).filter(pk=posting.pk).update(until=at):
        return
    words = f"{posting.role} {posting.area.code} {reason}".strip()
    note(Event.ROLE_TAKEN, by=by, subject=("user", posting.user_id), reason=words)
