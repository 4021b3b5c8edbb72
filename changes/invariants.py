"""What must always hold of changes: two people, steps without a gap, and nothing in force before its day."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken
from changes.fingerprint import fingerprint
from changes.models import ChangeStep, Verb

ONE_PERSON = Question(
    _("Change %(id)s is %(state)s, but no second person decided it."),
    """
SELECT id, state FROM changes_change WHERE state IN ('approved', 'applied', 'rolled_back')
   AND (decided_by_id IS NULL OR decided_by_id = drafted_by_id)""",
)
SAME_HAND = Question(
    _("Change %(id)s was drafted and approved by the same hand in its steps."),
    """
SELECT DISTINCT c.id FROM changes_change c
  JOIN changes_changestep a ON a.change_id = c.id AND a.verb = 'approve'
  JOIN changes_changestep d ON d.change_id = c.id AND d.verb IN ('draft', 'edit', 'submit') AND d.actor_id = a.actor_id
 WHERE c.state IN ('applied', 'rolled_back')""",
)
GAPS = Question(
    _("Change %(id)s counts %(version)s steps, but %(steps)s are written."),
    """
SELECT c.id, c.version, count(s.id) AS steps FROM changes_change c
  LEFT JOIN changes_changestep s ON s.change_id = c.id
 GROUP BY c.id HAVING count(s.id) <> c.version OR max(s.number) <> c.version""",
)
OTHER_STATE = Question(
    _("Change %(id)s is %(state)s, but its last step leads to %(target)s."),
    """
SELECT c.id, c.state, s.target FROM changes_change c
  JOIN changes_changestep s ON s.change_id = c.id AND s.number = c.version WHERE s.target <> c.state""",
)
TOO_EARLY = Question(
    _("Change %(id)s was put in force before its day, %(day)s."),
    """
SELECT id, in_force_from AS day FROM changes_change
 WHERE (applied_at AT TIME ZONE %(zone)s)::date < in_force_from""",
)
NOT_APPLIED = Question(
    _("Change %(id)s should be in force since %(day)s. Does the sweep run?"),
    """
SELECT id, in_force_from AS day FROM changes_change
 WHERE state = 'approved' AND in_force_from::timestamp AT TIME ZONE %(zone)s < %(at)s - interval '60 seconds'""",
)
QUESTIONS = (ONE_PERSON, SAME_HAND, GAPS, OTHER_STATE, TOO_EARLY, NOT_APPLIED)


def faults(at: datetime) -> Iterator[str]:
    yield from broken(QUESTIONS, {"at": at, "zone": settings.TIME_ZONE})
    yield from _rewritten()


def _rewritten() -> Iterator[str]:
    """What was put in force is what its sealed step has seen."""
    steps = ChangeStep.objects.filter(verb=Verb.APPLY, facts__has_key="sha256").select_related("change")
    for step in steps.order_by("pk").iterator(chunk_size=200):
        if fingerprint(step.change) != step.facts["sha256"]:
            yield gettext("Change %(id)s says something else than when it was put in force.") % {"id": step.change_id}
