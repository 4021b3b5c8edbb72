"""Which cases and summonses a person may see, and other named questions."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from grids.standing import Standing


class CaseQuerySet(models.QuerySet):
    def visible_to(self, standing: Standing) -> "CaseQuerySet":
        """Cases at places this person serves, and cases that a unit of theirs, or they themselves, are called to."""
        called = self.model._meta.get_field("summonses").related_model.objects.filter(case=OuterRef("pk"))
        mine = called.filter(Q(unit__in=standing.acting_units()) | Q(worker=standing.user_id))
        return self.filter(_served(standing) | Exists(mine))

    def under(self, code: str) -> "CaseQuerySet":
        """Cases in the area with this code."""
        return self.filter(place_code__startswith=code)

    def open(self) -> "CaseQuerySet":
        return self.exclude(state__in=("closed", "turned_down"))


def _served(standing: Standing) -> Q:
    """Places inside the areas served; for those who go and look, also what is known only to street or community."""
    where = Q(pk__in=[])
    for code in standing.seen_codes():
        where |= Q(place_code__startswith=code)
    coarse = standing.coarse_codes()
    if coarse:
        where |= Q(place_code__in=coarse)
    near = standing.neighbour_codes()
    for code in near:
        where |= Q(place_code__startswith=code, state="inspecting")
    return where


class SummonsQuerySet(models.QuerySet):
    def open(self) -> "SummonsQuerySet":
        """Not released: still part of the case."""
        return self.exclude(state="released")
