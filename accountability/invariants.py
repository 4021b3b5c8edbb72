"""What must always hold: a due moment that is stored, a lapse exactly when it was passed, rules that were reviewed."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import calendars, catalogue, rungs, sealed, situations
from accountability.dues import folded
from accountability.ladder import climb
from accountability.models import Boundary, Clock, FlowParty, ItemWords, ListKind, Situation, SituationGroup
from accountability.suggester import kept
from audit import loaded
from audit.asking import Question, broken, spread

SAMPLE = 2000

LAPSED_ELSEWHERE = Question(
    gettext_lazy("Clock %(id)s was due at %(due_at)s, but lapsed at %(lapsed_at)s."),
    "SELECT id, due_at, lapsed_at FROM accountability_clock WHERE lapsed_at IS NOT NULL"
    " AND lapsed_at IS DISTINCT FROM due_at",
)
STOPPED_LATE = Question(
    gettext_lazy("Clock %(id)s was due at %(due_at)s and stopped at %(stopped_at)s, but has not lapsed."),
    "SELECT id, due_at, stopped_at FROM accountability_clock WHERE stopped_at > due_at AND lapsed_at IS NULL",
)
STOPPED_IN_TIME = Question(
    gettext_lazy("Clock %(id)s was due at %(due_at)s and stopped at %(stopped_at)s in time, but has lapsed."),
    "SELECT id, due_at, stopped_at FROM accountability_clock WHERE stopped_at <= due_at AND lapsed_at IS NOT NULL",
)
LAPSED_EARLY = Question(
    gettext_lazy("Clock %(id)s runs until %(due_at)s, but has lapsed already."),
    "SELECT id, due_at FROM accountability_clock WHERE stopped_at IS NULL AND lapsed_at IS NOT NULL"
    " AND due_at >= %(at)s",
)
UNNOTICED = Question(
    gettext_lazy("Clock %(id)s was due at %(due_at)s and nobody noticed. Does the sweep run?"),
    """
SELECT id, due_at FROM accountability_clock
 WHERE stopped_at IS NULL AND lapsed_at IS NULL AND due_at < %(at)s - interval '60 seconds'
   AND (next_try_at IS NULL OR next_try_at < %(at)s - interval '60 seconds')""",
)
OTHER_STRETCH = Question(
    gettext_lazy("Clock %(id)s is held by another unit, or rests otherwise, than its last stretch says."),
    """
SELECT c.id FROM accountability_clock c
  JOIN accountability_segment s ON s.clock_id = c.id AND s.kind <> 'extend' AND s.until IS NULL
 WHERE c.stopped_at IS NOT NULL OR s.holder_id IS DISTINCT FROM c.holder_id
    OR (s.kind = 'pause') <> (c.paused_at IS NOT NULL) OR NOT c.altered""",
)
PAST_REVIEW = Question(
    gettext_lazy("Limit %(id)s (%(urgency)s, %(phase)s) follows a reviewed change, but names none of its own."),
    """
SELECT l.id, l.urgency, l.phase FROM accountability_limit l
 WHERE l.change_id IS NULL AND EXISTS (
    SELECT FROM accountability_limit r WHERE r.change_id IS NOT NULL AND r.urgency = l.urgency AND r.phase = l.phase
       AND r.milestone = l.milestone AND r.situation_id IS NOT DISTINCT FROM l.situation_id AND r.since < l.since)""",
)
OTHER_DAY = Question(
    gettext_lazy("Limit %(id)s holds from %(since)s, but change %(change)s was in force from %(day)s, if at all."),
    """
SELECT l.id, l.since, c.id AS change, c.in_force_from AS day FROM accountability_limit l
  JOIN changes_change c ON c.id = l.change_id
 WHERE c.kind <> 'limits' OR c.applied_at IS NULL OR c.in_force_from <> l.since""",
)
RUNG_PAST_REVIEW = Question(
    gettext_lazy("Row %(id)s of the rung “%(code)s” follows a reviewed change, but names none of its own."),
    """
SELECT g.id, g.code FROM accountability_rung g
 WHERE g.change_id IS NULL AND EXISTS (
    SELECT FROM accountability_rung r WHERE r.change_id IS NOT NULL AND r.code = g.code AND r.urgency = g.urgency
       AND r.since < g.since)""",
)
RUNG_ON_OTHER_DAY = Question(
    gettext_lazy(
        "Row %(id)s of the ladder holds from %(since)s, but change %(change)s was in force from %(day)s, if at all."
    ),
    """
SELECT g.id, g.since, c.id AS change, c.in_force_from AS day FROM accountability_rung g
  JOIN changes_change c ON c.id = g.change_id
 WHERE c.kind <> 'ladder' OR c.applied_at IS NULL OR c.in_force_from <> g.since""",
)
UNREVIEWED_CALENDAR = Question(
    gettext_lazy("Calendar version %(version)s follows a reviewed one, but names no change that is in force."),
    """
SELECT k.version FROM accountability_calendar k LEFT JOIN changes_change c ON c.id = k.change_id
 WHERE c.applied_at IS NULL AND (k.change_id IS NOT NULL OR EXISTS (
    SELECT FROM accountability_calendar r WHERE r.change_id IS NOT NULL AND r.version < k.version))""",
)
NOT_CARRIED = Question(
    gettext_lazy("Calendar version %(version)s should have moved the clocks that run. Does the sweep run?"),
    """
