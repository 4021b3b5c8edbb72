"""What must always hold of archived cases: nothing came after, and nothing was left open."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

WENT_ON = Question(
    _("Case %(number)s is archived, but its last step is “%(verb)s”."),
    """
SELECT c.number, s.verb FROM cases_case c
  JOIN LATERAL (SELECT verb FROM cases_step WHERE case_id = c.id ORDER BY seq DESC LIMIT 1) s ON true
 WHERE c.state = 'archived' AND s.verb <> 'archive'""",
)
LEFT_OPEN = Question(
    _("Case %(number)s is archived, but an order to its units is open."),
    """
SELECT c.number FROM cases_case c
 WHERE c.state = 'archived' AND EXISTS (SELECT 1 FROM cases_order o WHERE o.case_id = c.id AND o.closed_at IS NULL)""",
)


def faults() -> Iterator[str]:
    return broken((WENT_ON, LEFT_OPEN))
