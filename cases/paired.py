"""What must always hold of photo pairs, asked of the rows in one statement each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

ANOTHER_CASE = Question(
    _("Pair %(id)s of case %(number)s holds a photo that does not belong to this case."),
    """
SELECT p.id, c.number FROM cases_photopair p JOIN cases_case c ON c.id = p.case_id
  JOIN files_photo b ON b.id = p.before_id JOIN files_photo a ON a.id = p.after_id
 WHERE (b.subject_kind, b.subject_id, a.subject_kind, a.subject_id)
       IS DISTINCT FROM ('case', p.case_id, 'case', p.case_id)""",
)
NOT_PASSED = Question(
    _("Pair %(id)s of case %(number)s was chosen at %(at)s, when nobody passed its inspection."),
    """
SELECT p.id, c.number, p.at FROM cases_photopair p JOIN cases_case c ON c.id = p.case_id
 WHERE NOT EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = p.case_id AND s.verb = 'pass' AND s.at = p.at
                      AND s.actor_id = p.chosen_by_id AND s.facts ->> 'after' = p.after_id::text)""",
)
# A photo that the inspector sent hangs on the step of the inspection.
OWN_ELSEWHERE = Question(
    _("Pair %(id)s of case %(number)s says that the inspector took the second photo, but it came with another step."),
    """
SELECT p.id, c.number FROM cases_photopair p JOIN cases_case c ON c.id = p.case_id
  JOIN files_photo a ON a.id = p.after_id LEFT JOIN cases_step s ON s.id = a.step_id
 WHERE p.own AND (s.case_id, s.verb) IS DISTINCT FROM (p.case_id, 'pass')""",
)
QUESTIONS = (ANOTHER_CASE, NOT_PASSED, OWN_ELSEWHERE)


def faults() -> Iterator[str]:
    """Both photos of a pair are of its case, and somebody passed the inspection by them."""
    return broken(QUESTIONS, {})
