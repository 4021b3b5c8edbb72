"""Whoever asks is read with all that they hold, in the one query that finds out who they are."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONArray

from audit.clock import Moment
from audit.kept import Kept
from grids.models import Area, AreaKind, Posting
from people.models import UnitRole, User


class StandingBackend(ModelBackend):
    """Signs in by password; every later request reads the person as `readers` do."""

    def get_user(self, user_id: Any) -> User | None:
        found = readers(user=int(user_id))
        return found[0] if found and self.user_can_authenticate(found[0]) else None


@Kept
def readers(user: int) -> QuerySet[User]:
    """A person with their unit, all that they hold (grids.standing reads it), the district's name and the moment."""
    held = {"user": OuterRef("pk")}
    posts = Posting.objects.filter(**held).values_list(JSONArray("role", "area__code", "since", "until"))
    seats = UnitRole.objects.filter(**held).values_list(JSONArray("role", "unit", "since", "until"))
    district = Area.objects.filter(kind=AreaKind.DISTRICT).order_by("code").values("name")[:1]
    return (
        User.objects.filter(pk=user)
        .select_related("unit")
        .annotate(
            moment=Moment(),
            posts_held=ArraySubquery(posts),
            seats_held=ArraySubquery(seats),
            district=Subquery(district),
        )
    )
