"""Plays one demo case from report to its last step through the real actions, at moments that lie in the past."""

import random
import uuid
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction

from accountability.duties import calls_for
from accountability.models import Urgency
from accountability.worktime import due
from cases import actions
from cases.models import Case, Channel, Level, Origin, Summons, Verb
from cases.summons import MOVES as SUMMONS_MOVES
from engagement.actions import call_back, receive
from engagement.placing import Point
from grids.models import Area
from liixia.demo import (
    afterwards,
    approvals,
    callbacks,
    delays,
    disputes,
    joining,
    outside,
    photos,
    supervised,
    together,
)  # fmt: skip
from liixia.demo.cast import Crew
from liixia.demo.hands import pass_on
from liixia.demo.restraints import caller_of
from liixia.demo.scenes import AGAIN, PACE, Scene
from liixia.demo.spans import begin_before

SHOWN = 6  # a third of all cases lie in the first grids, whose people the sign-in page names first
SEEDED = uuid.UUID("6f1c2a52-52f6-4c3e-9f0e-6a1d4b7a1e05")


def key_of(seed: int, number: int) -> uuid.UUID:
    """The key of the form by which a case came in: who plays it twice makes it once."""
    return uuid.uuid5(SEEDED, f"{seed}:{number}")


class Play:
    """One case: who acts, when, and with which words."""

    def __init__(self, number: int, seed: int, scene: Scene, crew: Crew, now: datetime) -> None:
        self.rng = random.Random(f"{seed}:{number}:play")
        self.hands = random.Random(f"{seed}:{number}:hands")
        self.number, self.key = number, key_of(seed, number)
        self.calendar = crew.calendar
        self.scene, self.crew, self.words = scene, crew, scene.matter
        self.grid: Area = self.rng.choice(crew.grids[:SHOWN] if number % 3 == 0 else crew.grids)
        if number in AGAIN:
            first = AGAIN[number]
            self.grid = Play(first, seed, scene, crew, now).grid
        self.now = now
        end = now - timedelta(days=scene.ago)
        self.begins = begin_before(end, scene.days, self.calendar)
        self.span = self.calendar.worked_between(self.begins, end)
        self.last = PACE.get(scene.stop, PACE["accept"]) or 0.04
        self.stretch = 1.0 if scene.ago else self.rng.uniform(0.75, 0.98)

    def moment(self, thing: str) -> datetime:
        """When a thing happens: in working time, never after the end of the span."""
        share = min(PACE[thing] / self.last, 1.0) * self.stretch
        return due(self.begins, self._minutes(share), "working_minute", self.calendar)

    def _minutes(self, share: float) -> int:
        return max(int(self.span * share / self.per_minute), 1)

    @cached_property
    def per_minute(self) -> int:
        """How many ticks of the calendar make one working minute."""
        start = due(self.begins, 1, "working_minute", self.calendar)
        return self.calendar.worked_between(start, due(start, 1, "working_minute", self.calendar))

    @transaction.atomic
    def run(self) -> Case:
        """The whole case in one transaction, so that no sweep sees half of it."""
        self.report = self._report()
        case = self.report.case
        if self.number in AGAIN:
            leader = self.crew.street_leader(self.grid)
            return joining.once_more(case, self.number, street=self.dispatcher, leader=leader)
        if self.number in outside.TO:
            return outside.passed_on(case, self.number, desk=self.crew.desk, at=self.moment("accept"))
        if self.scene.stop == "turn_down":
            note = "不属于政府职责范围，已告知可走的途径。"
            return actions.advance(
                case, Verb.TURN_DOWN, by=self.dispatcher, at=self.moment("accept"), note=note, origin=Origin.DEMO
            )
        if not self.scene.reaches("accept"):
            return case
        case = self._accept(case)
        if self.scene.stop == "accept":
            at = self.moment("accept")
            case = joining.in_two(case, self.number, street=self.dispatcher, at=at)
            return delays.of_street(case, self.number, crew=self.crew, street=self.dispatcher, at=at)
        case = self._hand_out(case)
        return self._work(case) if self.scene.stop != "at_desk" and self.scene.reaches("decide") else case

    @property
    def dispatcher(self):
        return self.crew.dispatcher(self.grid)

    def _report(self):
        channel = self.words["channel"]
        by = {Channel.HOTLINE: self.crew.clerk, Channel.GRID: self.crew.worker(self.grid)}.get(Channel(channel))
        caller = {} if channel == Channel.GRID else caller_of(self.number, self.rng)
        seen = {"situation": self.crew.situations.get(self.words["item"])} if channel == Channel.GRID else {}
        at, point = self.moment("open"), self._point()
        return receive(
            words=self.words["words"], place=self.words["spot"], channel=channel, by=by,
            at=at, form_key=self.key, area=self.grid, point=point, origin=Origin.DEMO,
            photos=photos.before(self.number, point, at), **caller, **seen, **self._hidden(),
        )  # fmt: skip

    def _hidden(self) -> dict[str, Any]:
        matter = joining.CONFIDENTIAL.get(self.number)
        return {"confidential": True, "matter": matter} if matter else {}

    def _point(self) -> Point | None:
        """A few steps from the middle of the grid."""
        if self.grid.lon is None or self.grid.lat is None:
            return None
        return Point(self.grid.lon + self.rng.uniform(-2e-4, 2e-4), self.grid.lat + self.rng.uniform(-2e-4, 2e-4))

    def _accept(self, case: Case) -> Case:
        words = self.words
        return actions.accept(
            case, by=self.dispatcher, at=self.moment("accept"), summary=words["summary"],
            category=self.crew.categories[words["category"]], urgency=Urgency(words["urgency"]),
            item=self.crew.items.get(words["item"]), situation=self.crew.situations.get(words["item"]),
            origin=Origin.DEMO,
        )  # fmt: skip

    def _hand_out(self, case: Case) -> Case:
        if self.scene.handler != "whistle" and self.scene.stop != "at_desk":
            return self._own(case)
        calls = self._calls(case)
        at, kind = self.moment("decide"), self.rng.choice(("prominent", "enforcement"))
        kind = "emergency" if case.urgency == Urgency.EXTREME else kind
        wanted = [] if self.scene.stop == "at_desk" and self.rng.random() < 0.5 else calls
        case = actions.blow_whistle(
            case, by=self.dispatcher, at=at, kind=kind, first_action=self.words["first_action"], calls=wanted,
            origin=Origin.DEMO,
        )  # fmt: skip
        case = approvals.of_street(case, self.number, leader=self.crew.street_leader(self.grid), at=at)
        waits = case.state == "at_desk"
        if waits and self.scene.stop != "at_desk":
            at = self.moment("desk") if self.scene.reaches("desk") else at
            case = actions.dispatch(case, by=self.crew.desk, at=at, calls=calls, origin=Origin.DEMO)
        return case

    def _calls(self, case: Case) -> list[actions.Call]:
        parties = calls_for(case.item, case.list_version, case.office) if case.item else []
        named = [p for p in parties if p.unit.pk in self.crew.responders]
        if not any(p.leads for p in named):
            fallback = self.crew.fallback_unit
            return [actions.Call(fallback, True, None, "清单没有合适的事项，按职能由它牵头。")]
        return [actions.Call(p.unit, p.leads, p.duty) for p in named[:3]]

    def _own(self, case: Case) -> Case:
        level = Level(self.scene.handler)
        unit = self.crew.station(self.grid, self.rng) if level == Level.STATION else None
        worker = self.crew.worker(self.grid).user if level == Level.GRID else None
        return actions.self_handle(
            case, by=self.dispatcher, at=self.moment("decide"), level=level, unit=unit, worker=worker,
            note=self.words["first_action"], origin=Origin.DEMO,
        )  # fmt: skip

    def _work(self, case: Case) -> Case:
        """Each unit signs, makes contact, arrives and replies, as far as the scene goes, in the order of time."""
        calls = {call.pk: call for call in case.summonses.select_related("unit", "worker", "case")}
        things = [(thing, verb, pk) for pk, call in calls.items() for verb, thing in _things(call).items()]
        for thing, verb, pk in sorted(things, key=lambda row: PACE[row[0]]):
            if self.scene.reaches(thing) and calls[pk].state in SUMMONS_MOVES[verb].sources:
                at = self.moment(thing)
                calls[pk] = self._answer_once(calls[pk], verb, at)
                calls[pk] = pass_on(calls[pk], thing, crew=self.crew, rng=self.hands, at=at)
                if thing == self.scene.stop == "respond":
                    street = self.dispatcher
                    calls[pk] = delays.of_unit(calls[pk], self.number, crew=self.crew, street=street, at=at)
        for call in calls.values():
            at = self.moment(self.scene.stop)
            disputes.of_unit(call, self.number, crew=self.crew, at=at, now=self.now)
        at = self.moment(self.scene.stop)
        supervised.of_case(list(calls.values()), self.number, crew=self.crew, at=at)
        together.of_case(case, self.number, crew=self.crew, street=self.dispatcher, at=at, now=self.now)
        case = Case.objects.get(pk=case.pk)
        return self._check(case) if self.scene.reaches("inspect") and case.state == "inspecting" else case

    def _answer_once(self, call: Summons, verb: Verb, at: datetime) -> Summons:
        said = at - timedelta(minutes=2)
        facts = (
            {"contact": "诉求人", "contacted_at": said.isoformat(), "means": "phone"} if verb == Verb.RESPOND else {}
        )
        notes = {
            Verb.ARRIVE: f"两人到{self.words['spot']}，看了“{self.words['summary']}”的情况，与街道会合。",
            Verb.REPLY: self.words["reply"],
            Verb.RESPOND: f"就“{self.words['summary']}”问清情况，约好到{self.words['spot']}碰头的时间。",
        }
        return actions.answer(
            call, verb, by=self.crew.answering(call), at=at, note=notes.get(verb, ""), facts=facts, origin=Origin.DEMO
        )

    def _check(self, case: Case) -> Case:
        by = self.crew.inspector(self.grid)
        if self.scene.rework:
            said = {"note": "到场看还没有做完，请再处理。", "origin": Origin.DEMO}
            case = actions.advance(case, Verb.REWORK, by=by, at=self.moment("inspect"), **said)
            lead = case.summonses.open().select_related("unit", "worker").get(leads=True)
            self._answer_once(lead, Verb.REPLY, self.moment("rework"))
        at = self.moment("again") if self.scene.rework else self.moment("inspect")
        facts, sent = photos.pair(case, self.number, at)
        case = actions.advance(case, Verb.PASS, by=by, at=at, note=self.words["found"], facts=facts, origin=Origin.DEMO)
        photos.hang(case, sent)
        if case.state == "calling_back":
            callbacks.tried_before(case, self.report, self.number, by=self.crew.clerk, at=at, now=self.now)
            callbacks.linked(case, self.report, self.number, by=self.crew.clerk)
        if case.state == "calling_back" and self.scene.reaches("call"):
            self._call_back(case)
            case = callbacks.doubted(case, self.report, self.number, crew=self.crew, now=self.now)
        if case.state == "closing" and self.scene.stop == "close":
            note = "已按规定办结，诉求人意见另行回应。"
            at = max(self.moment("close"), callbacks.last(case))
            case = actions.advance(case, Verb.CLOSE, by=self.crew.desk, at=at, note=note, origin=Origin.DEMO)
        return afterwards.of_case(case, self.report, self.number, crew=self.crew, now=self.now)

    def _call_back(self, case: Case) -> None:
        """As often as the rule says where nobody answers, as far as the hours of calling have come by now."""
        outcome, solved, grade, cause = self.scene.answer
        for _ in range(1 if outcome == "reached" else callbacks.attempts(self.now)):
            at = callbacks.moment_for(case, self.report, self.moment("call"), now=self.now)
            if at:
                call_back(
                    self.report, outcome=outcome, by=self.crew.clerk, at=at, solved=solved, grade=grade, cause=cause,
                    origin=Origin.DEMO,
                )  # fmt: skip


def _things(call: Summons) -> dict[Verb, str]:
    """What a unit does and when; a supporting unit is done before the lead."""
    reply = "reply" if call.leads else "support"
    return {Verb.SIGN: "sign", Verb.RESPOND: "respond", Verb.ARRIVE: "arrive", Verb.REPLY: reply}
