"""Making one move: lock the subject, check, set the state, follow with the clocks, write the step, tell of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from admission import clocks, days, pledging, tasking, workflow
from admission.marks import KEY, SAYS, mark
from admission.models import Application, Origin, Pledge, Step, Task, Verb
from admission.moves import AdmissionRefused, Deed, Table, check
from grids.standing import Standing
from outbox.actions import put
from people.words import said

Thing = TypeVar("Thing", Application, Task, Pledge)
TABLES: dict[type, Table] = {Application: workflow.MOVES, Task: tasking.MOVES, Pledge: pledging.MOVES}
# What is made with rows of its own: a permit, a new wording, tasks that are stopped.
BY_THEMSELVES = (Verb.GRANT, Verb.RESEND, Verb.REVOKE)


def locked(thing: Thing, seen: int | None) -> Thing:
    """The row as it stands, held until the end; refused if it moved on since version `seen`."""
    found: Thing = type(thing).objects.select_for_update(of=("self",)).select_related("department").get(pk=thing.pk)
    if seen is not None and seen != found.version:
        raise AdmissionRefused(
            _("Somebody else has moved this on since you opened the page. What you wrote is still here."), code="stale"
        )
    return found


@transaction.atomic
def advance(
    thing: Thing, verb: Verb, *, by: Standing | None, at: datetime, note: str = "",
    facts: Mapping[str, Any] | None = None, seen: int | None = None,
) -> Thing:  # fmt: skip
    """Make a move that its table holds. Raises AdmissionRefused with a sentence and a code."""
    if by is not None and verb in BY_THEMSELVES:
        raise AdmissionRefused(_("It is made with a form of its own."), code="made_elsewhere")
    mine = locked(thing, seen)
    make(mine, verb, Deed(said(note)[:1000], dict(facts or {}), by, at))
    return mine


def make(thing: Thing, verb: Verb, deed: Deed) -> Step:
    """The only writer of a state. The row is locked; what follows from the move by itself is made with it."""
    moves = TABLES[type(thing)]
    if verb not in moves:
        raise AdmissionRefused(_("There is no such move here."), code="no_move")
    move, source = moves[verb], thing.state
    check(move, thing, deed)
    target = move.lands(thing)
    move.does(thing, deed)
    thing.state = target
    for clock in clocks.follow(thing, move, source, deed.at):
        if deed.by is not None:  # what the system does in time's name says so itself
            record(thing, Verb.LAPSE, source, Deed("", {"phase": clock.phase}, None, deed.at), target=source)
    step = record(thing, verb, source, deed)
    thing.save()
    _go_on(thing, verb, deed)
    return step


def record(thing: Thing, verb: Verb, source: str, deed: Deed, target: str | None = None) -> Step:
    """Write the step of what was done, count it, and put down that whoever it concerns is to be told."""
    if source:
        thing.version += 1
    name = str(type(thing)._meta.model_name)
    facts = {**deed.facts, KEY: mark(thing)} if verb in SAYS else deed.facts
    step = Step.objects.create(
        **{name: thing}, number=thing.version, verb=verb, actor=deed.by.user if deed.by else None,
        unit_id=deed.by.user.unit_id if deed.by else None, source=source,
        target=thing.state if target is None else target, note=deed.note, facts=facts, at=deed.at,
        origin=Origin.DEMO if thing.demo else Origin.LIVE,
    )  # fmt: skip
    counted = days.row_of(thing, step) if isinstance(thing, Task) else None
    if counted:
        counted.save()
    put(
        "admission.step", dedupe_key=f"admission.step:{step.pk}", partition_key=f"{name}:{thing.pk}",
        payload={"step": step.pk},
    )  # fmt: skip
    return step


def _go_on(thing: Thing, verb: Verb, deed: Deed) -> None:
    """When the last street was heard, the legal office is asked."""
    if isinstance(thing, Application) and verb == Verb.OPINE and not thing.opinions.awaited().exists():
        make(thing, Verb.GATHER, Deed("", {}, None, deed.at))
