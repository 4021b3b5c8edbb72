"""The stages that a case has passed and still has before it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from accountability.spans import moment
from cases.models import Answer, State, Verb
from cases.models.case import ENDED
from cases.workflow import stage_on
from desk.case_page.rows import Rows


@dataclass(frozen=True)
class Stage:
    """One stage of the strip: `ok` passed, `now` here, "" to come."""

    label: str
    css: str
    words: str = ""


# Moves that lead back into a stage: it had been reached before.
BACK = (
    Verb.REWORK,
    Verb.SEND_BACK,
    Verb.UNMERGE,
    Verb.UNDO,
    Verb.REOPEN,
    Verb.COME_BACK,
    Verb.ASK_AGAIN,
    Verb.GET_BACK,
)
# Each stage, and the states in which a case stands in it.
STAGES = (
    (State.REPORTED, (State.REPORTED, State.TURNED_DOWN, State.MERGED, State.TRANSFERRED, State.WITHHELD)),
    (State.ACCEPTED, (State.ACCEPTED, State.AT_DESK)),
    (State.IN_HAND, (State.IN_HAND,)),
    (State.INSPECTING, (State.INSPECTING,)),
    (State.CALLING_BACK, (State.CALLING_BACK,)),
    (State.CLOSING, (State.CLOSING, State.CLOSED, State.ARCHIVED)),
)


def stages(rows: Rows) -> list[Stage]:
    """Those that this case passes through; a skipped stage is not shown."""
    case = rows.case
    on = [(state, inside) for state, inside in STAGES if stage_on(case, state)]
    here = next(n for n, (_state, inside) in enumerate(on) if case.state in inside)
    entered = _entered(rows)
    shown = [Stage(str(Verb.OPEN.label), "ok", moment(case.opened_at, rows.at))]
    labels = _labels()
    for number, (state, _inside) in enumerate(on):
        ended = case.state in ENDED and number == here
        css = "ok" if number < here or ended else "now" if number == here else ""
        left = _left_at(on, number, entered) if css == "ok" else None
        if ended:
            left = case.closed_at or entered.get(case.state)
        words = moment(left, rows.at) if left else _so_far(rows) if css == "now" else ""
        shown.append(Stage(_early_end(rows) if ended and number == 0 else labels[state], css, words))
    return shown


def _early_end(rows: Rows) -> str:
    """Nobody accepted what was turned down or went into another case."""
    return str(rows.case.get_state_display())


def _labels() -> dict[State, str]:
    return {
        State.REPORTED: _("Accept"),
        State.ACCEPTED: _("Decide who settles it"),
        State.IN_HAND: _("Settle"),
        State.INSPECTING: _("Inspect"),
        State.CALLING_BACK: _("Call back"),
        State.CLOSING: _("Close"),
    }


def _entered(rows: Rows) -> dict[str, datetime]:
    """When the case last came into each state on its way forward."""
    found: dict[str, datetime] = {}
    for step in rows.steps:
        if step.summons_id is None and step.source != step.target and step.verb not in BACK:
            found.setdefault(step.target, step.at)
    return found


def _left_at(on: list[Any], number: int, entered: dict[str, datetime]) -> datetime | None:
    """A stage was left when the next one was entered; what lay behind that before a rework does not count."""
    later = ([entered[state] for state in inside if state in entered] for _stage, inside in on[number + 1 :])
    return next((min(moments) for moments in later if moments), None)


def _so_far(rows: Rows) -> str:
    calls = rows.open_calls
    if rows.case.state != State.IN_HAND or not calls:
        return ""
    replied = sum(call.state == Answer.REPLIED for call in calls)
    return _("%(replied)s of %(count)s have replied") % {"replied": replied, "count": len(calls)}
