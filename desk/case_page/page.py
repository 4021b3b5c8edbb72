"""The parts of the case page, each made from the same rows."""

from dataclasses import dataclass
from datetime import datetime

from accountability.derivation import derivation
from assessment.models import Mark
from assessment.sentences import sentence
from cases.models import State, Verb, WhistleKind
from desk.case_page.chain import Chain, chain
from desk.case_page.finding import Finding, finding
from desk.case_page.history import History, history
from desk.case_page.joint import Line, joint_lines
from desk.case_page.links import Hanging, hanging
from desk.case_page.moves import Moves, moves
from desk.case_page.orders import OrderLine, order_lines
from desk.case_page.pairs import Pair, pairs
from desk.case_page.place import Place, place
from desk.case_page.ringing import to_ring
from desk.case_page.rows import Rows, Timed, read
from desk.case_page.stages import Stage, stages
from desk.case_page.units import UnitRow, unit_rows
from desk.suggesting import Way, way_for
from files.showing import Shown
from grids.standing import Standing

FIGURES = ("responded", "solved", "satisfied")


@dataclass(frozen=True)
class Told:
    """One figure of a mark with its sentence: `value` is True, False, or None where it does not count."""

    name: str
    value: bool | None
    words: str


@dataclass(frozen=True)
class MarkRow:
    mark: Mark
    told: list[Told]


@dataclass(frozen=True)
class CasePage:
    rows: Rows
    finding: Finding
    stages: list[Stage]
    moves: Moves
    units: list[UnitRow]
    own_clocks: list[Timed]
    derivations: list[tuple[Timed, list[str]]]
    joints: list[Line]
    orders: list[OrderLine]
    links: list[Hanging]
    pairs: list[Pair]
    history: History
    place: Place
    marks: list[MarkRow]
    whistle: str
    chain: Chain | None
    way: Way | None

    @property
    def title(self) -> str:
        """What the item says in the version that the case keeps."""
        return getattr(self.rows.case, "item_title", "") or ""

    @property
    def photos_beside(self) -> list[Shown]:
        """Photos that came with no step: sent after the report."""
        return self.rows.photos.get(None, [])


def page_of(number: str, standing: Standing, at: datetime, only: str = "") -> CasePage:
    rows = read(number, standing, at)
    return CasePage(
        rows=rows,
        finding=finding(rows),
        stages=stages(rows),
        moves=moves(rows),
        units=unit_rows(rows, to_ring(rows)),
        own_clocks=rows.of_case(),
        derivations=[(timed, derivation(timed.clock, rows.calendar)) for timed in _asked_about(rows)],
        joints=joint_lines(rows),
        orders=order_lines(rows),
        links=hanging(rows),
        pairs=pairs(rows),
        history=history(rows, only),
        place=place(rows.case),
        marks=[_mark_row(mark) for mark in rows.marks],
        whistle=_whistle(rows),
        chain=chain(rows),
        way=way_for(rows.case, rows.reporters, standing, at),
    )


def _asked_about(rows: Rows) -> list[Timed]:
    """The deadlines that run, and those that were missed: these are the ones that people ask about."""
    late = [timed for group in rows.clocks.values() for timed in group if timed.clock.lapsed_at and not timed.running]
    return rows.running + late


def _mark_row(mark: Mark) -> MarkRow:
    told = [Told(name, getattr(mark, name), sentence(mark.evidence[name])) for name in FIGURES]
    return MarkRow(mark, told)


def _whistle(rows: Rows) -> str:
    """The kind of the whistle blown last, in words."""
    if rows.case.state == State.ACCEPTED:
        return ""
    blown = next((step for step in rows.steps if step.verb in (Verb.WHISTLE, Verb.ASK_DESK, Verb.ASK_LEADER)), None)
    return str(WhistleKind(blown.facts["kind"]).label) if blown else ""
