"""Named questions about roles."""

from datetime import datetime

from django.db import models
from django.db.models import Q


class UnitRoleQuerySet(models.QuerySet):
    def current(self, at: datetime) -> "UnitRoleQuerySet":
        """Roles held at this moment."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)
