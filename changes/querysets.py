"""Named questions about changes."""

from datetime import date

from django.db import models

from changes.kinds import Holder, kinds
from people.models import THREE_ADMINS


class ChangeQuerySet(models.QuerySet):
    def visible_to(self, by: Holder) -> "ChangeQuerySet":
        """Changes of the kinds that this person may draft or decide; the three administrators look on at all."""
        return self.filter(kind__in=kinds_seen(by))

    def open(self) -> "ChangeQuerySet":
        """Begun and neither in force nor given up."""
        return self.filter(state__in=("draft", "submitted", "approved"))

    def of(self, kind: str, subject: str) -> "ChangeQuerySet":
        return self.filter(kind=kind, subject=subject)

    def due(self, day: date) -> "ChangeQuerySet":
        """Approved, and their day has come."""
        return self.filter(state="approved", in_force_from__lte=day).order_by("in_force_from", "pk")


class ChangeStepQuerySet(models.QuerySet):
    def visible_to(self, by: Holder) -> "ChangeStepQuerySet":
        return self.filter(change__kind__in=kinds_seen(by))


def kinds_seen(by: Holder) -> list[str]:
    found = kinds()
    if by.roles.intersection(THREE_ADMINS):
        return list(found)
    return [name for name, kind in found.items() if by.roles.intersection(kind.DRAFTS.roles + kind.DECIDES.roles)]
