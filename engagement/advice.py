"""What a resident does first who told of an emergency, in the words of its situation, until somebody has looked."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from accountability.models import Situation, Urgency
from cases.models import Step, Verb
from cases.models.case import ENDED
from engagement.models import Report

NUMBER = re.compile(r"(?<!\d)1(?:10|19|20)(?!\d)")


@dataclass(frozen=True)
class Advice:
    situation: Situation

    @property
    def numbers(self) -> list[str]:
        """To dial by one press."""
        return list(dict.fromkeys(NUMBER.findall(f"{self.situation.first_action} {self.situation.call}")))


def advice_for(report: Report, steps: Sequence[Step]) -> Advice | None:
    """`steps` are those of the report's own case."""
    opened = next((step for step in steps if step.verb == Verb.OPEN), None)
    told = opened.facts.get("alarm") if opened else None
    if not told or report.case.urgency != Urgency.EXTREME or report.case.state in ENDED:
        return None
    situation = Situation.objects.filter(code=told["situation"]).first()
    return Advice(situation) if situation else None
