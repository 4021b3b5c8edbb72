"""What must always hold of cases and their steps, asked of the rows in one statement each."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from audit.asking import Question, broken
from cases import (
    alarmed,
    approved,
    archived,
    confided,
    disputed,
    jointly,
    linked,
    ordered,
    paired,
    resting,
    terms,
    transferred,
)
from cases.changing import reviewed
from cases.clocks import SOONEST
from cases.common import WEEKS_APART
from cases.days import EXPECTED
from cases.models import Answer
from cases.models.case import ENDED
from cases.summons import CALLED_LEVELS, OWN_PHASES
from cases.workflow import AWAITS

# What may still run for a unit whose summons stands at an answer.
OWED = {
    Answer.SENT: (Phase.SIGN, Phase.RESPOND, Phase.ARRIVE, Phase.RESULT),
    Answer.SIGNED: (Phase.RESPOND, Phase.ARRIVE, Phase.RESULT),
    Answer.RESPONDED: (Phase.ARRIVE, Phase.RESULT),
    Answer.ARRIVED: (Phase.RESULT,),
    Answer.REPLIED: (),
    Answer.RELEASED: (),
}

CASE_STATE = Question(
    _("Case %(number)s stands at “%(state)s”, but its last step led to “%(target)s”."),
    """
SELECT c.number, c.state, s.target FROM cases_case c
  LEFT JOIN (SELECT DISTINCT ON (case_id) case_id, target FROM cases_step WHERE summons_id IS NULL
              ORDER BY case_id, seq DESC) s ON s.case_id = c.id
 WHERE s.target IS DISTINCT FROM c.state""",
)
SUMMONS_STATE = Question(
    _("Summons %(id)s of case %(number)s stands at “%(state)s”, but its last step led to “%(target)s”."),
    """
SELECT m.id, c.number, m.state, s.target FROM cases_summons m JOIN cases_case c ON c.id = m.case_id
  LEFT JOIN (SELECT DISTINCT ON (summons_id) summons_id, target FROM cases_step WHERE summons_id IS NOT NULL
              ORDER BY summons_id, seq DESC) s ON s.summons_id = m.id
 WHERE s.target IS DISTINCT FROM m.state""",
)
# A case keeps the version of its acceptance; each sealed step says by which it went.
OTHER_VERSION = Question(
    _("Case %(number)s goes by another version of the list than its last step."),
    """
SELECT c.number FROM cases_case c
  JOIN (SELECT DISTINCT ON (case_id) case_id, list_version_id FROM cases_step ORDER BY case_id, seq DESC) s
    ON s.case_id = c.id
 WHERE c.accepted_at IS NOT NULL AND s.list_version_id IS DISTINCT FROM c.list_version_id""",
)
FOLD = Question(
    _("Step %(seq)s of case %(number)s starts from “%(source)s”, but the step before led to “%(led_to)s”."),
    """
SELECT s.seq, c.number, s.source, s.led_to
  FROM (SELECT seq, case_id, source, lag(target) OVER (PARTITION BY case_id, summons_id ORDER BY seq) AS led_to
          FROM cases_step) s JOIN cases_case c ON c.id = s.case_id
 WHERE s.led_to <> s.source""",
)
CHAIN = Question(
    _("Step %(seq)s of case %(number)s breaks the chain: it, or a step before it, was changed or is gone."),
    """
SELECT s.seq, c.number
  FROM (SELECT t.case_id, t.seq, t.chain, t AS whole, row_number() OVER one AS place, lag(t.chain) OVER one AS before
          FROM cases_step t WINDOW one AS (PARTITION BY t.case_id ORDER BY t.seq)) s
  JOIN cases_case c ON c.id = s.case_id
 WHERE s.seq <> s.place OR s.chain <> cases_step_digest(coalesce(s.before, ''), s.whole)""",
)
MOMENTS = Question(
    _("Step %(seq)s of case %(number)s is said to be of %(at)s, but was recorded at %(recorded_at)s."),
    """
SELECT s.seq, c.number, s.at, s.recorded_at FROM cases_step s JOIN cases_case c ON c.id = s.case_id
 WHERE s.origin = 'live'
   AND s.recorded_at NOT BETWEEN s.at - interval '10 seconds' AND s.at + interval '10 seconds'""",
)
NO_MESSAGE = Question(
    _("Step %(seq)s of case %(number)s has no message in the outbox."),
    """
SELECT s.seq, c.number FROM cases_step s JOIN cases_case c ON c.id = s.case_id
  LEFT JOIN outbox_message o ON o.dedupe_key = 'step:' || s.id WHERE o.id IS NULL""",
)
# The end of a chain can be cut off without breaking what is left of it.
CUT_OFF = Question(
    _("Message %(key)s tells of a step of case %(case)s that is gone."),
    """
