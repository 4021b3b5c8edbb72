"""What must always hold of whistles and the leaders who approve them, asked of the rows in one statement each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

NOT_AS_ITS_WHISTLES = Question(
    _("Case %(number)s is kept as waiting for a leader's word (“%(approval)s”), but its whistles say “%(said)s”."),
    """
SELECT c.number, c.approval, coalesce(w.said, '') AS said FROM cases_case c
  LEFT JOIN LATERAL (
       SELECT max(approval) AS said FROM cases_whistle w
        WHERE w.case_id = c.id AND w.approval <> '' AND w.judged_at IS NULL
          AND w.sent_back_at IS NULL AND w.withdrawn_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM cases_step s
                           WHERE s.case_id = c.id AND s.verb = 'close' AND s.at >= w.blown_at)) w ON true
 WHERE c.approval <> coalesce(w.said, '') AND c.state NOT IN ('closed', 'turned_down', 'merged', 'archived')""",
)
SENT_UNAPPROVED = Question(
    _("Whistle %(id)s of case %(number)s was sent out before the leader of the street had said yes."),
    """
SELECT w.id, c.number FROM cases_whistle w JOIN cases_case c ON c.id = w.case_id
 WHERE w.approval IN ('before', 'desk') AND w.sent_at IS NOT NULL
   AND (w.approved IS NOT TRUE OR w.judged_at > w.sent_at)""",
)


def faults() -> Iterator[str]:
    """A case waits for a leader exactly where a whistle of its does, and none went out without the word it needed.

    What nobody had approved afterwards when the case was closed is not waited for when it is opened again.
    """
    yield from broken((NOT_AS_ITS_WHISTLES, SENT_UNAPPROVED), {})
