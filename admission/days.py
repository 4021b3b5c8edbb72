"""Which rows of the load follow from a step of a task, and the same counted anew from the steps themselves."""

from django.utils.timezone import localdate

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
