"""What a person did a moment ago and may still undo, by the move that the table leaves open for it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from cases.models import Case, Step, Verb
from cases.undoing import WITHIN
from grids.standing import Standing

# Each move of the queue, and the one that takes it back.
COUNTER = {Verb.ACCEPT: Verb.UNDO, Verb.TURN_DOWN: Verb.UNDO, Verb.PLACE: Verb.UNDO, Verb.MERGE: Verb.UNMERGE}


@dataclass(frozen=True)
class Undo:
    """The deed, the move that undoes it, and until when it is offered."""

    step: Step
    until: datetime

    @property
    def case(self) -> Case:
        return self.step.case

    @property
    def verb(self) -> Verb:
        return COUNTER[Verb(self.step.verb)]

    @property
    def note(self) -> str:
        """What stands on the step of the counter-move."""
        return _("Undone at once.")


def just_done(standing: Standing, at: datetime) -> Undo | None:
    """Their last deed of the last minute, if nobody has done anything with the case since. At most two statements."""
    mine = Step.objects.visible_to(standing).filter(actor=standing.user_id, at__gt=at - WITHIN, verb__in=COUNTER)
    step = mine.select_related("case").order_by("-at", "-seq").first()
    if step is None or step.case.steps.filter(seq__gt=step.seq).exists():
        return None
    return Undo(step, step.at + WITHIN)
