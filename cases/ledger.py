"""Writes steps and tells the outbox of each, in one statement apiece, in the transaction of the change."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accountability.models import Clock
from audit.rows import insert
from cases.common import key_of, weeks_of
from cases.days import days_of, street_of
from cases.models import Case, CaseDay, Origin, SituationWeek, Step, Summons, Verb
from grids.standing import Standing
from outbox.actions import Letter, put_all
from people.words import said

# What is read of a case to begin a ledger and to write lapses; whoever reads less asks once more for each case.
READ = ("state", "place_code", "category", "urgency", "list_version", "confidential", "situation")


@dataclass
class Ledger:
    """The steps of one action, in order, with who made them, when, and where they come from."""

    case: Case
    by: Standing | None
    at: datetime
    origin: str = Origin.LIVE
    steps: list[Step] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.before = street_of(self.case.place_code), self.case.category_id
        self.came_up = key_of(self.case)

    def add(
        self,
        verb: Verb,
        source: str,
        target: str,
        *,
        call: Summons | None = None,
        note: str = "",
        facts: dict[str, Any] | None = None,
    ) -> None:
        """One more step; a summons' step names its unit, any other the unit of the person."""
        user = self.by.user if self.by else None
        unit_id = call.unit_id if call else user.unit_id if user else None
        self.steps.append(
            Step(
                case=self.case, summons=call, unit_id=unit_id, actor=user, verb=verb, source=source, target=target,
                note=said(note), facts=facts or {}, list_version_id=self.case.list_version_id, origin=self.origin,
                at=self.at,
            )
        )  # fmt: skip

    def add_lapses(self, clocks: list[Clock], call: Summons | None = None, **more: Any) -> None:
        """The phases that turned out to be overdue; the clock keeps the due moment, the step the moment of notice."""
        state = call.state if call else self.case.state
        for clock in clocks:
            due = clock.due_at.isoformat() if clock.due_at else ""
            facts = {"phase": clock.phase, "clock": clock.pk, "due_at": due, "holder": clock.holder_id, **more}
            self.steps.append(
                Step(
                    case=self.case, summons=call, unit_id=clock.holder_id, verb=Verb.LAPSE, source=state, target=state,
                    facts=facts, list_version_id=self.case.list_version_id, origin=self.origin, at=self.at,
                )
            )  # fmt: skip

    def write(self) -> Sequence[Step]:
        """Insert the steps, their outbox messages and what counts them; the database numbers and chains the steps."""
        return write_all([self])

    def days(self) -> list[CaseDay]:
        return days_of(self.case, self.steps, self.before)

    def weeks(self) -> list[SituationWeek]:
        return weeks_of(self.case, self.steps, self.came_up)


def write_all(ledgers: Sequence[Ledger]) -> Sequence[Step]:
    """Write what happened to these cases, in as many statements as for one."""
    made = write_steps([step for one in ledgers for step in one.steps])
    insert([row for one in ledgers for row in one.days()])
    insert([row for one in ledgers for row in one.weeks()])
    return made


def write_steps(steps: list[Step]) -> Sequence[Step]:
    """Insert steps of any cases, and a message for each."""
    made = insert(steps)
    put_all([letter for step in made for letter in _letters(step)])
    return made


def _letters(step: Step) -> list[Letter]:
    """One of every step; of an accepted case another, for what comes up again and again at one place."""
    payload = {"step": step.pk, "case": step.case_id, "verb": step.verb}
    partition = f"case:{step.case_id}"
    told = [Letter("case.step", f"step:{step.pk}", partition, payload)]
    if step.verb == Verb.ACCEPT and step.facts.get("item"):
        told.append(Letter("case.accepted", f"accepted:{step.pk}", partition, payload))
    return told
