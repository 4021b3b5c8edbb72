"""Which cases stand beside a new one: those that may be the same matter, and those of the same caller."""

from datetime import datetime

from cases import duplicates
from cases.models import Case
from engagement.callers import earlier_of
from grids.standing import Standing


def beside(case: Case, standing: Standing, at: datetime) -> list[tuple[Case, bool]]:
    """Each once, as far as the reader sees it, with whether the same person reported it; likely ones first."""
    same = {one.pk: one for one in earlier_of(case, standing, at)}
    near = {one.pk: one for one in duplicates.likely(case, standing, at)}
    return [(one, pk in same) for pk, one in {**near, **same}.items()]
