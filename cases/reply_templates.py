"""Reply templates: which gaps their words may hold, how these are filled, who keeps them, and which are offered."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accountability.models import Clock, Phase
from cases import summons, workflow
from cases.models import Case, ReplyTemplate, Summons, Verb
from cases.moves import Move, MoveRefused
from cases.posts import SYSTEM
from cases.workflow import AWAITS
from grids.standing import Standing
from people.models import Role

# The moves whose note may come from a template: those that a plain note goes with.
TEMPLATED = (
    Verb.TURN_DOWN, Verb.SEND_BACK, Verb.RESPOND, Verb.ARRIVE, Verb.REPLY, Verb.HAND_OVER, Verb.PASS, Verb.REWORK,
    Verb.CLOSE,
)  # fmt: skip
GAPS = ("summary", "place", "unit", "due")
GAP = re.compile(r"\{([^{}]*)\}")
OPEN = "……"
NOT_YOURS = gettext_lazy(
    "Who answers for a unit keeps that unit's templates. Those of the whole district change by two people: "
    "draft a change."
)


@dataclass(frozen=True)
class Offer:
    """A template as it stands for one case: its words, the gaps filled."""

    key: int
    title: str
    text: str
    own: bool


def moves() -> list[Move]:
    """The moves whose notes templates are for, of a case and of a summons; a unit's rework is the system's."""
    both = (*workflow.MOVES.values(), *summons.MOVES.values())
    return [move for move in both if move.verb in TEMPLATED and move.who is not SYSTEM]


def check_gaps(text: str) -> None:
    """Only the named gaps, and no brace beside them: nothing else is ever looked up."""
    unknown = [name for name in GAP.findall(text) if name not in GAPS]
    if unknown or set("{}") & set(GAP.sub("", text)):
        raise MoveRefused(
            _("“%(gap)s” is no gap. Only these are filled in: %(gaps)s."),
            code="unknown_gap",
            params={"gap": f"{{{unknown[0]}}}" if unknown else "{ }", "gaps": " ".join(f"{{{gap}}}" for gap in GAPS)},
        )


def filled(text: str, facts: Mapping[str, str]) -> str:
    """Each gap once, by its name alone; what is filled in is never looked at again. Unknown stays open for the pen."""
    return GAP.sub(lambda gap: facts.get(gap[1]) or OPEN, text)


def offers(verb: Verb, case: Case, call: Summons | None, by: Standing, at: datetime) -> list[Offer]:
    """What fits this move, state and category, one's own unit's first, then what is said of the category."""
    if verb not in TEMPLATED:
        return []
    state = call.state if call else case.state
    rows = ReplyTemplate.objects.offered_to(by).in_use().fitting(verb, state, case.category_id)
    found = list(rows)
    facts = _facts(case, call, by, any("{due}" in row.text for row in found)) if found else {}
    return [Offer(row.pk, row.title, filled(row.text, facts), row.unit_id is not None) for row in found]


def used(offered: list[Offer], note: str) -> int | None:
    """The template whose words were sent as they stand, so that stock phrases can be found later."""
    return next((one.key for one in offered if _plain(one.text) == _plain(note)), None)


def may_keep(unit_id: int | None, by: Standing) -> bool:
    """Who answers for a unit keeps that unit's, and so does the district desk; the district's change by two people."""
    return unit_id is not None and (Role.DISTRICT_DESK in by.roles or unit_id in by.acting_units())


def _plain(words: str) -> str:
    return "\n".join(words.split("\r\n")).strip()


def _facts(case: Case, call: Summons | None, by: Standing, with_due: bool) -> dict[str, str]:
    unit: Any = call.unit if call else by.user.unit or case.office
    return {
        "summary": case.summary,
        "place": case.place or case.area.name,
        "unit": unit.name,
        "due": _due(case, call) if with_due else "",
    }


def _due(case: Case, call: Summons | None) -> str:
    """Until when the unit owes its result, or the case what its state waits for."""
    kind, key = ("summons", call.pk) if call else ("case", case.pk)
    phase = Phase.RESULT if call else AWAITS.get(case.state)  # type: ignore[call-overload]
    running = Clock.objects.of(kind, [key]).running().filter(phase=phase)
    due = running.order_by("due_at").values_list("due_at", flat=True).first()
    return f"{localtime(due):%Y-%m-%d %H:%M}" if due else ""