SELECT version FROM accountability_calendar
 WHERE carried_at IS NULL AND carry_from < %(at)s - interval '1 hour'""",
)
NOT_TOLD = Question(
    gettext_lazy("Clock %(id)s came to a rung of the ladder at %(rung_at)s and nobody noticed. Does the sweep run?"),
    """
SELECT id, rung_at FROM accountability_clock
 WHERE stopped_at IS NULL AND rung_at < %(at)s - interval '60 seconds'
   AND (next_try_at IS NULL OR next_try_at < %(at)s - interval '60 seconds')""",
)
ROSE_EARLY = Question(
    gettext_lazy("Clock %(id)s reached the rung “%(code)s” before its moment, %(due_at)s."),
    """
SELECT c.id, g.code, r.due_at FROM accountability_rise r
  JOIN accountability_clock c ON c.id = r.clock_id JOIN accountability_rung g ON g.id = r.rung_id
 WHERE r.noticed_at <= r.due_at OR r.due_at <= c.started_at""",
)
# Only an extension or a pause takes a clock down again, and both leave a segment.
STANDS_ELSEWHERE = Question(
    gettext_lazy(
        "Clock %(id)s stands at %(rung)s on the ladder, but the highest rung that it has reached is %(risen)s."
    ),
    """
SELECT c.id, c.rung, coalesce(max(g.order), 0) AS risen FROM accountability_clock c
  LEFT JOIN accountability_rise r ON r.clock_id = c.id LEFT JOIN accountability_rung g ON g.id = r.rung_id
 WHERE c.rung > 0 OR r.id IS NOT NULL
 GROUP BY c.id HAVING c.rung > coalesce(max(g.order), 0) OR (c.rung < coalesce(max(g.order), 0) AND NOT c.altered)""",
)
# What is loaded from files and reviewed nowhere else.
LOADED = (
    (ListKind, ["code"], gettext_lazy("Kind of list")),
    (FlowParty, ["name"], gettext_lazy("Party of a flow")),
    (SituationGroup, ["code"], gettext_lazy("Group of situations")),
    (Situation, ["code"], gettext_lazy("Situation")),
    (ItemWords, ["item__code"], gettext_lazy("Everyday words of item")),
    (Boundary, ["one", "other"], gettext_lazy("Boundary note")),
)
QUESTIONS = (
    LAPSED_ELSEWHERE, STOPPED_LATE, STOPPED_IN_TIME, LAPSED_EARLY, UNNOTICED, OTHER_STRETCH, PAST_REVIEW, OTHER_DAY,
    RUNG_PAST_REVIEW, RUNG_ON_OTHER_DAY, UNREVIEWED_CALENDAR, NOT_CARRIED, NOT_TOLD, ROSE_EARLY, STANDS_ELSEWHERE,
)  # fmt: skip


def faults(at: datetime) -> Iterator[str]:
    yield from broken(QUESTIONS, {"at": at})
    yield from sealed.faults()
    yield from catalogue.faults()
    yield from _awaiting_nothing()
    yield from _due_at_another_moment()
    yield from _next_rung_elsewhere()
    yield from situations.faults()
    yield from kept.faults()
    for model, key, what in LOADED:
        yield from loaded.faults(model, key, str(what))


def _awaiting_nothing() -> Iterator[str]:
    """A clock without a due moment awaits a year that the calendar does not know."""
    calendar = calendars.current()
    for clock in Clock.objects.awaiting().select_related("limit").prefetch_related("segments"):
        if folded(clock, clock.segments.all(), calendar):
            yield _("Clock %(id)s awaits a calendar that is there. Does the sweep run?") % {"id": clock.pk}


def _due_at_another_moment() -> Iterator[str]:
    """A sample, spread over all clocks: limit, start and calendar give the due moment that is stored."""
    known = {pk: calendars.numbered(pk) for pk in Clock.objects.values_list("calendar", flat=True).distinct()}
    sample = spread(Clock.objects.all(), SAMPLE).filter(due_at__isnull=False)
    for clock in sample.select_related("limit").prefetch_related("segments"):
        due = folded(clock, clock.segments.all(), known[clock.calendar_id])
        if due != clock.due_at:
            named = {"id": clock.pk, "due_at": clock.due_at, "due": due}
            yield _("Clock %(id)s is due at %(due_at)s, but its limit and calendar say %(due)s.") % named


def _next_rung_elsewhere() -> Iterator[str]:
    """A sample of what runs: the rows of the ladder give the rung that is stored as the next one."""
    ladder = rungs.current()
    known = {pk: calendars.numbered(pk) for pk in Clock.objects.values_list("calendar", flat=True).distinct()}
    sample = spread(Clock.objects.running(), SAMPLE).filter(due_at__isnull=False)
    for clock in sample.select_related("limit").prefetch_related("segments"):
        ahead = climb(clock, ladder, known[clock.calendar_id], clock.segments.all())
        above = next((one for one in ahead if one.rung.order > clock.rung), None)
        if above and clock.rung_at not in (above.at, clock.started_at):
            named = {"id": clock.pk, "rung_at": clock.rung_at, "at": above.at}
            yield _("Clock %(id)s comes to its next rung at %(rung_at)s, but the ladder says %(at)s.") % named
