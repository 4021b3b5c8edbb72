"""What must hold of confidential cases: a case is one exactly when the last step that says so says yes."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

OTHERWISE = Question(
    _("Case %(number)s is kept as confidential: %(confidential)s, but its steps say otherwise."),
    """
SELECT c.number, c.confidential FROM cases_case c
  LEFT JOIN (SELECT DISTINCT ON (case_id) case_id, verb <> 'unveil' AS hidden FROM cases_step
              WHERE verb IN ('conceal', 'unveil') OR facts -> 'confidential' = 'true'
              ORDER BY case_id, seq DESC) s ON s.case_id = c.id
 WHERE coalesce(s.hidden, false) <> c.confidential""",
)


def faults() -> Iterator[str]:
    yield from broken((OTHERWISE,))
