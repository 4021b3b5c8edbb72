"""Named questions: who sees which application, permit, task, pledge and attempt, and what stands how on a day."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchQueryField
from django.db import models
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Cast

from accountability.bigrams import phrase, words_of
from grids.standing import Standing
from people.models import Role

# Who of the whole district reads all of it, for a department its own, for a street what names it.
OVERSEEING = (
    Role.ESTABLISHMENT, Role.LEGAL, Role.DISTRICT_LEADER, Role.DISTRICT_DESK, Role.INSPECTOR, Role.ASSESSOR,
)  # fmt: skip
OF_DEPARTMENTS = (Role.RESPONDER, Role.DEPT_LEADER)
OF_STREETS = (Role.DISPATCHER, Role.STREET_LEADER)
# Who is shown what was blocked: whoever may do something about it, and the department its own.
TOLD_OF_ATTEMPTS = (Role.ESTABLISHMENT, Role.DISTRICT_LEADER, Role.INSPECTOR)
DISTRICT_CODE = 6


def oversees(by: Standing, roles: Iterable[str] = OVERSEEING) -> bool:
    """Holds one of these roles in a unit, or over the district as a whole."""
    wanted = set(roles)
    return any(role in wanted for role, _unit in by.seats) or any(
        role in wanted and len(code) <= DISTRICT_CODE for role, code in by.posts
    )


def departments_of(by: Standing) -> list[int]:
    """The units for which this person asks and hands down."""
    return sorted({unit for role, unit in by.seats if role in OF_DEPARTMENTS})


def streets_of(by: Standing) -> list[str]:
    """The codes of the streets for which this person answers."""
    return sorted({code for role, code in by.posts if role in OF_STREETS})


def under(key: str, codes: Iterable[str]) -> Q:
    where = Q(pk__in=[])
    for code in codes:
        where |= Q(**{f"{key}__startswith": code})
    return where


class SearchedQuerySet(models.QuerySet):
    def having(self, typed: str) -> Any:
        """Rows whose words hold every word typed; none where nothing that can be looked for was typed."""
        words = words_of(typed)
        rows = self if words else self.none()
        for word in words:
            asked = Cast(Value(phrase(word)), SearchQueryField())
            rows = rows.filter(
                Func(F("terms"), asked, arg_joiner=" @@ ", template="(%(expressions)s)", output_field=BooleanField())
            )
        return rows


class ApplicationQuerySet(SearchedQuerySet):
    def visible_to(self, by: Standing) -> "ApplicationQuerySet":
        if oversees(by):
            return self
        named = self.model.streets.through.objects.filter(under("street__code", streets_of(by))).values("application")
        return self.filter(Q(department__in=departments_of(by)) | Q(pk__in=named))


class OpinionQuerySet(models.QuerySet):
    def awaited(self) -> "OpinionQuerySet":
        return self.filter(view="", silent_at=None)


class PermitQuerySet(models.QuerySet):
    def visible_to(self, by: Standing) -> "PermitQuerySet":
        if oversees(by):
            return self
        named = self.model.streets.through.objects.filter(under("street__code", streets_of(by))).values("permit")
        return self.filter(Q(department__in=departments_of(by)) | Q(pk__in=named))

    def valid_on(self, day: date) -> "PermitQuerySet":
        return self.filter(since__lte=day, until__gte=day, revoked_on=None)

    def revoked(self) -> "PermitQuerySet":
        """What everybody may read."""
        return self.filter(revoked_on__isnull=False)


class TaskQuerySet(SearchedQuerySet):
    def visible_to(self, by: Standing) -> "TaskQuerySet":
        if oversees(by):
            return self
        return self.filter(Q(department__in=departments_of(by)) | under("street__code", streets_of(by)))


class PledgeQuerySet(SearchedQuerySet):
    def visible_to(self, by: Standing) -> "PledgeQuerySet":
        if oversees(by):
            return self
        named = self.model.streets.through.objects.filter(under("area__code", streets_of(by))).values("pledge")
        return self.filter(Q(department__in=departments_of(by)) | Q(pk__in=named))

    def may_be_assessed(self) -> "PledgeQuerySet":
        """Those alone that an assessment of streets may rest on: kept, on a central or provincial basis."""
        return self.filter(state="kept")

    def cancelled(self) -> "PledgeQuerySet":
        """What everybody may read."""
        return self.filter(state="cancelled")


class AttemptQuerySet(models.QuerySet):
    def having(self, typed: str) -> "AttemptQuerySet":
        """Those whose matter has every word typed. They are few and are read through."""
        words = words_of(typed)
        return self.filter(*(Q(matter__icontains=word) for word in words)) if words else self.none()

    def visible_to(self, by: Standing) -> "AttemptQuerySet":
        return self if oversees(by, TOLD_OF_ATTEMPTS) else self.filter(department__in=departments_of(by))


class StepQuerySet(models.QuerySet):
    def of(self, subject: models.Model) -> "StepQuerySet":
        return self.filter(**{subject._meta.model_name: subject})
