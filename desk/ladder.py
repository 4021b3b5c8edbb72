"""The ladder as people read it: each rung with what leads to it, what is done, who is told, and on what ground.

Drawn from the rows in force and from the table of who is told, so the picture cannot say anything else than the rule.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability import rungs
from accountability.models import Action, Phase, Rung, Trigger
from alerts.recipients import TOLD, Circle
from cases.actions.rising import VERBS
from cases.models import Verb

# The picture in units of its own: one bar a height, the highest on top and the shortest.
WIDE, HIGH, GAP, STEP = 340, 40, 8, 26
NEEDS: dict[str, Promise] = {
    Trigger.USED: gettext_lazy("%(n)s %% of the time for “%(phase)s” is used"),
    Trigger.BEFORE: gettext_lazy("%(n)s day(s) before “%(phase)s” is due"),
    Trigger.OVERDUE: gettext_lazy("“%(phase)s” is overdue by %(n)s day(s)"),
    Trigger.REWORK: gettext_lazy("sent back for rework %(n)s time(s)"),
    Trigger.DISSATISFIED: gettext_lazy("the resident is still dissatisfied after %(n)s rework(s)"),
    Trigger.REPEATS: gettext_lazy("%(n)s cases of the same kind at the same place within %(within)s days"),
}
AT_ONCE = gettext_lazy("“%(phase)s” is overdue, from the first working moment on")
WORDS: dict[Circle, Promise] = {
    Circle.HAND: gettext_lazy("whoever has it in hand, or else the unit"),
    Circle.CALLED: gettext_lazy("the unit that was called"),
    Circle.CHIEFS: gettext_lazy("the leader of the unit"),
    Circle.INSPECTORS: gettext_lazy("the inspectors"),
    Circle.LEADERS: gettext_lazy("the district leader"),
}


@dataclass(frozen=True)
class Line:
    """One rung."""

    rung: Rung
    needs: str
    told: list[str]

    @property
    def urgency(self) -> str:
        return str(self.rung.get_urgency_display()) if self.rung.urgency else _("Every urgency")


@dataclass(frozen=True)
class Bar:
    """One height of the ladder in the picture, and the rungs at it."""

    height: int
    label: str
    lines: list[Line]
    x: int
    y: int

    @property
    def width(self) -> int:
        return WIDE - 2 * self.x


def bars(day: date) -> list[Bar]:
    """The ladder in force on this day, its top first."""
    found: dict[int, list[Line]] = {}
    for rung in rungs.current().now(day):
        found.setdefault(rung.order, []).append(_line(rung))
    top = sorted(found, reverse=True)
    return [
        Bar(order, _label(found[order]), found[order], STEP * (len(top) - 1 - nth) // 2, nth * (HIGH + GAP))
        for nth, order in enumerate(top)
    ]


def _label(lines: list[Line]) -> str:
    return " · ".join(dict.fromkeys(str(line.rung.get_action_display()) for line in lines))


def _line(rung: Rung) -> Line:
    given = {"n": rung.threshold, "phase": Phase(rung.phase).label if rung.phase else "", "within": rung.within}
    at_once = rung.trigger == Trigger.OVERDUE and not rung.threshold
    needs = str(AT_ONCE if at_once else NEEDS[rung.trigger]) % given
    verb = Verb.ORDER if rung.action == Action.ORDER else VERBS[Action(rung.action)]
    return Line(rung, needs, [str(words) for circle, words in WORDS.items() if circle in TOLD[verb]])
