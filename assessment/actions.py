"""Makes marks. They are written once per closing and never edited."""

from datetime import datetime

from django.db import transaction

from assessment.measures import marks_of
from assessment.models import Mark
from cases.models import Step


@transaction.atomic
def mark(step: Step, *, at: datetime) -> list[Mark]:
    """One mark for each responsible unit of the case that this step closed; a second time changes nothing."""
    made = marks_of(step)
    for one in made:
        one.made_at = at
    Mark.objects.bulk_create(made, ignore_conflicts=True)
    return made
