"""What must always hold of cases that hang on one another."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken
from cases.models.case import ENDED

STATES_APART = Question(
    _("Case %(number)s stands at “%(state)s”, but hangs on another case as “%(kind)s”."),
    """
SELECT c.number, c.state, coalesce(l.kind, '–') AS kind FROM cases_case c
  LEFT JOIN cases_link l ON l.child_id = c.id AND l.undone_at IS NULL
 WHERE (c.state = 'merged') <> (coalesce(l.kind, '') IN ('merged', 'repeat'))""",
)
CHAINED = Question(
    _("Case %(number)s hangs on case %(main)s, which hangs on another one itself."),
    """
SELECT c.number, m.number AS main FROM cases_link l JOIN cases_case c ON c.id = l.child_id
  JOIN cases_case m ON m.id = l.main_id
  JOIN cases_link u ON u.child_id = m.id AND u.undone_at IS NULL AND (u.kind = l.kind OR u.kind = 'merged')
 WHERE l.undone_at IS NULL AND l.kind <> 'repeat'""",
)
LATER_PROMISE = Question(
    _("Case %(number)s runs on a later promise than was made for %(merged)s, which was merged into it."),
    """
SELECT m.number, c.number AS merged FROM cases_link l
  JOIN cases_case c ON c.id = l.child_id JOIN cases_case m ON m.id = l.main_id
  JOIN LATERAL (SELECT due_at FROM accountability_clock WHERE subject_kind = 'case' AND subject_id = c.id
                   AND phase = 'promise' AND stopped_at = l.at ORDER BY id DESC LIMIT 1) k ON true
  JOIN accountability_clock p ON p.subject_kind = 'case' AND p.subject_id = m.id AND p.phase = 'promise'
   AND p.stopped_at IS NULL AND NOT p.altered
   AND NOT EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = m.id AND s.verb IN ('reopen', 'come_back')
                      AND s.at > l.at)
 WHERE l.undone_at IS NULL AND l.kind = 'merged' AND p.due_at > k.due_at""",
)
NOBODY_WAITS = Question(
    _("Somebody waits for the answer of %(merged)s, but nobody for that of %(number)s, into which it was merged."),
    """
SELECT m.number, c.number AS merged FROM cases_link l
  JOIN cases_case c ON c.id = l.child_id JOIN cases_case m ON m.id = l.main_id
 WHERE l.undone_at IS NULL AND l.kind = 'merged' AND c.has_citizen AND NOT m.has_citizen""",
)
PART_OPEN = Question(
    _("Case %(number)s is closed, but its part %(part)s is not."),
    """
SELECT m.number, c.number AS part FROM cases_link l
  JOIN cases_case c ON c.id = l.child_id JOIN cases_case m ON m.id = l.main_id
 WHERE l.undone_at IS NULL AND l.kind = 'child' AND m.state = ANY(%(ended)s) AND c.state <> ALL(%(ended)s)""",
)
NO_STEP = Question(
    _("Case %(number)s hangs on another one since %(at)s, when no step of it was made."),
    """
SELECT c.number, l.at FROM cases_link l JOIN cases_case c ON c.id = l.child_id
 WHERE NOT EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = c.id AND s.at = l.at
                      AND s.verb IN ('merge', 'repeat', 'open'))""",
)
QUESTIONS = (STATES_APART, CHAINED, LATER_PROMISE, NOBODY_WAITS, PART_OPEN, NO_STEP)


def faults() -> Iterator[str]:
    """Links fit the states, make no chains, cost nobody time, and leave nothing open behind."""
    return broken(QUESTIONS, {"ended": [str(state) for state in ENDED]})
