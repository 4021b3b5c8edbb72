"""What must always hold of disputes, asked of the rows in one statement each."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken
from cases.conferring import RULED_ALONE

# What the last step of a dispute says of its row. A reply withdraws it from any bench.
OTHERWISE_DECIDED = Question(
    _("Dispute %(id)s of case %(number)s stands at “%(stands)s”, but its last step was “%(verb)s”."),
    """
SELECT d.id, c.number, d.bench || ' ' || d.ruling AS stands, coalesce(s.verb, '') AS verb
  FROM cases_dispute d JOIN cases_case c ON c.id = d.case_id
  LEFT JOIN LATERAL (
       SELECT verb FROM cases_step t WHERE t.case_id = d.case_id AND t.summons_id = d.summons_id
          AND t.verb IN ('decline', 'uphold', 'deny', 'confer', 'refer') ORDER BY seq DESC LIMIT 1) s ON true
 WHERE s.verb IS NULL OR s.verb <> ALL(CASE
       WHEN d.ruling = 'upheld' THEN ARRAY['uphold'] WHEN d.ruling = 'denied' THEN ARRAY['deny']
       WHEN d.bench = 'desk' THEN ARRAY['decline'] WHEN d.bench = 'conferral' THEN ARRAY['confer']
       ELSE ARRAY['refer'] END)""",
)
# A step is chained, a dispute is not: what it cites is what the unit cited.
CITES_OTHERWISE = Question(
    _("Dispute %(id)s of case %(number)s cites another duty of the list than its unit did."),
    """
SELECT d.id, c.number FROM cases_dispute d JOIN cases_case c ON c.id = d.case_id
  JOIN cases_step s ON s.summons_id = d.summons_id AND s.verb = 'decline'
  LEFT JOIN accountability_duty u ON u.id = d.duty_id
 WHERE (s.facts->>'duty')::bigint IS DISTINCT FROM d.duty_id OR s.facts->'cited'->>'text' IS DISTINCT FROM u.text""",
)
NO_DISPUTE = Question(
    _("Summons %(summons)s of case %(number)s was declined, but no dispute is kept."),
    """
SELECT s.summons_id AS summons, c.number FROM cases_step s JOIN cases_case c ON c.id = s.case_id
 WHERE s.verb = 'decline' AND NOT EXISTS (SELECT 1 FROM cases_dispute d WHERE d.summons_id = s.summons_id)""",
)
# Upheld, a unit is released; once it has replied there is nothing to decide.
OVER = Question(
    _("Dispute %(id)s of case %(number)s is open, but the summons stands at “%(state)s”."),
    """
SELECT d.id, c.number, m.state FROM cases_dispute d JOIN cases_case c ON c.id = d.case_id
  JOIN cases_summons m ON m.id = d.summons_id
 WHERE d.decided_at IS NULL AND m.state IN ('replied', 'released')""",
)
UNDECIDED_BY_NOBODY = Question(
    _("No clock runs for the bench before which dispute %(id)s of case %(number)s lies."),
    """
SELECT d.id, c.number FROM cases_dispute d JOIN cases_case c ON c.id = d.case_id
 WHERE d.decided_at IS NULL
   AND NOT EXISTS (SELECT 1 FROM accountability_clock k WHERE k.subject_kind = 'dispute' AND k.subject_id = d.id
                      AND k.phase = d.bench AND k.stopped_at IS NULL)
   AND EXISTS (SELECT 1 FROM accountability_limit l WHERE l.urgency = c.urgency AND l.phase = d.bench
                  AND l.milestone = '' AND l.since <= (d.raised_at AT TIME ZONE 'Asia/Shanghai')::date)""",
)
ODD_CLOCK = Question(
    _("Clock %(id)s (%(phase)s) runs for dispute %(subject)s, which is decided, lies elsewhere or is not there."),
    """
SELECT k.id, k.phase, k.subject_id AS subject FROM accountability_clock k
  LEFT JOIN cases_dispute d ON d.id = k.subject_id
 WHERE k.subject_kind = 'dispute' AND k.stopped_at IS NULL
   AND (d.id IS NULL OR d.decided_at IS NOT NULL OR d.bench <> k.phase)""",
)
PRECEDENT_APART = Question(
    _("The precedent of dispute %(id)s of case %(number)s is missing, or does not say what was ruled."),
    """
SELECT d.id, c.number FROM cases_dispute d JOIN cases_case c ON c.id = d.case_id
  LEFT JOIN cases_precedent p ON p.dispute_id = d.id
 WHERE (d.ruling IN ('upheld', 'denied') AND d.bench <> 'desk' AND c.item_id IS NOT NULL AND p.id IS NULL)
    OR (p.id IS NOT NULL AND (p.words, p.bench, p.unit_id, p.case_id)
        IS DISTINCT FROM (d.words, d.bench, coalesce(d.called_id, d.unit_id), d.case_id))""",
)
QUESTIONS = (
    RULED_ALONE,
    OTHERWISE_DECIDED,
    CITES_OTHERWISE,
    NO_DISPUTE,
    OVER,
    UNDECIDED_BY_NOBODY,
    ODD_CLOCK,
    PRECEDENT_APART,
)


def faults() -> Iterator[str]:
    """A dispute stands where its steps led, over a summons that is still owed, and one bench's clock runs."""
    return broken(QUESTIONS, {})
