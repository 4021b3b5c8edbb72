"""What must hold of bundles: the end of the chain that each states stands in its case, and its hash in the log."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

QUESTIONS = (
    Question(
        _("Bundle %(id)s states an end of the chain that case %(number)s does not have at step %(steps)s."),
        """
SELECT b.id, c.number, b.steps FROM desk_bundle b JOIN cases_case c ON c.id = b.case_id
  LEFT JOIN cases_step s ON s.case_id = b.case_id AND s.seq = b.steps
 WHERE b.state = 'ready' AND s.chain IS DISTINCT FROM b.chain""",
    ),
    Question(
        _("The hash of bundle %(id)s is not the one that the security log has of it."),
        """
SELECT b.id FROM desk_bundle b
 WHERE b.state = 'ready' AND NOT EXISTS (
    SELECT FROM audit_securitylog l
     WHERE l.subject_kind = 'bundle' AND l.subject_id = b.id::text AND l.event = 'bundle_made'
       AND l.reason LIKE '%%' || b.digest)""",
    ),
)


def faults(at: datetime) -> Iterator[str]:
    yield from broken(QUESTIONS)