SELECT o.dedupe_key AS key, coalesce(c.number, o.payload ->> 'case') AS case FROM outbox_message o
  LEFT JOIN cases_step s ON o.dedupe_key = 'step:' || s.id
  LEFT JOIN cases_case c ON c.id = (o.payload ->> 'case')::bigint
 WHERE o.topic = 'case.step' AND s.id IS NULL""",
)
# The promise runs from accepting to the end, where somebody waits for an answer.
ODD_CLOCK = Question(
    _("Clock %(id)s (%(phase)s) of case %(number)s runs while the case stands at “%(state)s”."),
    """
SELECT k.id, k.phase, c.number, c.state
  FROM accountability_clock k JOIN cases_case c ON k.subject_kind = 'case' AND k.subject_id = c.id
  LEFT JOIN unnest(%(states)s::text[], %(phases)s::text[]) a(state, phase) ON a.state = c.state
 WHERE k.stopped_at IS NULL AND k.phase IS DISTINCT FROM a.phase
   AND NOT (k.phase = 'approve' AND c.approval <> '' AND c.state <> ALL(%(ended)s))
   AND NOT (k.phase = 'promise' AND c.has_citizen AND c.accepted_at IS NOT NULL AND c.state <> ALL(%(ended)s))""",
)
# A phase that has no limit at an urgency runs no clock.
NO_CLOCK = Question(
    _("No clock runs for the phase “%(phase)s” of case %(number)s."),
    """
