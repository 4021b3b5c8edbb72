"""The units called to the case: what each owed, and when it did it."""

from typing import Any

from django.utils.translation import gettext as _

from accountability.models import Phase
from cases.models import Answer, Step, Summons, Verb
from desk.bundle.exactly import exact, zh
from desk.bundle.reading import Evidence
from desk.case_page.units import PHASES

Done = dict[tuple[int | None, str], Step]


def units_told(evidence: Evidence) -> dict[str, Any]:
    """A table: a unit a row, a phase a column. Each cell says when it was done, or by when it is owed."""
    done: Done = {(step.summons_id, step.verb): step for step in evidence.steps if step.summons_id}
    rows = [_row(call, evidence, done) for call in evidence.page.rows.calls]
    return {"heads": [_("Unit"), *(str(phase.label) for phase in PHASES)], "rows": rows}


def _row(call: Summons, evidence: Evidence, done: Done) -> dict[str, Any]:
    return {
        "unit": zh(call.unit.name),
        "part": _part(call),
        "reason": zh(call.reason) if call.reason else "",
        "cells": [_cell(phase, verb, call, evidence, done) for phase, (verb, _words) in PHASES.items()],
    }


def _part(call: Summons) -> str:
    part = _("Lead") if call.leads else _("Support")
    return f"{part} · {_('Released')}" if call.state == Answer.RELEASED else part


def _cell(phase: Phase, verb: Verb, call: Summons, evidence: Evidence, done: Done) -> dict[str, str]:
    step = done.get((call.pk, verb))
    mine = (one for one in evidence.page.rows.of_call(call) if one.clock.phase == phase and not one.clock.milestone)
    timed = next(reversed(list(mine)), None)
    cell = {"when": exact(step.at) if step else "", "state": "", "light": ""}
    if timed and (step or timed.running):
        cell |= {"state": timed.look.state, "light": timed.look.words}
    if timed and timed.running and not step:
        cell["when"] = _("by %(when)s") % {"when": exact(timed.clock.due_at)}
    return cell
