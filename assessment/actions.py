"""Makes marks. They are written once per closing and never edited."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from assessment.days import days_of
from assessment.measures import marks_of
from assessment.models import Mark
from audit.rows import insert
from cases.models import Step


@transaction.atomic
def mark(steps: Sequence[Step], *, at: datetime) -> list[Mark]:
    """One mark for each responsible unit of the cases that these steps closed; a second time changes nothing."""
    there = set(Mark.objects.filter(step__in=steps).values_list("step", "unit", "part"))
    made = [one for one in marks_of(steps) if (one.step_id, one.unit_id, one.part) not in there]
    for one in made:
        one.made_at = at
    insert(made)
    insert(days_of(made))
    return made