SELECT a.phase, c.number
  FROM cases_case c JOIN unnest(%(states)s::text[], %(phases)s::text[]) a(state, phase) ON a.state = c.state
 WHERE NOT EXISTS (SELECT 1 FROM accountability_clock k WHERE k.subject_kind = 'case' AND k.subject_id = c.id
                      AND k.phase = a.phase AND k.stopped_at IS NULL)
   AND EXISTS (SELECT 1 FROM accountability_limit l WHERE l.urgency = c.urgency AND l.phase = a.phase
                  AND l.milestone = '' AND l.since <= (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date)""",
)
NO_PROMISE = Question(
    _("No clock runs for what was promised to the resident of case %(number)s."),
    """
SELECT c.number FROM cases_case c
 WHERE c.has_citizen AND c.accepted_at IS NOT NULL AND c.state <> ALL(%(ended)s)
   AND NOT EXISTS (SELECT 1 FROM accountability_clock k WHERE k.subject_kind = 'case' AND k.subject_id = c.id
                      AND k.phase = 'promise' AND k.stopped_at IS NULL)
   AND EXISTS (SELECT 1 FROM accountability_limit l WHERE l.urgency = c.urgency AND l.phase = 'promise'
                  AND l.milestone = '' AND l.since <= (c.accepted_at AT TIME ZONE 'Asia/Shanghai')::date)""",
)
# A later whistle may have made the case more urgent: a summons keeps the urgency that its other clocks run on.
# A unit that was sent back owes a new result, not a second contact or arrival.
NO_CLOCK_OF_SUMMONS = Question(
    _("No clock runs for the phase “%(phase)s” of summons %(summons)s of case %(number)s."),
    """
SELECT o.phase, m.id AS summons, c.number
  FROM cases_summons m JOIN cases_case c ON c.id = m.case_id
  JOIN unnest(%(answers)s::text[], %(owed)s::text[]) o(state, phase) ON o.state = m.state
  LEFT JOIN LATERAL (
       SELECT l.urgency FROM accountability_clock k JOIN accountability_limit l ON l.id = k.limit_id
        WHERE k.subject_kind = 'summons' AND k.subject_id = m.id ORDER BY k.id DESC LIMIT 1) u ON true
 WHERE c.state <> ALL(%(ended)s)
   AND (m.level = ANY(%(called)s) OR o.phase = 'result' OR o.phase = ANY(%(own)s) AND c.has_citizen)
   AND (o.phase = 'result' OR NOT EXISTS (
        SELECT 1 FROM cases_step s WHERE s.case_id = c.id AND s.summons_id = m.id AND s.verb IN ('rework', 'recall')))
   AND NOT EXISTS (SELECT 1 FROM accountability_clock k WHERE k.subject_kind = 'summons' AND k.subject_id = m.id
                      AND k.phase = o.phase AND k.stopped_at IS NULL)
   AND EXISTS (SELECT 1 FROM accountability_limit l WHERE l.urgency = coalesce(u.urgency, c.urgency)
                  AND l.phase = o.phase AND l.milestone = ''
                  AND l.since <= (c.opened_at AT TIME ZONE 'Asia/Shanghai')::date)""",
)
# Only a step stops a clock, so a stop set back into time stands out.
STOPPED_BY_NOTHING = Question(
    _("Clock %(id)s (%(phase)s) of case %(number)s stopped at %(stopped_at)s, when no step was made."),
    """
SELECT k.id, k.phase, c.number, k.stopped_at
  FROM accountability_clock k
  LEFT JOIN cases_summons m ON k.subject_kind = 'summons' AND m.id = k.subject_id
  JOIN cases_case c ON k.subject_kind IN ('case', 'summons') AND c.id = coalesce(m.case_id, k.subject_id)
 WHERE k.stopped_at IS NOT NULL AND (k.subject_kind = 'case' OR m.id IS NOT NULL)
   AND NOT EXISTS (SELECT 1 FROM cases_step s WHERE s.case_id = c.id AND s.at = k.stopped_at)""",
)
ODD_CLOCK_OF_SUMMONS = Question(
    _("Clock %(id)s (%(phase)s) of summons %(summons)s of case %(number)s runs while it stands at “%(state)s”."),
    """
SELECT k.id, k.phase, m.id AS summons, c.number, m.state
  FROM accountability_clock k JOIN cases_summons m ON k.subject_kind = 'summons' AND k.subject_id = m.id
  JOIN cases_case c ON c.id = m.case_id
 WHERE k.stopped_at IS NULL AND (c.state = ANY(%(ended)s) OR NOT EXISTS (
       SELECT 1 FROM unnest(%(answers)s::text[], %(owed)s::text[]) o(state, phase)
        WHERE o.state = m.state AND o.phase = k.phase))""",
)
NOBODYS_CLOCK = Question(
    _("Clock %(id)s times %(kind)s %(subject)s, which is not there."),
    """
SELECT k.id, k.subject_kind AS kind, k.subject_id AS subject FROM accountability_clock k
  LEFT JOIN cases_case c ON k.subject_kind = 'case' AND k.subject_id = c.id
  LEFT JOIN cases_summons m ON k.subject_kind = 'summons' AND k.subject_id = m.id
 WHERE k.subject_kind IN ('case', 'summons') AND c.id IS NULL AND m.id IS NULL""",
    {"kind": {"case": _("Case"), "summons": _("Summons")}},
)
DUE_ELSEWHERE = Question(
    _("Case %(number)s is kept as due at %(due_at)s, but the soonest of its clocks is due at %(soonest)s."),
    f"""
SELECT c.number, c.due_at, c.soonest FROM (SELECT c.*, {SOONEST} AS soonest FROM cases_case c) c
 WHERE c.due_at IS DISTINCT FROM c.soonest""",
)
DAYS_APART = Question(
    _("On %(day)s, %(street)s has %(kept)s cases of “%(what)s” in the day rows, but %(counted)s in the cases."),
    f"""
SELECT day, what, street_code AS street, sum(kept) AS kept, sum(counted) AS counted
  FROM (SELECT day, what, street_code, category_id, unit_id, number AS kept, 0 AS counted FROM cases_caseday
        UNION ALL SELECT e.*, 0, 1 FROM ({EXPECTED.format(only="true")}) e) b
 GROUP BY day, what, street_code, category_id, unit_id HAVING sum(kept) <> sum(counted)""",
)
QUESTIONS = (
    CASE_STATE, SUMMONS_STATE, OTHER_VERSION, FOLD, CHAIN, MOMENTS, NO_MESSAGE, CUT_OFF, ODD_CLOCK, NO_CLOCK,
    NO_PROMISE, ODD_CLOCK_OF_SUMMONS, NO_CLOCK_OF_SUMMONS, STOPPED_BY_NOTHING, NOBODYS_CLOCK, DUE_ELSEWHERE,
    DAYS_APART, WEEKS_APART,
)  # fmt: skip


def faults(at: datetime) -> Iterator[str]:
    """States are what their steps led to, the chain is whole, moments are true, and clocks fit the states."""
    states, phases = _columns(AWAITS.items())
    answers, owed = _columns((answer, phase) for answer, waits in OWED.items() for phase in waits)
    ended = [str(state) for state in ENDED]
    given: dict[str, Any] = {
        "states": states, "phases": phases, "answers": answers, "owed": owed, "ended": ended,
        "called": [str(level) for level in CALLED_LEVELS], "own": [str(phase) for phase in OWN_PHASES],
    }  # fmt: skip
    yield from broken(QUESTIONS, given)
    yield from reviewed.faults()
    yield from approved.faults()
    yield from archived.faults()
    yield from disputed.faults()
    yield from linked.faults()
    yield from ordered.faults()
    yield from paired.faults()
    yield from terms.faults()
    yield from resting.faults()
    yield from jointly.faults()
    yield from confided.faults()
    yield from alarmed.faults()
    yield from transferred.faults()


def _columns(pairs: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    rows = [(str(one), str(other)) for one, other in pairs]
    return [one for one, _ in rows], [other for _, other in rows]
