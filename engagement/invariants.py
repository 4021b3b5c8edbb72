"""What must always hold of what the public said: what was asked or answered stands among the steps of its case."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken, spread
from changes.dated import reviewed
from engagement.models import Report
from engagement.terms import terms_of

CALLED_WITHOUT_STEP = Question(
    _("Callback %(id)s of case %(number)s has no step."),
    """
SELECT b.id, c.number FROM engagement_callback b JOIN engagement_report r ON r.id = b.report_id
  JOIN cases_case c ON c.id = r.case_id
  LEFT JOIN cases_link l ON l.child_id = c.id AND l.kind = 'merged' AND l.undone_at IS NULL
  LEFT JOIN cases_step s ON s.case_id IN (c.id, l.main_id) AND s.verb IN ('miss', 'hear', 'call_back')
   AND s.at = b.at
 WHERE s.id IS NULL""",
)
RATED_WITHOUT_STEP = Question(
    _("Rating %(id)s of case %(number)s has no step that says the same."),
    """
SELECT a.id, c.number FROM engagement_rating a JOIN engagement_report r ON r.id = a.report_id
  JOIN cases_case c ON c.id = r.case_id
 WHERE NOT EXISTS (
       SELECT 1 FROM cases_step s WHERE s.verb IN ('hear', 'call_back', 'rate') AND s.case_id IN (c.id, (
              SELECT l.main_id FROM cases_link l
               WHERE l.child_id = c.id AND l.kind = 'merged' AND l.undone_at IS NULL))
          AND s.facts -> 'solved' = to_jsonb(a.solved) AND s.facts ->> 'grade' = a.grade)""",
)
REOPENED_WITHOUT_STEP = Question(
    _("Somebody came back at %(at)s to case %(number)s, but no step opened it again then."),
    """
SELECT b.at, c.number FROM engagement_reopening b JOIN engagement_report r ON r.id = b.report_id
  JOIN cases_case c ON c.id = r.case_id
 WHERE NOT EXISTS (
       SELECT 1 FROM cases_step s WHERE s.verb = 'come_back' AND s.at = b.at AND s.case_id IN (c.id, (
              SELECT l.main_id FROM cases_link l
               WHERE l.child_id = c.id AND l.kind = 'merged' AND l.undone_at IS NULL)))""",
)
CAME_BACK_WORDLESS = Question(
    _("Step %(seq)s opened case %(number)s again for a resident, but nothing says what is not right."),
    """
SELECT s.seq, c.number FROM cases_step s JOIN cases_case c ON c.id = s.case_id
 WHERE s.verb = 'come_back' AND NOT EXISTS (SELECT 1 FROM engagement_reopening b WHERE b.at = s.at)""",
)
AGAIN_WITHOUT_STEP = Question(
    _("Callback %(id)s of case %(number)s asks a second time, and nobody had the person asked again."),
    """
SELECT b.id, c.number FROM engagement_callback b JOIN engagement_report r ON r.id = b.report_id
  JOIN cases_case c ON c.id = r.case_id
  LEFT JOIN cases_link l ON l.child_id = c.id AND l.kind = 'merged' AND l.undone_at IS NULL
 WHERE b.asking > 1 AND NOT EXISTS (
       SELECT 1 FROM cases_step s WHERE s.case_id IN (c.id, l.main_id) AND s.verb = 'ask_again'
          AND s.facts -> 'round' = to_jsonb(b.round))""",
)
SAME_CALLER = Question(
    _("Callback %(id)s of case %(number)s asks a second time, by the person who asked first."),
    """
SELECT b.id, c.number FROM engagement_callback b JOIN engagement_report r ON r.id = b.report_id
  JOIN cases_case c ON c.id = r.case_id
  JOIN engagement_callback f ON f.report_id = b.report_id AND f.round = b.round AND f.asking < b.asking
   AND f.by_id = b.by_id""",
)
LINK_WITHOUT_ANSWER = Question(
    _("Link %(id)s of case %(number)s is used up, and no answer of the person's own is of that moment."),
    """
SELECT k.id, c.number FROM engagement_answerlink k JOIN engagement_report r ON r.id = k.report_id
  JOIN cases_case c ON c.id = r.case_id
  LEFT JOIN engagement_rating a ON a.report_id = k.report_id AND a.at = k.used_at AND a.by_id IS NULL
 WHERE k.used_at IS NOT NULL AND a.id IS NULL""",
)
NOT_INDEXED = Question(
    _("Report %(id)s of case %(number)s cannot be searched: it has no terms with its case."),
    """
SELECT r.id, c.number FROM engagement_report r JOIN cases_case c ON c.id = r.case_id
  LEFT JOIN engagement_reportterms t ON t.report_id = r.id WHERE t.case_id IS DISTINCT FROM r.case_id""",
)
# What is masked on the page must not be found either.
OTHER_TERMS = Question(
    _("Report %(id)s is found by other words than whoever sees its case may read."),
    """
SELECT t.report_id AS id FROM unnest(%(reports)s::bigint[], %(terms)s::text[]) AS must(id, terms)
  JOIN engagement_reportterms t ON t.report_id = must.id
 WHERE t.terms <> must.terms::tsvector""",
)
TWICE_RESTRAINED = Question(
    _("Restraints %(id)s and %(other)s hold for one caller at one time."),
    """
SELECT a.id, b.id AS other FROM engagement_restraint a JOIN engagement_restraint b ON b.caller = a.caller
   AND b.id > a.id AND b.begins_at < a.ends_at AND a.begins_at < b.ends_at
 WHERE a.upheld AND b.upheld AND a.lifted_at IS NULL AND b.lifted_at IS NULL""",
)
# Nobody who is not the caller is restrained by the cases of somebody else.
OTHER_CALLER = Question(
    _("Restraint %(id)s rests on case %(number)s, which that caller did not report."),
    """
SELECT t.id, c.number FROM engagement_restraint t JOIN engagement_restraint_evidence e ON e.restraint_id = t.id
  JOIN cases_case c ON c.id = e.case_id
 WHERE NOT EXISTS (SELECT 1 FROM engagement_report r WHERE r.case_id = c.id AND r.caller = t.caller)""",
)
DECIDED_UNSEEN = Question(
    _("Restraint %(id)s was decided, but the security log does not say so."),
    """
SELECT t.id FROM engagement_restraint t
 WHERE t.upheld IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM audit_securitylog l WHERE l.event = 'restraint_decided' AND l.subject_kind = 'restraint'
          AND l.subject_id = t.id::text AND l.actor_id = t.decided_by_id)""",
)
QUESTIONS = (
    CALLED_WITHOUT_STEP, RATED_WITHOUT_STEP, REOPENED_WITHOUT_STEP, CAME_BACK_WORDLESS, AGAIN_WITHOUT_STEP, SAME_CALLER,
    LINK_WITHOUT_ANSWER, NOT_INDEXED, OTHER_TERMS, TWICE_RESTRAINED, OTHER_CALLER, DECIDED_UNSEEN,
    *(one for table in ("callhours", "callrule", "callline") for one in reviewed(f"engagement_{table}", "calling")),
)  # fmt: skip
SAMPLE = 2000


def faults(at: datetime) -> Iterator[str]:
    sample = list(spread(Report.objects.order_by(), SAMPLE))
    must = {"reports": [report.pk for report in sample], "terms": [terms_of(report) for report in sample]}
    return broken(QUESTIONS, must)
