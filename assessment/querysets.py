"""Which marks a person may see."""

from django.db import models
from django.db.models import Q

from cases.days import STREET_CODE
from grids.standing import Standing
from people.models import Role

SEEING_ALL = (Role.ASSESSOR, Role.INSPECTOR, Role.DISTRICT_DESK, Role.DISTRICT_LEADER)
SEEING_PLACE = (Role.DISPATCHER, Role.STREET_LEADER, *SEEING_ALL)


class MarkQuerySet(models.QuerySet):
    def visible_to(self, standing: Standing) -> "MarkQuerySet":
        """Marks and reckonings of the units one answers for, and of cases in the areas that one oversees."""
        where = Q(unit__in=standing.acting_units())
        for role, code in standing.posts:
            if role in SEEING_PLACE:
                where |= Q(case__place_code__startswith=code)
        return self.filter(where)


class ReckoningQuerySet(MarkQuerySet):
    def for_reading(self) -> "ReckoningQuerySet":
        """With all that a page or a print says of one."""
        along = ("case", "unit", "by", "duty__item_version__version", "duty__item_version__item", "reply__by")
        return self.select_related(*along)

    def standing_at(self, state: str) -> "ReckoningQuerySet":
        """Those to which the unit has replied, or those to which it still may."""
        return self.filter(reply__isnull=state == "open")


class MarkDayQuerySet(models.QuerySet):
    def visible_to(self, standing: Standing) -> "MarkDayQuerySet":
        """The counts of the same marks; they know no finer place than the street."""
        where = Q(unit__in=standing.acting_units())
        for role, code in standing.posts:
            if role in SEEING_PLACE and len(code) <= STREET_CODE:
                where |= Q(street_code__startswith=code)
        return self.filter(where)
