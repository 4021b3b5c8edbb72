"""Named questions about areas and postings."""

from datetime import datetime

from django.db import models
from django.db.models import Q


def code_and_above(code: str) -> list[str]:
    """The codes of an area and of every area around it, by the standard lengths 6, 9, 12 and 15."""
    return [code[:n] for n in (6, 9, 12, 15) if n <= len(code)]


class AreaQuerySet(models.QuerySet):
    def under(self, code: str) -> "AreaQuerySet":
        """The area with this code and everything inside it."""
        return self.filter(code__startswith=code)

    def around(self, code: str) -> "AreaQuerySet":
        """The area with this code and every area that it lies in."""
        return self.filter(code__in=code_and_above(code))


class PostingQuerySet(models.QuerySet):
    def current(self, at: datetime) -> "PostingQuerySet":
        """Postings held at this moment."""
        return self.filter(Q(until=None) | Q(until__gt=at), since__lte=at)

    def over(self, code: str) -> "PostingQuerySet":
        """Postings to the area with this code or to one that it lies in."""
        return self.filter(area__code__in=code_and_above(code))
