"""Every clock of the case as the bundle tells it: whose, from when until when, how it stood, and why then."""

from typing import Any

from django.utils.translation import gettext as _

from accountability.models import Clock
from desk.bundle.exactly import exact, zh
from desk.bundle.reading import Evidence
from desk.case_page.rows import Timed


def clocks_told(evidence: Evidence) -> list[dict[str, Any]]:
    return [_told(timed, lines) for timed, lines in evidence.clocks]


def _told(timed: Timed, lines: list[str]) -> dict[str, Any]:
    clock = timed.clock
    return {
        "what": _what(clock),
        "part": zh(clock.milestone) if clock.milestone else "",
        "whose": zh(clock.holder.name) if clock.holder else _("the district"),
        "state": timed.look.state,
        "light": timed.look.words,
        "times": [[name, exact(when) or missing] for name, when, missing in _times(clock)],
        "lines": lines,
    }


def _what(clock: Clock) -> str:
    phase = str(clock.get_phase_display())
    return f"{phase} · {_('round %(round)s') % {'round': clock.round}}" if clock.round > 1 else phase


def _times(clock: Clock) -> list[tuple[str, Any, str]]:
    """What has no moment says why."""
    due = _("stands still") if clock.paused_at else _("awaits a calendar")
    return [
        (_("Began"), clock.started_at, ""),
        (_("Due"), clock.due_at, due),
        (_("Ended"), clock.stopped_at, _("runs")),
    ]
