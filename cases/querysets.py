"""Which cases and summonses a person may see, and other named questions."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import F, Func, Q

from grids.standing import Standing


class CaseQuerySet(models.QuerySet):
    def visible_to(self, standing: Standing) -> "CaseQuerySet":
        """Cases at places this person serves, and cases that a unit of theirs, or they themselves, are called to."""
        served, called = _served(standing), self._called(standing)
        if not served:
            return self.filter(pk__in=called)
        return self.filter(served | (Q(pk__in=called) if standing.acting_units() else _one_of(called)))

    def visible_in_parts(self, standing: Standing) -> list["CaseQuerySet"]:
        """The same cases in parts that share none, each found by one index: for counts and for pages of long lists."""
        served, called = _served(standing), Q(pk__in=self._called(standing))
        return [self.filter(served), self.filter(called & ~served)] if served else [self.filter(called)]

    def _called(self, standing: Standing) -> models.QuerySet:
        """The cases that this person or a unit of theirs has ever been called to."""
        calls = self.model._meta.get_field("summonses").related_model.objects
        mine, units = Q(worker=standing.user_id), standing.acting_units()
        return calls.filter(Q(unit__in=units) | mine if units else mine).values("case")

    def under(self, code: str) -> "CaseQuerySet":
        """Cases in the area with this code."""
        return self.filter(place_code__startswith=code)

    def open(self) -> "CaseQuerySet":
        return self.exclude(state__in=("closed", "turned_down"))


def _one_of(cases: models.QuerySet) -> Q:
    """`id = ANY(…)`, read once and looked up by the key; for the few that a person was called to by name.

    Beside the codes of places in one OR, PostgreSQL joins two indexes for it, where for IN it would read all cases.
    """
    either = (F("pk"), ArraySubquery(cases))
    joined = {"template": "%(expressions)s)", "arg_joiner": " = ANY("}
    return Q(Func(*either, output_field=models.BooleanField(), **joined))


def _served(standing: Standing) -> Q:
    """Places inside the areas served; for those who go and look, also what is known only to street or community."""
    where = Q()
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
