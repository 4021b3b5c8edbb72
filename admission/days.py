"""Which rows of the load follow from a step of a task, and the same counted anew from the steps themselves."""

from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from accountability.models import Phase
from accountability.worktime import LOCAL
from admission.models import Load, LoadDay, Step, Task, Verb
from audit import folding

KEYS = ("day", "what", "street_id", "department_id")
COUNTED = {
    Verb.HAND: Load.HANDED,
    Verb.TAKE: Load.TAKEN,
    Verb.DECLINE: Load.NOT_TAKEN,
    Verb.FINISH: Load.DONE,
    Verb.FLAG: Load.FLAGGED,
    Verb.UPHOLD: Load.SHIFTED,
}
# What the rows must sum up to, counted from the steps.
EXPECTED = """
SELECT (s.at AT TIME ZONE 'Asia/Shanghai')::date AS day,
       CASE s.verb WHEN 'hand' THEN 'handed' WHEN 'take' THEN 'taken' WHEN 'decline' THEN 'not_taken'
                   WHEN 'finish' THEN 'done' WHEN 'flag' THEN 'flagged' WHEN 'uphold' THEN 'shifted'
                   ELSE 'late' END AS what,
       t.street_id, t.department_id
  FROM admission_step s JOIN admission_task t ON t.id = s.task_id
 WHERE s.verb IN ('hand', 'take', 'decline', 'finish', 'flag', 'uphold')
    OR s.verb = 'lapse' AND s.facts ->> 'phase' = 'task'"""


# Within which days the load is read.
PERIODS = {30: _("30 days"), 90: _("90 days"), 365: _("a year")}
USUAL = 90


def since(days: int, at: datetime) -> date:
    """The last local day that is no more of so many days."""
    return localdate(at, LOCAL) - timedelta(days=days)


def behind(what: str, after: date) -> Q:
    """The steps of tasks that a number of the load counts, after a local day."""
    verb = next((verb for verb, counted in COUNTED.items() if counted == what), None)
    which = Q(verb=verb) if verb else Q(verb=Verb.LAPSE, facts__phase=Phase.TASK)
    return which & Q(at__gte=datetime.combine(after + timedelta(days=1), time.min, LOCAL))


def row_of(task: Task, step: Step) -> LoadDay | None:
    """What this step adds; nothing where nobody counts it."""
    late = step.verb == Verb.LAPSE and step.facts.get("phase") == Phase.TASK
    what = Load.LATE if late else COUNTED.get(Verb(step.verb))
    if what is None:
        return None
    return LoadDay(
        day=localdate(step.at, LOCAL), what=what, street_id=task.street_id, department_id=task.department_id, number=1
    )


def fold() -> int:
    """Sum up what was appended since; returns how many rows went into it."""
    return folding.fold(LoadDay, KEYS, ["number"])
