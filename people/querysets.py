"""Named questions about roles and tokens."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from audit.clock import Moment


class UnitRoleQuerySet(models.QuerySet):
    def current(self, at: datetime) -> "UnitRoleQuerySet":
        """Roles held at this moment."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)


class TokenQuerySet(models.QuerySet):
    def of(self, user: Any) -> "TokenQuerySet":
        """This person's own, the newest first."""
        return self.filter(user=user).order_by("-created")

    def current(self) -> "TokenQuerySet":
        """Not yet out of date, by the database's clock."""
        return self.filter(expiry__gt=Moment())
