"""Making one move: lock the subject, check, set the state, follow with the clocks, write the step, tell of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils.translation import gettext as _

from accountability.models import Clock
from admission import clocks, days, pledging, tasking, workflow
from admission.marks import KEY, SAYS, mark
from admission.models import Application, Origin, Pledge, Step, Task, Verb
from admission.moves import AdmissionRefused, Deed, Move, Table, check
from audit.rows import insert
from grids.standing import Standing
from outbox.actions import Letter, put_all
from people.words import said

Thing = TypeVar("Thing", Application, Task, Pledge)
TABLES: dict[type, Table] = {Application: workflow.MOVES, Task: tasking.MOVES, Pledge: pledging.MOVES}
# What a move may change of a thing.
CHANGING: dict[type, tuple[str, ...]] = {
    Application: ("state", "round", "version"),
    Task: ("state", "stood_at", "ruling", "version"),
    Pledge: ("state", "reason", "decided_at", "version"),
}
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


def make(thing: Thing, verb: Verb, deed: Deed) -> None:
    """One move of one thing, and what follows from it by itself. The row is locked."""
    make_all([(thing, deed)], verb)
    if verb == Verb.OPINE and isinstance(thing, Application) and workflow.is_heard(thing):
        make(thing, Verb.GATHER, Deed("", {}, None, deed.at))


def make_all(deeds: Sequence[tuple[Thing, Deed]], verb: Verb) -> None:
    """The only writer of a state: the same move of things of one kind at one moment, their rows locked.

    A fixed number of statements where it is made by time; a thing may stand in it more than once if the move stays.
    """
    if not deeds:
        return
    moves, at = TABLES[type(deeds[0][0])], deeds[0][1].at
    if verb not in moves:
        raise AdmissionRefused(_("There is no such move here."), code="no_move")
    moved = [(thing, _turn(thing, moves[verb], deed)) for thing, deed in deeds]
    lapsed = clocks.follow(moved, moves[verb], at)
    steps = []
    for (thing, source), (_thing, deed) in zip(moved, deeds, strict=True):
        if deed.by is not None:  # what the system does in time's name says so itself
            late = lapsed.get(thing.pk, [])
            steps += [_lapse(thing, source, clock, at) for clock in late]
        steps.append(_step(thing, verb, source, deed))
    _write(steps)
    things = list({thing.pk: thing for thing, _deed in deeds}.values())
    type(things[0])._default_manager.bulk_update(things, CHANGING[type(things[0])])


def _turn(thing: Thing, move: Move, deed: Deed) -> str:
    """Check it and set the state; returns where it stood."""
    check(move, thing, deed)
    source, target = str(thing.state), move.lands(thing)
    move.does(thing, deed)
    thing.state = target
    return source


def record(thing: Thing, verb: Verb, source: str, deed: Deed) -> None:
    """Write the step of what was done, count it, and put down that whoever it concerns is to be told."""
    _write([_step(thing, verb, source, deed)])


def _lapse(thing: Thing, source: str, clock: Clock, at: datetime) -> Step:
    return _step(thing, Verb.LAPSE, source, Deed("", {"phase": clock.phase}, None, at), target=source)


def _step(thing: Thing, verb: Verb, source: str, deed: Deed, target: str | None = None) -> Step:
    if source:
        thing.version += 1
    facts = {**deed.facts, KEY: mark(thing)} if verb in SAYS else deed.facts
    return Step(
        **{_name(thing): thing}, number=thing.version, verb=verb, actor=deed.by.user if deed.by else None,
        unit_id=deed.by.user.unit_id if deed.by else None, source=source,
        target=thing.state if target is None else target, note=deed.note, facts=facts, at=deed.at,
        origin=Origin.DEMO if thing.demo else Origin.LIVE,
    )  # fmt: skip


def _name(thing: models.Model) -> str:
    return str(type(thing)._meta.model_name)


def _write(steps: list[Step]) -> None:
    """The steps, what counts them, and a letter for each: a statement apiece."""
    insert(steps)
    counted = [days.row_of(step.task, step) for step in steps if step.task]
    insert([row for row in counted if row])
    put_all(
        Letter(
            "admission.step", f"admission.step:{step.pk}", f"{_name(step.subject)}:{step.subject.pk}", {"step": step.pk}
        )
        for step in steps
    )
