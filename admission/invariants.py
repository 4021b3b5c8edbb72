"""What must always hold of what is admitted and handed down, asked of the rows in one statement each."""

from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from admission.days import EXPECTED
from admission.marks import written_over
from admission.models import ExpiryNotice, Load, MatterKind, PledgeState, State, TaskState
from admission.workflow import AWAITS
from audit import loaded
from audit.asking import Question, broken

# As people read them; a state of two kinds has two names.
STATES = {"application": dict(State.choices), "task": dict(TaskState.choices), "pledge": dict(PledgeState.choices)}
PHASES = dict(Phase.choices)
KINDS = {"kind": {"application": _("Application"), "task": _("Task"), "pledge": _("Pledge")}}
GAPS = Question(
    _("%(kind)s %(id)s counts %(version)s steps, but %(steps)s are written."),
    """
SELECT kind, id, version, steps FROM (
    SELECT 'application' AS kind, a.id, a.version, count(s.id) AS steps, max(s.number) AS last
      FROM admission_application a LEFT JOIN admission_step s ON s.application_id = a.id GROUP BY a.id
    UNION ALL
    SELECT 'task', t.id, t.version, count(s.id), max(s.number)
      FROM admission_task t LEFT JOIN admission_step s ON s.task_id = t.id GROUP BY t.id
    UNION ALL
    SELECT 'pledge', p.id, p.version, count(s.id), max(s.number)
      FROM admission_pledge p LEFT JOIN admission_step s ON s.pledge_id = p.id GROUP BY p.id) counted
 WHERE steps <> version OR last IS DISTINCT FROM version""",
    KINDS,
)
OTHER_STATES = tuple(
    Question(
        _("%(kind)s %(id)s stands at “%(state)s”, but its last step led to “%(target)s”."),
        f"""
SELECT '{kind}' AS kind, t.id, t.state, s.target FROM admission_{kind} t
  JOIN admission_step s ON s.{kind}_id = t.id AND s.number = t.version WHERE s.target <> t.state""",
        KINDS | {"state": states, "target": states},
    )
    for kind, states in STATES.items()
)
NO_MESSAGE = Question(
    _("Step %(id)s of what is admitted has no message in the outbox."),
    """
SELECT s.id FROM admission_step s LEFT JOIN outbox_message o ON o.dedupe_key = 'admission.step:' || s.id
 WHERE o.id IS NULL""",
)
NO_PERMIT = Question(
    _("Application %(id)s is “%(state)s”, which does not fit its permit."),
    """
SELECT a.id, a.state FROM admission_application a LEFT JOIN admission_permit p ON p.application_id = a.id
 WHERE (a.state IN ('granted', 'revoked')) <> (p.id IS NOT NULL) OR (a.state = 'revoked') <> (p.revoked_on IS NOT NULL)
    OR p.department_id <> a.department_id OR p.kind_id <> a.kind_id OR p.body <> a.body OR p.until > a.until""",
    {"state": STATES["application"]},
)
# What stands in a row that can be written over, against the sealed step that wrote it.
GRANTED_OTHERWISE = Question(
    _("Permit %(number)s holds from %(since)s to %(until)s, but was granted from %(begun)s to %(granted)s."),
    """
SELECT p.number, p.since, p.until, coalesce(s.facts ->> 'since', p.since::text) AS begun, s.facts ->> 'until' AS granted
  FROM admission_permit p JOIN admission_step s ON s.application_id = p.application_id AND s.verb = 'grant'
 WHERE s.facts ->> 'until' <> p.until::text OR s.facts ->> 'since' <> p.since::text""",
)
ALLOTTED_OTHERWISE = Question(
    _("Permit %(number)s allots %(money)s yuan to %(street)s, but was granted with %(granted)s."),
    """
SELECT p.number, a.money, g.name AS street, coalesce(s.facts -> 'money' ->> g.code, '0') AS granted
  FROM admission_allotment a JOIN admission_permit p ON p.id = a.permit_id JOIN grids_area g ON g.id = a.street_id
  JOIN admission_step s ON s.application_id = p.application_id AND s.verb = 'grant'
 WHERE coalesce(s.facts -> 'money' ->> g.code, '0') <> a.money::text""",
)
SAID_OTHERWISE = Question(
    _("Application %(id)s: the opinion of %(street)s is another than the one that was given."),
    """
SELECT o.application_id AS id, g.name AS street FROM admission_opinion o JOIN grids_area g ON g.id = o.street_id
 WHERE o.view <> '' AND NOT EXISTS (
    SELECT FROM admission_step s WHERE s.application_id = o.application_id AND s.verb = 'opine'
       AND s.actor_id = o.by_id AND s.at = o.at AND s.facts ->> 'view' = o.view AND left(s.note, 600) = o.words)""",
)
OPINION_GONE = Question(
    _("Application %(id)s: opinions that were given at %(at)s do not stand there any more."),
    """
SELECT s.application_id AS id, s.at FROM admission_step s
 WHERE s.verb = 'opine' AND jsonb_array_length(s.facts -> 'streets') <> (
    SELECT count(*) FROM admission_opinion o
     WHERE o.application_id = s.application_id AND o.by_id = s.actor_id AND o.at = s.at)""",
)
RULED_OTHERWISE = Question(
    _("Task %(id)s: its ruling is another than the one that was given."),
    """
SELECT t.id FROM admission_task t
 WHERE t.ruling IS DISTINCT FROM coalesce((
    SELECT CASE s.verb WHEN 'uphold' THEN 'shifted' ELSE 'rightful' END FROM admission_step s
     WHERE s.task_id = t.id AND s.verb IN ('uphold', 'dismiss') ORDER BY s.number DESC LIMIT 1), '')""",
)
ENTERED_OTHERWISE = Question(
    _("Pledge %(id)s says something else than was entered."),
    """
SELECT p.id FROM admission_pledge p JOIN admission_step s ON s.pledge_id = p.id AND s.verb = 'enter'
 WHERE s.facts ? 'targets'
   AND jsonb_build_object('title', p.title, 'targets', p.targets, 'level', p.level, 'basis', p.basis,
                          'signed_on', p.signed_on) IS DISTINCT FROM s.facts""",
)
DECIDED_OTHERWISE = Question(
    _("Pledge %(id)s: the reason of its decision is another than the one that was given."),
    """
SELECT p.id FROM admission_pledge p
 WHERE p.reason <> coalesce((
    SELECT left(s.note, 600) FROM admission_step s
     WHERE s.pledge_id = p.id AND s.verb IN ('keep', 'cancel') ORDER BY s.number DESC LIMIT 1), '')""",
)
OTHER_STREETS = Question(
    _("Permit %(number)s and its application do not name the same streets."),
    """
SELECT p.number FROM admission_permit p
 WHERE (SELECT array_agg(street_id ORDER BY street_id) FROM admission_allotment WHERE permit_id = p.id) IS DISTINCT FROM
       (SELECT array_agg(street_id ORDER BY street_id) FROM admission_opinion o
         WHERE o.application_id = p.application_id)""",
)
SAME_HAND = Question(
    _("Application %(id)s was sent in and decided by the same hand."),
    """
SELECT DISTINCT d.application_id AS id FROM admission_step d
  JOIN admission_step a ON a.application_id = d.application_id AND a.actor_id = d.actor_id
 WHERE a.verb IN ('apply', 'resend') AND d.verb IN ('forward', 'clear', 'grant')""",
)
BLOCKED = Question(
    _("Application %(id)s is of a kind that is blocked, and goes on."),
    """
SELECT a.id FROM admission_application a JOIN admission_matterkind k ON k.id = a.kind_id
 WHERE k.blocked AND a.state NOT IN ('refused', 'withdrawn', 'granted', 'revoked')""",
)
NOT_COVERED = Question(
    _("Task %(id)s was handed down on %(day)s, which permit %(number)s does not cover."),
    """
SELECT t.id, (t.handed_at AT TIME ZONE %(zone)s)::date AS day, p.number FROM admission_task t
  JOIN admission_permit p ON p.id = t.permit_id
 WHERE t.department_id <> p.department_id OR t.kind_id <> p.kind_id OR t.body <> p.body OR t.due_on > p.until
    OR (t.handed_at AT TIME ZONE %(zone)s)::date NOT BETWEEN p.since AND p.until
    OR (t.handed_at AT TIME ZONE %(zone)s)::date > p.revoked_on
    OR NOT EXISTS (SELECT FROM admission_allotment a WHERE a.permit_id = p.id AND a.street_id = t.street_id)""",
)
STILL_OUT = Question(
    _("Task %(id)s is still out, though permit %(number)s was revoked."),
    """
SELECT t.id, p.number FROM admission_task t JOIN admission_permit p ON p.id = t.permit_id
 WHERE p.revoked_on IS NOT NULL AND t.state IN ('handed', 'accepted', 'flagged')""",
)
OTHER_CLOCK = Question(
    _("Clock %(id)s (%(phase)s) runs for application %(application)s, which stands at “%(state)s”."),
    """
SELECT c.id, c.phase, a.id AS application, a.state FROM accountability_clock c
  JOIN admission_application a ON a.id = c.subject_id
  LEFT JOIN unnest(%(states)s::text[], %(phases)s::text[]) AS fit(state, phase)
         ON fit.state = a.state AND fit.phase = c.phase
 WHERE c.subject_kind = 'application' AND c.stopped_at IS NULL AND fit.state IS NULL""",
    {"phase": PHASES, "state": STATES["application"]},
)
STILL_RUNS = Question(
    _("Clock %(id)s (%(phase)s) runs on for task %(task)s, which stands at “%(state)s”."),
    """
SELECT c.id, c.phase, t.id AS task, t.state FROM accountability_clock c JOIN admission_task t ON t.id = c.subject_id
 WHERE c.subject_kind = 'task' AND c.stopped_at IS NULL
   AND (t.state IN ('done', 'refused', 'void') OR (c.phase = 'ruling') <> (t.state = 'flagged' AND c.paused_at IS NULL
        AND c.phase = 'ruling'))""",
    {"phase": PHASES, "state": STATES["task"]},
)
OTHER_LOAD = Question(
    _("The load of %(day)s counts %(number)s times “%(what)s”, but the steps say %(steps)s."),
    """
SELECT coalesce(k.day, e.day) AS day, coalesce(k.what, e.what) AS what, coalesce(k.number, 0) AS number,
       coalesce(e.number, 0) AS steps
  FROM (SELECT day, what, street_id, department_id, sum(number) AS number FROM admission_loadday GROUP BY 1, 2, 3, 4) k
  FULL JOIN (SELECT day, what, street_id, department_id, count(*) AS number FROM ("""
    + EXPECTED
    + """) one GROUP BY 1, 2, 3, 4) e USING (day, what, street_id, department_id)
 WHERE coalesce(k.number, 0) <> coalesce(e.number, 0)""",
    {"what": dict(Load.choices)},
)
NOT_WARNED = Question(
    _("Permit %(number)s ends on %(until)s, and nobody was told. Does the sweep run?"),
    """
SELECT p.number, p.until FROM admission_permit p CROSS JOIN admission_expirynotice n
 WHERE p.revoked_on IS NULL AND p.until >= (%(at)s AT TIME ZONE %(zone)s)::date
   AND p.until - n.days < (%(at)s AT TIME ZONE %(zone)s)::date - 1 AND (p.warned IS NULL OR p.warned > n.days)
   AND p.granted_at < %(at)s - interval '1 day'""",
)
SAID_LATER = _("%(kind)s %(id)s says something else than when it was sent in.")
QUESTIONS = (
    GAPS, *OTHER_STATES, NO_MESSAGE, NO_PERMIT, GRANTED_OTHERWISE, ALLOTTED_OTHERWISE, SAID_OTHERWISE,
    OPINION_GONE, RULED_OTHERWISE, ENTERED_OTHERWISE, DECIDED_OTHERWISE, OTHER_STREETS, SAME_HAND, BLOCKED, NOT_COVERED,
    STILL_OUT, OTHER_CLOCK,
    STILL_RUNS, OTHER_LOAD, NOT_WARNED,
)  # fmt: skip


def faults(at: datetime) -> Iterator[str]:
    fitting = {"states": [state.value for state in AWAITS], "phases": [phase.value for phase in AWAITS.values()]}
    yield from broken(QUESTIONS, {"at": at, "zone": settings.TIME_ZONE, **fitting})
    for thing in written_over():
        yield str(SAID_LATER) % {"kind": KINDS["kind"][str(thing._meta.model_name)], "id": thing.pk}
    yield from loaded.faults(MatterKind, ["code"], str(_("Kind of matter")))
    yield from loaded.faults(ExpiryNotice, ["days"], str(_("Notice before an end")))
