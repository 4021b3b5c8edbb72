"""Who tells a demo case: one act after the other through the real actions, at moments that only go forward."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import EllipsisType
from typing import Any

from accountability.duties import calls_for, duty_texts
from accountability.models import Duty, DutyKind, Item, Situation, Urgency
from accountability.worktime import due
from cases import actions
from cases.models import Answer, Approval, Case, Channel, Level, Origin, Summons, Verb
from cases.proving import code_of
from engagement.actions import call_back, rate, receive
from engagement.models import Outcome, Report
from engagement.placing import Point
from grids.standing import Standing
from liixia.demo import approvals, callbacks
from liixia.demo.cast import Crew
from liixia.demo.play import SHOWN, key_of
from liixia.demo.spans import begin_before
from people.models import Role, User

ACT = 15  # minutes between one act and the next, at least
A_SLIP = timedelta(seconds=30)
JUST_BEFORE = timedelta(minutes=1)
A_STEP = 6e-5  # of a degree
AROUND_THE_CLOCK = timedelta(hours=8)  # before now begins what cannot wait for working time


@dataclass(frozen=True)
class Story:
    """What is told, and over which time: working days that it may take, and days since it ended."""

    tell: Callable[["Teller"], None]
    days: float
    ago: float
    urgent: bool = False


class Teller:
    """One case, the people round it, and the moment at which the next thing happens."""

    case: Case

    def __init__(self, number: int, seed: int, story: Story, crew: Crew, now: datetime) -> None:
        self.key, self.crew, self.now, self.urgent = key_of(seed, number), crew, now, story.urgent
        self.pace = ACT
        self.phone = f"139000020{number % 100:02d}"
        self.grid = crew.grids[number % SHOWN]
        end = now - timedelta(days=story.ago)
        self.at = now - AROUND_THE_CLOCK if story.urgent else begin_before(end, story.days, crew.calendar)
        self.street, self.leader = crew.dispatcher(self.grid), crew.street_leader(self.grid)
        self.desk, self.inspector = crew.desk, crew.supervisor

    def after(self, minutes: int) -> datetime:
        """So many minutes of working time from now on, or of the clock where it is urgent."""
        if self.urgent:
            return self.at + timedelta(minutes=minutes)
        return due(self.at, minutes, "working_minute", self.crew.calendar)

    def later(self, minutes: int) -> None:
        self.at = self.after(minutes)

    def said(self, by: Standing | None) -> dict[str, Any]:
        """By whom and when the next act is."""
        self.later(self.pace)
        return {"by": by, "at": self.at, "origin": Origin.DEMO}

    def report(self, words: str, spot: str, *, channel: str = Channel.HOTLINE, placed: bool = True) -> Report:
        """By telephone or by the resident; the first report of a story makes its case."""
        first = not hasattr(self, "case")
        report = receive(
            words=words, place=spot, channel=channel, area=self.grid if placed else None, name="示例居民",
            point=self._point() if placed else None,
            phone=self.phone if first else f"{self.phone[:-3]}9{self.phone[-2:]}",
            form_key=self.key if first else uuid.uuid5(self.key, words),
            **self.said(self.crew.clerk if channel == Channel.HOTLINE else None),
        )  # fmt: skip
        if first:
            self.case = report.case
        return report

    def _point(self) -> Point | None:
        """A few steps from the middle of the grid, each story's another way."""
        if self.grid.lon is None or self.grid.lat is None:
            return None
        step = self.key.int % 7 - 3
        return Point(self.grid.lon + step * A_STEP, self.grid.lat - step * A_STEP)

    def accept(
        self, summary: str, category: str, *, item: str = "", urgency: str = Urgency.NORMAL, situation: str = ""
    ) -> None:
        found = Situation.objects.filter(code=situation).first() if situation else None
        self.case = actions.accept(
            self.case, summary=summary, category=self.crew.categories[category], urgency=urgency, situation=found,
            item=self.crew.items.get(item), **self.said(self.street),
        )  # fmt: skip

    def advance(self, verb: Verb, by: Standing | None, note: str = "", **facts: Any) -> None:
        self.case = actions.advance(self.case, verb, note=note, facts=facts, **self.said(by))

    def undo(self, note: str) -> None:
        """What the street has just done by a slip of the hand."""
        self.at += A_SLIP
        self.case = actions.undo(self.case, by=self.street, at=self.at, note=note, origin=Origin.DEMO)

    def self_handle(self, level: Level, note: str, worker: User | None = None) -> None:
        self.case = actions.self_handle(self.case, level=level, worker=worker, note=note, **self.said(self.street))

    def calls(self, most: int, item: Item | None = None) -> list[actions.Call]:
        """Whom the list names for the item; where it names nobody, whoever leads by its function."""
        item = item or self.case.item
        parties = calls_for(item, self.case.list_version, self.case.office) if item else []
        named = [actions.Call(p.unit, p.leads, p.duty) for p in parties if p.unit.pk in self.crew.responders]
        return named[:most] or [actions.Call(self.crew.fallback_unit, True, None, "清单没有点名，按职能由它牵头。")]

    @property
    def leading(self) -> list[Duty]:
        """Every duty to lead that the list has for the item; some items name two units."""
        duties = duty_texts(self.case.item, self.case.list_version) if self.case.item else []
        return [one for one in duties if one.kind == DutyKind.LEAD and one.unit_id in self.crew.responders]

    def whistle(
        self, first_action: str, calls: list[actions.Call], *, kind: str = "prominent",
        item: Item | EllipsisType | None = ...,
    ) -> None:  # fmt: skip
        self.case = actions.blow_whistle(
            self.case, kind=kind, first_action=first_action, calls=calls, item=item, **self.said(self.street)
        )

    def approve(self) -> None:
        """The leader of the street lets it go, to the units or to the district desk."""
        verb = approvals.LET_GO.get(Approval(self.case.approval), Verb.APPROVE)
        self.case = actions.approve_whistle(self.case, verb=verb, **self.said(self.leader))

    @property
    def called(self) -> list[Summons]:
        """Whoever is called and not released, the one that leads first."""
        rows = self.case.summonses.exclude(state=Answer.RELEASED).select_related("unit", "worker", "case__profile")
        return list(rows.order_by("-leads", "pk"))

    def answer(
        self, verb: Verb, note: str = "", *, call: Summons | None = None, by: Standing | None = None, **facts: Any
    ) -> None:
        """Of the unit that leads where no other is named."""
        call = call or self.called[0]
        by = by or self.crew.answering(call)
        actions.answer(call, verb, note=note, facts=facts, **self.said(by))

    def contact(self, note: str, *, call: Summons | None = None) -> None:
        call = call or self.called[0]
        said = self.said(self.crew.answering(call))
        spoken = (self.at - JUST_BEFORE).isoformat()
        facts = {"contact": "诉求人", "contacted_at": spoken, "means": "phone"}
        actions.answer(call, Verb.RESPOND, note=note, facts=facts, **said)

    def sign_in(self, call: Summons, note: str) -> None:
        """On the spot, by the code that the street shows at that moment; then it says that it is there."""
        said = self.said(self.crew.answering(call))
        facts = {"who": "带队负责人等", "people": 3, "code": code_of(self.case, self.at).figures}
        actions.answer(call, Verb.ATTEND, facts=facts, **said)
        self.answer(Verb.ARRIVE, note, call=call)

    def rated(self, report: Report, words: str) -> None:
        """By the resident, on the page of their receipt."""
        self.later(self.pace)
        rate(_as_it_stands(report), solved=True, grade="satisfied", words=words, at=self.at, origin=Origin.DEMO)

    def called_back(self, report: Report, words: str) -> None:
        """At the first hour from here on when people are called."""
        self._calls(report, outcome="reached", solved=True, grade="fairly", words=words)

    def called_in_vain(self, report: Report) -> None:
        self._calls(report, outcome=Outcome.NO_ANSWER, words=callbacks.WORDS[Outcome.NO_ANSWER])

    def _calls(self, report: Report, **said: Any) -> None:
        self.later(self.pace)
        report = _as_it_stands(report)
        self.at = callbacks.moment_for(self.case, report, self.at, now=self.now) or self.at
        call_back(report, by=self.crew.clerk, at=self.at, origin=Origin.DEMO, **said)

    def of_district(self, role: Role) -> Standing:
        return self.crew.at_place(role, self.grid.code[:6])


def _as_it_stands(report: Report) -> Report:
    """Whose case may have been merged into another since."""
    return Report.objects.select_related("case").get(pk=report.pk)
