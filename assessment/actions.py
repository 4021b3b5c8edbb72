"""Makes marks. They are written once per closing and never edited."""

from datetime import datetime

from django.db import transaction

from assessment.days import days_of
from assessment.measures import marks_of
from assessment.models import Mark, MarkDay
from cases.models import Step


@transaction.atomic
def mark(step: Step, *, at: datetime) -> list[Mark]:
    """One mark for each responsible unit of the case that this step closed; a second time changes nothing."""
    there = set(Mark.objects.filter(step=step).values_list("unit", "part"))
    made = [one for one in marks_of(step) if (one.unit_id, one.part) not in there]
    for one in made:
        one.made_at = at
    Mark.objects.bulk_create(made)
    MarkDay.objects.bulk_create(days_of(made))
    return made
