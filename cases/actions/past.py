"""Plays in memory what has happened to a case before it came here, by the same tables of moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from accountability import past
from accountability.clocks import Start
from accountability.models import Category, Clock, ListVersion, Phase, Urgency
from accountability.past import Timetable
from cases import moves, summons, workflow
from cases.clocks import phases_entered, phases_left
from cases.ledger import Ledger
from cases.models import Case, Channel, Level, Origin, Profile, State, Summons, Verb
from cases.moves import Move
from grids.models import Area
from grids.standing import Standing
from people.models import Unit


@dataclass(frozen=True)
class Past:
    """One move that was made elsewhere."""

    verb: Verb
    at: datetime
    note: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Brought:
    """One case as another system had it. `timed`: the moments of its past are known, so its clocks are kept."""

    external_number: str
    opened_at: datetime
    area: Area
    office: Unit
    category: Category
    summary: str
    has_citizen: bool
    by: Standing
    place: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    past: tuple[Past, ...] = ()
    timed: bool = True


@dataclass(frozen=True)
class Ground:
    """What every case of a batch needs, read once."""

    profile: Profile
    versions: tuple[ListVersion, ...]
    timetable: Timetable

    def version_on(self, day: date) -> ListVersion | None:
        return next((version for version in self.versions if (version.in_force_from or date.max) <= day), None)


def ground() -> Ground:
    versions = tuple(ListVersion.objects.calling().order_by("-in_force_from"))
    return Ground(Profile.objects.get(code="hotline"), versions, past.timetable(Urgency.NORMAL))


class Play:
    """One case, its summons, clocks and steps, unsaved: as the moves that it brings leave them."""

    def __init__(self, brought: Brought, number: str, on: Ground) -> None:
        self.brought, self.on = brought, on
        self.call: Summons | None = None
        self.clocks: list[Clock] = []
        self.lapses: list[tuple[int, Clock]] = []
        self.case = _case(brought, number, on.profile)
        self.ledger = Ledger(self.case, None, brought.opened_at, Origin.IMPORT)
        self.ledger.add(Verb.OPEN, "", State.REPORTED, facts=dict(brought.facts))
        self._start("case", [Phase.ACCEPT], brought.opened_at)
        for one in brought.past:
            self._make(one)

    def begin_anew(self, at: datetime) -> None:
        """What is still open starts now; what is over and was not timed has no clock."""
        if not self.brought.timed:
            self.clocks = [clock for clock in self.clocks if clock.stopped_at is None and clock.subject_kind == "case"]
        running = [clock for clock in self.clocks if clock.stopped_at is None]
        for clock in running:
            self.on.timetable.begin_anew(clock, at)
        due = [clock.due_at for clock in running if clock.due_at and clock.phase != Phase.PROMISE]
        self.case.due_at = min(due, default=None)

    def _make(self, one: Past) -> None:
        if self.call and one.verb in summons.MOVES:
            self._move_summons(self.call, one)
        else:
            self._move_case(self._ledger(self.brought.by, one.at), one)
        if one.verb == Verb.SELF_HANDLE:
            self._summon(one)
        if one.verb == Verb.REPLY:
            self._move_case(self._ledger(None, one.at), Past(Verb.SETTLE, one.at))
        self.case.version += 1

    def _move_case(self, ledger: Ledger, one: Past) -> None:
        case, move = self.case, workflow.MOVES[one.verb]
        _check(move, case, ledger.by, one)
        facts = self._accept(one) if one.verb == Verb.ACCEPT else dict(one.facts)
        source, target = case.state, workflow.landing(case, move.lands(case.state))
        self._stop("case", phases_left(source, target, move.stops), ledger)
        case.state = target
        self._start("case", phases_entered(source, target, move.starts), one.at)
        ledger.add(one.verb, source, target, note=one.note, facts=facts)

    def _accept(self, one: Past) -> dict[str, Any]:
        self.case.list_version, self.case.accepted_at = self.on.version_on(localdate(one.at)), one.at
        return {"category": self.case.category.code, "item": "", "urgency": self.case.urgency}

    def _summon(self, one: Past) -> None:
        """The office that had it settles it by itself."""
        call = self.call = Summons(
            case=self.case, unit=self.brought.office, level=Level.STREET, leads=True, reason=one.note[:300],
            called_at=one.at,
        )  # fmt: skip
        call.state = summons.first_state(call)
        self._start("summons", summons.phases(call), one.at)
        facts = {"leads": True, "level": Level.STREET}
        self._ledger(self.brought.by, one.at).add(Verb.SUMMON, "", call.state, call=call, note=one.note, facts=facts)

    def _move_summons(self, call: Summons, one: Past) -> None:
        move, ledger = summons.MOVES[one.verb], self._ledger(self.brought.by, one.at)
        _check(move, call, ledger.by, one)
        self._stop("summons", move.stops, ledger, call)
        source, call.state = call.state, move.target
        ledger.add(one.verb, source, move.target, call=call, note=one.note, facts=dict(one.facts))

    def _ledger(self, by: Standing | None, at: datetime) -> Ledger:
        """The same steps, gone on with by somebody else at another moment."""
        return Ledger(self.case, by, at, Origin.IMPORT, self.ledger.steps)

    def _start(self, kind: str, phases: Iterable[str], at: datetime) -> None:
        for phase in phases:
            if phase == Phase.PROMISE and not self.case.has_citizen:
                continue
            holder = None if phase == Phase.PROMISE else self.brought.office.pk
            clock = self.on.timetable.start(kind, Start(phase, holder, self.case.round), at)
            self.clocks += [clock] if clock else []

    def _stop(self, kind: str, phases: Iterable[str], ledger: Ledger, call: Summons | None = None) -> None:
        wanted = set(phases)
        running = [c for c in self.clocks if c.subject_kind == kind and c.phase in wanted and c.stopped_at is None]
        late = [clock for clock in running if past.stop(clock, ledger.at)]
        for clock in late if self.brought.timed else ():
            self.lapses.append((len(ledger.steps), clock))
            ledger.add_lapses([clock], call)


def _check(move: Move, thing: Any, by: Standing | None, one: Past) -> None:
    moves.check_state(move, thing)
    moves.check_person(move, thing, by)
    moves.check_words(move, thing, one.note, one.facts)


def _case(brought: Brought, number: str, profile: Profile) -> Case:
    return Case(
        number=number, profile=profile, channel=Channel.IMPORT, summary=brought.summary[:200],
        category=brought.category, urgency=Urgency.NORMAL, area=brought.area, place_code=brought.area.code,
        place=brought.place[:120], office=brought.office, has_citizen=brought.has_citizen, origin=Origin.IMPORT,
        external_number=brought.external_number, opened_at=brought.opened_at,
    )  # fmt: skip
