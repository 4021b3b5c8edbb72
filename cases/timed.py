"""The clocks of one case: its own, and those of the units called to it."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Q, QuerySet

from accountability.models import Clock
from audit.arrays import one_of
from cases.models import Summons


def of_case(case: int) -> QuerySet[Clock]:
    """All clocks of the case with this key and of the units called to it."""
    calls = ArraySubquery(Summons.objects.filter(case=case).order_by().values("pk"))
    of_units = Q(one_of("subject_id", calls), subject_kind="summons")
    return Clock.objects.filter(Q(subject_kind="case", subject_id=case) | of_units)
