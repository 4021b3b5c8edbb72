"""谁来管, as it is told to anybody: item, lead, support, text, basis and limits, for words and a street."""

from dataclasses import dataclass
from datetime import datetime

from accountability.models import Duty, Limit, Phase, Urgency
from accountability.responsible import Answer, Responsible, responsible
from accountability.spans import amount_of
from accountability.suggester.beside import NOWHERE
from cases.forms.lists import limits_of
from cases.scene import public_scene
from engagement.areas import office_of_street
from people.models import Unit


@dataclass(frozen=True)
class Owed:
    """A duty with the name of who has it at the place: a street office by its own name where the street is known."""

    duty: Duty
    name: str
    unit: Unit | None


@dataclass(frozen=True)
class Within:
    """How long a unit that is called has for one phase, and on which ground."""

    limit: Limit

    @property
    def phase(self) -> str:
        return str(Phase(self.limit.phase).label)

    @property
    def words(self) -> str:
        return amount_of(self.limit)


@dataclass(frozen=True)
class Told:
    """One item: who leads, who supports, and how long each phase may take for a matter as urgent as this."""

    found: Responsible
    leads: list[Owed]
    supports: list[Owed]
    urgency: Urgency
    limits: list[Within]


def told(at: datetime, *, words: str = "", situation: str = "", street: str = "") -> tuple[Answer, list[Told]]:
    """The answer of the list in force, and each of its items made out for this street; at most eight statements.

    Words are read beside what is common in the street; a situation that was named is believed as it is.
    """
    scene = NOWHERE if situation else public_scene(street, at)
    answer = responsible(words=words, situation=situation, at=at, scene=scene)
    if not answer.rows:
        return answer, []
    office, limits = office_of_street(street), limits_of(at)
    return answer, [_told(row, office, limits) for row in answer.rows]


def _told(row: Responsible, office: Unit | None, limits: dict[str, list[Limit]]) -> Told:
    urgency = Urgency(row.situation.urgency) if row.situation else Urgency.NORMAL
    leads, supports = ([_owed(duty, office) for duty in duties] for duties in (row.leads, row.supports))
    return Told(row, leads, supports, urgency, [Within(limit) for limit in limits[urgency]])


def _owed(duty: Duty, office: Unit | None) -> Owed:
    if duty.party == Duty.Party.STREET and office:
        return Owed(duty, office.name, office)
    return Owed(duty, duty.unit.name if duty.unit else duty.party_name, duty.unit)
