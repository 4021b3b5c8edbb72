"""What must always hold of joint actions, asked of the rows in one statement each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

# A case in which units are kept on the spot has not gone on.
OPEN_ELSEWHERE = Question(
    _("A joint action of case %(number)s is open, but the case stands at “%(state)s”."),
    """
SELECT c.number, c.state FROM cases_jointaction j JOIN cases_case c ON c.id = j.case_id
 WHERE j.over_at IS NULL AND c.state <> 'in_hand'""",
)
LED_BY_NOBODY = Question(
    _("Joint action %(id)s of case %(number)s has no unit that leads it."),
    """
SELECT j.id, c.number FROM cases_jointaction j JOIN cases_case c ON c.id = j.case_id
 WHERE NOT EXISTS (SELECT 1 FROM cases_jointmember m WHERE m.joint_id = j.id AND m.leads)""",
)
ANOTHER_CASE = Question(
    _("Member %(id)s of a joint action is of another case than its action or its summons."),
    """
SELECT m.id FROM cases_jointmember m JOIN cases_jointaction j ON j.id = m.joint_id
  JOIN cases_summons s ON s.id = m.summons_id WHERE (j.case_id, s.case_id) IS DISTINCT FROM (m.case_id, m.case_id)""",
)
# What stands in the rows was said by somebody, in a step of its own.
SAID_BY_NOBODY = Question(
    _("Member %(id)s of a joint action of case %(number)s says “%(verb)s” at %(at)s, when no such step was made."),
    """
SELECT m.id, c.number, o.verb, o.at FROM cases_jointmember m JOIN cases_case c ON c.id = m.case_id
 CROSS JOIN LATERAL (VALUES ('attend', m.signed_in_at), ('outcome', m.result_at)) o(verb, at)
 WHERE o.at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM cases_step s WHERE s.case_id = m.case_id AND s.summons_id = m.summons_id
          AND s.verb = o.verb AND s.at = o.at)""",
)
# The lead is never marked for the silence of another: each lapse is of the unit whose clock it was.
SILENT_OTHERWISE = Question(
    _("Member %(id)s of a joint action of case %(number)s is said to be silent, but no clock of its own says so."),
    """
SELECT m.id, c.number FROM cases_jointmember m JOIN cases_case c ON c.id = m.case_id
  JOIN cases_summons u ON u.id = m.summons_id
 WHERE m.silent_at IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM accountability_clock k WHERE k.subject_kind = 'joint_member' AND k.subject_id = m.id
          AND k.holder_id = u.unit_id AND k.due_at = m.silent_at AND k.lapsed_at = k.due_at)""",
)
ODD_CLOCK = Question(
    _("Clock %(id)s (%(phase)s) of a joint action runs, though nothing of the kind is awaited."),
    """
SELECT k.id, k.phase FROM accountability_clock k
  LEFT JOIN cases_jointmember m ON k.subject_kind = 'joint_member' AND m.id = k.subject_id
  LEFT JOIN cases_summons s ON s.id = m.summons_id
  LEFT JOIN cases_jointaction j ON j.id = coalesce(m.joint_id, CASE WHEN k.subject_kind = 'joint' THEN k.subject_id END)
 WHERE k.subject_kind IN ('joint', 'joint_member') AND k.stopped_at IS NULL
   AND (j.id IS NULL OR j.over_at IS NOT NULL OR m.result_at IS NOT NULL OR s.state = 'released')""",
)
QUESTIONS = (OPEN_ELSEWHERE, LED_BY_NOBODY, ANOTHER_CASE, SAID_BY_NOBODY, SILENT_OTHERWISE, ODD_CLOCK)


def faults() -> Iterator[str]:
    """Who is kept on the spot belongs to a case in hand, and each member's row says what its own steps and clock do."""
    return broken(QUESTIONS, {})
