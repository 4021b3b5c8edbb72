"""What must hold of pauses: rows, cases, summonses and clocks say the same of what rests."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from audit.asking import Question, broken

SAID = "CASE WHEN p.allowed_at IS NULL THEN 'asked' ELSE 'on' END"
SUMMONS_RESTS = Question(
    _("Summons %(id)s of case %(number)s says “%(rest)s” of its pause, but the row says “%(said)s”."),
    f"""
SELECT m.id, c.number, m.rest, CASE WHEN p.id IS NULL THEN '' ELSE {SAID} END AS said
  FROM cases_summons m JOIN cases_case c ON c.id = m.case_id
  LEFT JOIN cases_pause p ON p.summons_id = m.id AND p.over_at IS NULL
 WHERE m.rest <> CASE WHEN p.id IS NULL THEN '' ELSE {SAID} END""",
)
CASE_RESTS = Question(
    _("Case %(number)s says “%(rest)s” of its shelving, but the row says otherwise."),
    f"""
SELECT c.number, c.rest FROM cases_case c
  LEFT JOIN cases_pause p ON p.case_id = c.id AND p.summons_id IS NULL AND p.over_at IS NULL
 WHERE c.rest <> CASE WHEN p.id IS NULL THEN '' ELSE {SAID} END""",
)
HALTED_BY_NOTHING = Question(
    _("Clock %(id)s of case %(number)s stands still, but nothing rests there."),
    """
SELECT k.id, c.number FROM accountability_clock k
  LEFT JOIN cases_summons m ON k.subject_kind = 'summons' AND m.id = k.subject_id
  JOIN cases_case c ON c.id = coalesce(m.case_id, CASE WHEN k.subject_kind = 'case' THEN k.subject_id END)
 WHERE k.stopped_at IS NULL AND k.paused_at IS NOT NULL AND c.rest <> 'on' AND coalesce(m.rest, '') <> 'on'""",
)


def faults() -> Iterator[str]:
    yield from broken((SUMMONS_RESTS, CASE_RESTS, HALTED_BY_NOTHING))
