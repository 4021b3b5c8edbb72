"""Named questions about reports and restraints."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from engagement.receipts import typed
from grids.standing import Standing
from people.models import Role

# Who of the whole district reads of restraints; never a street or a department.
READING = (Role.CLERK, Role.DISTRICT_DESK, Role.INSPECTOR)
DISTRICT_CODE = 6


class ReportQuerySet(models.QuerySet):
    def by_receipt(self, receipt: str):
        """The report with this receipt; the only way in for a resident without an account. None if there is none."""
        return self.filter(receipt=typed(receipt)).select_related("case__office", "case__area").first()


class RestraintQuerySet(models.QuerySet):
    def visible_to(self, standing: Standing) -> "RestraintQuerySet":
        """Those of the districts that this person serves as a whole, in an office that may know callers."""
        where = Q(pk__in=[])
        for role, code in standing.posts:
            if role in READING and len(code) <= DISTRICT_CODE:
                where |= Q(report__case__place_code__startswith=code)
        return self.filter(where)

    def holding(self) -> "RestraintQuerySet":
        """Upheld and not lifted, whenever they count."""
        return self.filter(upheld=True, lifted_at=None)

    def asked(self) -> "RestraintQuerySet":
        return self.filter(upheld=None)

    def in_force(self, at: datetime) -> "RestraintQuerySet":
        """Those that count now or will after the one before them."""
        return self.holding().filter(ends_at__gt=at)

    def ended(self, at: datetime) -> "RestraintQuerySet":
        """Over, lifted or not upheld."""
        return self.exclude(upheld=None).exclude(upheld=True, lifted_at=None, ends_at__gt=at)
