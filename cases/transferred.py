"""What must always hold of cases that were passed on to an authority outside."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

STATES_APART = Question(
    _("Case %(number)s stands at “%(state)s”, but its transfers say that it went to “%(outlet)s”."),
    """
SELECT c.number, c.state, coalesce(o.code, '–') AS outlet FROM cases_case c
  LEFT JOIN cases_transfer t ON t.case_id = c.id AND t.back_at IS NULL
  LEFT JOIN cases_outlet o ON o.id = t.outlet_id
 WHERE CASE WHEN o.discreet THEN 'withheld' WHEN o.id IS NOT NULL THEN 'transferred' ELSE '' END
    <> CASE WHEN c.state IN ('withheld', 'transferred') THEN c.state ELSE '' END""",
)
STILL_TIMED = Question(
    _("Case %(number)s was transferred out, but its clock %(id)s still runs."),
    """
SELECT c.number, k.id FROM cases_case c JOIN accountability_clock k ON k.stopped_at IS NULL
   AND (k.subject_kind = 'case' AND k.subject_id = c.id OR k.subject_kind = 'summons' AND k.subject_id IN
        (SELECT m.id FROM cases_summons m WHERE m.case_id = c.id))
 WHERE c.state IN ('transferred', 'withheld')""",
)
KNOWN_TO_UNITS = Question(
    _("Case %(number)s is withheld, but a unit was called to it."),
    """
SELECT c.number FROM cases_case c
 WHERE c.state = 'withheld' AND EXISTS (SELECT 1 FROM cases_summons m WHERE m.case_id = c.id)""",
)
SAYS_WHERE = Question(
    _("Step %(seq)s of case %(number)s tells where a discreet transfer went, or why."),
    """
SELECT c.number, s.seq FROM cases_step s JOIN cases_case c ON c.id = s.case_id
 WHERE s.verb = 'transfer' AND s.target = 'withheld' AND (s.note <> '' OR s.facts <> '{}')""",
)
NO_STEP = Question(
    _("A transfer of case %(number)s was written at %(at)s, when no step of it was made."),
    """
SELECT c.number, t.at FROM cases_transfer t JOIN cases_case c ON c.id = t.case_id
 WHERE NOT EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = c.id AND s.at = t.at AND s.verb = 'transfer')""",
)
QUESTIONS = (STATES_APART, STILL_TIMED, KNOWN_TO_UNITS, SAYS_WHERE, NO_STEP)


def faults() -> Iterator[str]:
    """A case is outside exactly where a transfer says so, nothing runs for it, and no unit knows what is hidden."""
    return broken(QUESTIONS)
