"""What must always hold of what the public said: what was asked or answered stands among the steps of its case."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

CALLED_WITHOUT_STEP = Question(
    _("Callback %(id)s of case %(number)s has no step."),
    """
SELECT b.id, c.number FROM engagement_callback b JOIN engagement_report r ON r.id = b.report_id
  JOIN cases_case c ON c.id = r.case_id
  LEFT JOIN cases_step s ON s.case_id = c.id AND s.verb IN ('miss', 'call_back')
   AND s.at = b.at
 WHERE s.id IS NULL""",
)
RATED_WITHOUT_STEP = Question(
    _("Rating %(id)s of case %(number)s has no step that says the same."),
    """
SELECT a.id, c.number FROM engagement_rating a JOIN engagement_report r ON r.id = a.report_id
  JOIN cases_case c ON c.id = r.case_id
 WHERE NOT EXISTS (
       SELECT 1 FROM cases_step s WHERE s.case_id = c.id AND s.verb IN ('call_back', 'rate')
          AND s.facts -> 'solved' = to_jsonb(a.solved) AND s.facts ->> 'grade' = a.grade)""",
)


def faults(at: datetime) -> Iterator[str]:
    return broken((CALLED_WITHOUT_STEP, RATED_WITHOUT_STEP))
