"""Taking back what was just done with a new case: by whoever did it, within a minute, while nobody else has acted.

A slip of the hand is no decision. The case waits again as it did, on the clock that it had, as if that had never
stopped; what was written meanwhile (the summary, the category, the item) stays, and so does every step. What was
handed to a street is back with the desk.
"""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from cases.models import Case, Step, Verb
from cases.moves import MoveRefused
from grids.standing import Standing

WITHIN = timedelta(seconds=60)
UNDONE = (Verb.ACCEPT, Verb.TURN_DOWN, Verb.PLACE)


def last_deed(case: Case) -> Step | None:
    """The last step that somebody took; what the system writes down by itself takes nothing from anybody."""
    return case.steps.exclude(actor=None).order_by("-seq").first()


def just_now(case: Case, at: datetime) -> None:
    """It is the last thing done, and less than a minute ago."""
    deed = last_deed(case)
    if deed is None or deed.verb not in UNDONE:
        raise MoveRefused(_("Something else has been done since, so there is nothing to undo."), code="nothing_to_undo")
    if at - deed.at >= WITHIN:
        raise MoveRefused(
            _("“%(verb)s” can be undone for a minute, and that is over. Go on with the moves that are open."),
            code="minute_over",
            params={"verb": deed.get_verb_display()},
        )


def own_deed(case: Case, by: Standing) -> Step:
    """The deed, if it is this person's own. Raises MoveRefused (wrong_person)."""
    deed = last_deed(case)
    if deed is None or deed.actor_id != by.user_id:
        raise MoveRefused(
            _("Only whoever did it can undo it: %(name)s."),
            code="wrong_person",
            params={"name": deed.actor.name if deed and deed.actor else ""},
        )
    return deed
