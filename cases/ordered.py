"""What must always hold of orders, asked of the rows in one statement each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

CLOSED_BY_OTHERS = Question(
    _("The order %(id)s of case %(number)s was closed by somebody who was no inspector of the place then."),
    """
SELECT o.id, c.number FROM cases_order o JOIN cases_case c ON c.id = o.case_id
 WHERE o.closed_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM grids_posting p JOIN grids_area a ON a.id = p.area_id
        WHERE p.user_id = o.closed_by_id AND p.role = 'inspector' AND starts_with(c.place_code, a.code)
          AND p.since <= o.closed_at AND (p.until IS NULL OR p.until > o.closed_at))""",
)
# An order stands where its last step led.
OTHERWISE_TOLD = Question(
    _("Order %(id)s of case %(number)s stands at “%(stands)s”, but its last step was “%(verb)s”."),
    """
SELECT o.id, c.number, o.stands, coalesce(s.verb, '') AS verb
  FROM (SELECT *, CASE WHEN closed_at IS NOT NULL THEN 'close_order' WHEN answered_at IS NOT NULL THEN 'answer'
                       WHEN returned > 0 THEN 'return' ELSE 'order' END AS stands FROM cases_order) o
  JOIN cases_case c ON c.id = o.case_id
  LEFT JOIN LATERAL (
       SELECT verb FROM cases_step t WHERE t.case_id = o.case_id AND (t.facts ->> 'order')::bigint = o.id
          AND t.verb IN ('order', 'answer', 'return', 'close_order') ORDER BY seq DESC LIMIT 1) s ON true
 WHERE s.verb IS DISTINCT FROM o.stands""",
)
COUNTED_OTHERWISE = Question(
    _("Summons %(id)s of case %(number)s counts %(kept)s open orders, but there are %(counted)s."),
    """
SELECT m.id, c.number, m.to_answer || '+' || m.to_judge AS kept,
       count(o.id) FILTER (WHERE o.answered_at IS NULL) || '+' || count(o.answered_at) AS counted
  FROM cases_summons m JOIN cases_case c ON c.id = m.case_id
  LEFT JOIN cases_order o ON o.summons_id = m.id AND o.closed_at IS NULL
 GROUP BY m.id, c.number
HAVING m.to_answer <> count(o.id) FILTER (WHERE o.answered_at IS NULL) OR m.to_judge <> count(o.answered_at)""",
)
ODD_CLOCK = Question(
    _("Clock %(id)s runs for order %(subject)s, which waits for no answer."),
    """
SELECT k.id, k.subject_id AS subject FROM accountability_clock k
  LEFT JOIN cases_order o ON o.id = k.subject_id
 WHERE k.subject_kind = 'order' AND k.stopped_at IS NULL AND (o.id IS NULL OR o.answered_at IS NOT NULL)""",
)
NO_CLOCK = Question(
    _("Order %(id)s of case %(number)s waits for an answer, but no clock runs."),
    """
SELECT o.id, c.number FROM cases_order o JOIN cases_case c ON c.id = o.case_id
 WHERE o.answered_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM accountability_clock k WHERE k.subject_kind = 'order' AND k.subject_id = o.id
                      AND k.stopped_at IS NULL)
   AND EXISTS (SELECT 1 FROM accountability_limit l WHERE l.urgency = c.urgency AND l.phase = 'answer'
                  AND l.milestone = '' AND l.since <= (o.issued_at AT TIME ZONE 'Asia/Shanghai')::date)""",
)
# A rung of a clock is told by a step, and a step of a card rests on a rung that was reached.
RISEN_APART = Question(
    _("Clock %(id)s has reached the rung “%(code)s” %(risen)s times, but %(told)s steps tell of it."),
    """
SELECT k.id, b.code, sum(b.risen) AS risen, sum(b.told) AS told
  FROM (SELECT r.clock_id AS clock, g.code, 1 AS risen, 0 AS told FROM accountability_rise r
          JOIN accountability_rung g ON g.id = r.rung_id WHERE g.action <> 'order'
        UNION ALL
        SELECT (s.facts ->> 'clock')::bigint, s.facts ->> 'rung', 0, 1 FROM cases_step s
         WHERE s.verb IN ('remind', 'yellow', 'red', 'escalate') AND s.facts ? 'clock') b
  JOIN accountability_clock k ON k.id = b.clock
 GROUP BY k.id, b.code HAVING sum(b.risen) <> sum(b.told)""",
)
QUESTIONS = (CLOSED_BY_OTHERS, OTHERWISE_TOLD, COUNTED_OTHERWISE, ODD_CLOCK, NO_CLOCK, RISEN_APART)


def faults() -> Iterator[str]:
    """Orders stand where their steps led, were closed by inspectors alone, and each card was given once."""
    return broken(QUESTIONS)
