"""Each called unit's state and clocks: one row a unit, one cell a phase."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Clock, Phase
from accountability.spans import moment
from cases.disputing import last_dispute
from cases.models import Answer, Dispute, Level, Step, Summons, Verb
from cases.summons import phases
from desk.case_page.coming import on_the_spot
from desk.case_page.ringing import Ring
from desk.case_page.rows import Rows, Timed

PHASES: dict[Phase, tuple[Verb, Promise]] = {
    Phase.SIGN: (Verb.SIGN, gettext_lazy("Signed")),
    Phase.RESPOND: (Verb.RESPOND, gettext_lazy("Contact made")),
    Phase.ARRIVE: (Verb.ARRIVE, gettext_lazy("Arrived")),
    Phase.RESULT: (Verb.REPLY, gettext_lazy("Replied")),
}
MEANS = {"phone": gettext_lazy("by phone"), "visit": gettext_lazy("in person"), "message": gettext_lazy("by message")}


@dataclass(frozen=True)
class Cell:
    """One phase of one unit: its light, the words under it, and how much of the limit is used."""

    label: str
    light: str = ""
    words: str = ""
    under: str = ""
    used: int | None = None


@dataclass(frozen=True)
class UnitRow:
    """One unit called to the case."""

    call: Summons
    cells: list[Cell]
    parts: list[Cell]
    ring: Ring | None = None

    @property
    def released(self) -> bool:
        return self.call.state == Answer.RELEASED

    @property
    def dispute(self) -> Dispute | None:
        return last_dispute(self.call)

    @property
    def person(self) -> str:
        """Whoever answers for the unit no longer has nothing of it in hand."""
        return self.call.worker.name if self.call.worker and self.call.hand else ""

    @property
    def who(self) -> str:
        """The person who has it in hand; else what kind of call it is."""
        if self.person:
            return self.person
        if self.call.level == Level.CALLED:
            return "" if self.call.unit.commanded else _("Outside the district's command: an upward call")
        return str(self.call.get_level_display())


def unit_rows(rows: Rows, rings: dict[int, Ring]) -> list[UnitRow]:
    """Those still called first, in the order lead, support; the released ones after them."""
    done = {(step.summons_id, step.verb): step for step in reversed(rows.steps) if step.summons_id}
    ordered = sorted(rows.calls, key=lambda call: call.state == Answer.RELEASED)
    return [
        UnitRow(call, [_cell(phase, call, rows, done) for phase in PHASES], _parts(call, rows), rings.get(call.pk))
        for call in ordered
    ]


def _cell(phase: Phase, call: Summons, rows: Rows, done: dict[tuple[int | None, str], Step]) -> Cell:
    label, verb = str(phase.label), PHASES[phase][0]
    timed = next((one for one in reversed(rows.of_call(call)) if _is_of(one.clock, phase)), None)
    step = done.get((call.pk, verb))
    if timed is None:
        return _untimed(label, phase, call, step, rows.at)
    return _running(label, timed) if timed.running else _stopped(label, timed, step)


def _is_of(clock: Clock, phase: Phase) -> bool:
    return clock.phase == phase and not clock.milestone


def _parts(call: Summons, rows: Rows) -> list[Cell]:
    """The milestones of its reply, as they were set; one that the reply came before is no longer asked for."""
    reached = {step.facts.get("milestone"): step for step in rows.steps if step.summons_id == call.pk}
    mine = [one for one in rows.of_call(call) if one.clock.milestone]
    shown = ((one.clock.milestone, one) for one in mine)
    return [_running(name, one) if one.running else _stopped(name, one, reached.get(name)) for name, one in shown]


def _running(label: str, timed: Timed) -> Cell:
    look = timed.look
    return Cell(label, look.state, look.compact, look.absolute, used=look.share)


def _stopped(label: str, timed: Timed, step: Step | None) -> Cell:
    """Done in time says what was done; done late says by how much, and keeps saying it."""
    look = timed.look
    if step is None and timed.clock.lapsed_at is None:
        return Cell(label, "wait", _("No longer asked for"))
    return Cell(label, look.state, look.compact, " · ".join(filter(None, [look.absolute, _how(step)])))


def _untimed(label: str, phase: Phase, call: Summons, step: Step | None, at: datetime) -> Cell:
    if step is not None:
        under = " · ".join(filter(None, [moment(step.at, at), _how(step)]))
        return Cell(label, "done", str(PHASES[phase][1]), under)
    if phase not in phases(call) or call.state == Answer.RELEASED:
        return Cell(label)
    return Cell(label, "wait", _("Not begun"))


def _how(step: Step | None) -> str:
    """How contact was made, how many came."""
    if step and step.verb == Verb.RESPOND:
        return str(MEANS.get(step.facts.get("means", ""), ""))
    return on_the_spot(step.facts) if step and step.verb == Verb.ARRIVE else ""
