"""What the pages of an application, a task and a pledge show beside their rows: time left, steps, what is open."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accountability import calendars, timewords
from accountability.models import Clock
from accountability.timewords import Look
from accountability.worktime import WorkCalendar
from admission import tasking, workflow
from admission.forms.moves import MoveForm, form_for
from admission.models import Application, Opinion, State, Step, Verb
from admission.moves import Choice, Table, open_to
from grids.standing import Standing

STAGES = (State.REVIEW, State.OPINIONS, State.LEGALITY, State.DECISION, State.GRANTED)


@dataclass(frozen=True)
class Timed:
    """A clock with its words."""

    clock: Clock
    look: Look


@dataclass(frozen=True)
class Offer:
    """A move that is open to the reader, with what it asks; the first of them is what is waited for."""

    verb: Verb
    form: MoveForm
    next: bool

    @property
    def asks(self) -> bool:
        return bool(self.form.fields)


@dataclass(frozen=True)
class Offers:
    """What the reader may do now, and the one thing that is waited for where that is somebody else's."""

    open: list[Offer]
    refused: list[Choice]


def offers(
    moves: Table, thing: Any, by: Standing, at: datetime, awaited: Verb | None, given: dict[str, MoveForm]
) -> Offers:
    choices = open_to(moves, thing, by, at)
    allowed = [one for one in choices if one.allowed]
    first = next((one.verb for one in allowed if one.verb == awaited), None)
    shown = [
        Offer(one.verb, given.get(one.verb) or form_for(one.verb, thing), one.verb == first)
        for one in sorted(allowed, key=lambda one: one.verb != awaited)
        if one.verb != Verb.RESEND
    ]
    told = [one for one in choices if not one.allowed and one.verb == awaited]
    return Offers(shown, told)


def timed(kind: str, ids: Iterable[int], at: datetime) -> dict[int, list[Timed]]:
    """The clocks of these subjects, the one due first before the others. Two queries, or one that is remembered."""
    rows = Clock.objects.of(kind, ids).select_related("limit", "holder").order_by("due_at", "pk")
    calendar = calendars.current()
    found: dict[int, list[Timed]] = {}
    for clock in rows:
        found.setdefault(clock.subject_id, []).append(_timed(clock, at, calendar))
    return found


def _timed(clock: Clock, at: datetime, calendar: WorkCalendar) -> Timed:
    return Timed(clock, timewords.look(clock, at, calendar))


def running(clocks: Iterable[Timed]) -> Timed | None:
    """The one that runs and is due first."""
    return next((one for one in clocks if one.clock.stopped_at is None), None)


def times_of_applications(rows: list[Application], at: datetime) -> dict[int, Timed]:
    """For each application what is due next: its stage, or the first of the streets that are asked."""
    found = timed(workflow.KIND, [one.pk for one in rows], at)
    asked = [one.pk for one in rows if one.state == State.OPINIONS]
    opinions = dict(Opinion.objects.filter(application__in=asked).values_list("pk", "application")) if asked else {}
    for pk, clocks in (timed(workflow.OPINION_KIND, opinions, at) if opinions else {}).items():
        found.setdefault(opinions[pk], []).extend(clocks)
    first = {pk: running(clocks) for pk, clocks in found.items()}
    return {pk: one for pk, one in first.items() if one}


def times_of_tasks(rows: list[Any], at: datetime) -> dict[int, Timed]:
    first = {pk: running(clocks) for pk, clocks in timed(tasking.KIND, [one.pk for one in rows], at).items()}
    return {pk: one for pk, one in first.items() if one}


@dataclass(frozen=True)
class Stage:
    label: str
    css: str


def stages(application: Application) -> list[Stage]:
    """Passed, present and to come; where it ended early the way ends there."""
    passed = {step.source for step in application.steps.all()} | {step.target for step in application.steps.all()}
    now = State.REVIEW if application.state == State.RETURNED else application.state
    reached = max((STAGES.index(State(one)) for one in passed if one in STAGES), default=0)
    found = []
    for place, state in enumerate(STAGES):
        ended = application.state in (State.REFUSED, State.WITHDRAWN)
        css = "now" if state == now and not ended else "ok" if place < reached or (ended and place <= reached) else ""
        if application.state in (State.GRANTED, State.REVOKED) and state == State.GRANTED:
            css = "ok"
        found.append(Stage(str(state.label), css))
    if application.state in (State.REFUSED, State.WITHDRAWN, State.REVOKED):
        found = [*found[: reached + 1], Stage(application.get_state_display(), "now")]
    return found


def history(thing: Any) -> list[Step]:
    """The newest first."""
    return list(thing.steps.select_related("actor", "unit").order_by("-number"))
