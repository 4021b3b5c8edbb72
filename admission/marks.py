"""A mark of what an application or a task says, kept in the sealed step that said it; `verify` reads it again."""

from collections.abc import Iterator
from typing import Any

from accountability.seals import hashed
from admission.models import Application, Step, Task, Verb

KEY = "mark"
SAYS = (Verb.APPLY, Verb.RESEND, Verb.HAND)
SUBJECTS = ("application", "task")
SUBJECTS_BY_KEY = tuple(f"{name}_id" for name in SUBJECTS)
OF: dict[type, tuple[str, ...]] = {
    Application: (
        "department_id", "kind_id", "body", "matter", "content", "basis", "since", "until", "people", "money",
        "equipment", "training",
    ),
    Task: ("permit_id", "department_id", "street_id", "kind_id", "body", "title", "words", "due_on"),
}  # fmt: skip


def mark(thing: Any) -> str:
    return hashed([str(getattr(thing, name)) for name in OF[type(thing)]])


def written_over() -> Iterator[Application | Task]:
    """What says something else now than its last such step. Steps from before there were marks have none."""
    told = Step.objects.filter(verb__in=SAYS, facts__has_key=KEY).select_related(*SUBJECTS)
    for step in told.order_by(*SUBJECTS_BY_KEY, "-pk").distinct(*SUBJECTS_BY_KEY).iterator():
        if step.facts[KEY] != mark(step.subject):
            yield step.subject
