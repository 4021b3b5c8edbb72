"""One move for many cases of a list: each row is looked up, checked and made by itself, as its own page would."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cases import actions, summons, workflow
from cases.forms.hands import Choices, to_whom
from cases.hands import tell_staff
from cases.models import Answer, Case, Summons, Verb
from cases.moves import Move, MoveRefused, check_person, check_state
from desk.lines import Line
from grids.standing import Standing
from people.addresses import number_in

MOST = 50
# Moves that need no form of their own: the same words, the same colleague, or nothing at all do for every row.
OF_CASES = (Verb.TURN_DOWN, Verb.SEND_BACK, Verb.PASS, Verb.REWORK, Verb.CLOSE)
OF_UNITS = (Verb.SIGN, Verb.ASSIGN)
MOVES: dict[str, Move] = {
    **{verb.value: summons.MOVES[verb] for verb in OF_UNITS},
    **{verb.value: workflow.MOVES[verb] for verb in OF_CASES},
}


@dataclass(frozen=True)
class Pick:
    """A ticked row: the case's number, and the version that the page showed."""

    number: str
    version: int | None

    @classmethod
    def read(cls, ticked: Iterable[str]) -> list["Pick"]:
        """The ticks of a form, each case once."""
        pairs = dict(tick.rpartition(":")[::2] for tick in ticked)
        return [cls(number, number_in(version)) for number, version in pairs.items()]


@dataclass(frozen=True)
class Offer:
    """A verb that some rows of the page allow."""

    verb: Verb
    label: str | Promise
    count: int


@dataclass(frozen=True)
class Refusal:
    number: str
    sentence: str


@dataclass(frozen=True)
class Outcome:
    done: list[str]
    refused: list[Refusal]


def allowed(lines: list[Line], by: Standing, at: datetime) -> list[list[str]]:
    """The verbs that each row's state and this person allow; conditions beyond that the action asks."""
    mine = set(by.acting_units())
    tell_staff([call for line in lines for call in line.calls if call.unit_id in mine], at)
    return [_allowed(line, by) for line in lines]


def _allowed(line: Line, by: Standing) -> list[str]:
    found = [verb.value for verb in OF_CASES if _fits(workflow.MOVES[verb], line.case, by)]
    return [verb.value for verb in OF_UNITS if any(_fits(summons.MOVES[verb], call, by) for call in line.calls)] + found


def _fits(move: Move, thing: Case | Summons, by: Standing) -> bool:
    return thing.state in move.sources and move.who.holds(thing, by)


def offers(verbs: Iterable[list[str]]) -> list[Offer]:
    """Every verb that at least one row allows, with how many do."""
    rows = list(verbs)
    counts = {verb: sum(verb in row for row in rows) for verb in MOVES}
    return [Offer(MOVES[verb].verb, MOVES[verb].verb.label, number) for verb, number in counts.items() if number]


def takers(move: Move, picks: list[Pick], by: Standing, at: datetime) -> Choices:
    """Whom the single move offers for at least one of the ticked rows; nobody where a move gives nothing to anybody."""
    if "to" not in move.needs:
        return []
    calls = [call for case in cases_of(picks, by, at).values() for call in case.summonses.all()]
    return to_whom([call for call in calls if _fits(move, call, by)], at)


def make_all(
    verb: str, picks: list[Pick], said: Mapping[str, Any], *, by: Standing, now: Callable[[], datetime]
) -> Outcome:
    """Make the move for each row in a transaction of its own; whatever is refused stops no other row."""
    found = cases_of(picks, by, now())
    done, refused = [], []
    for pick in picks:
        try:
            _make(MOVES[verb], found.get(pick.number), pick, said, by, now())
            done.append(pick.number)
        except MoveRefused as why:
            refused.append(Refusal(pick.number, why.sentence))
        except OperationalError:
            refused.append(Refusal(pick.number, _("Somebody is working on it at this moment. Try again.")))
    return Outcome(done, refused)


def cases_of(picks: list[Pick], by: Standing, at: datetime) -> dict[str, Case]:
    """Those of the ticked cases that this person sees."""
    calls = Prefetch("summonses", Summons.objects.in_hands(at).select_related("unit", "worker"))
    rows = Case.objects.visible_to(by).filter(number__in=[pick.number for pick in picks])
    return {case.number: case for case in rows.select_related("profile").prefetch_related(calls)}


def _make(move: Move, case: Case | None, pick: Pick, said: Mapping[str, Any], by: Standing, at: datetime) -> None:
    if case is None:
        raise MoveRefused(_("This case is not among those you see."), code="unseen")
    if pick.version is None:
        raise MoveRefused(_("Reload the list and tick it again."), code="stale")
    if move.verb in OF_CASES:
        actions.advance(case, move.verb, by=by, at=at, seen=pick.version, **said)
        return
    call = _call(move, case, by)
    call.case = case
    actions.answer(call, move.verb, by=by, at=at, seen=pick.version, **said)


def _call(move: Move, case: Case, by: Standing) -> Summons:
    """The own unit's summons that the move is about, the leading one first; refused as its own page would refuse."""
    calls = sorted((call for call in case.summonses.all() if call.state != Answer.RELEASED), key=_leading_first)
    fitting = [call for call in calls if _fits(move, call, by)]
    if fitting:
        return fitting[0]
    mine = [call for call in calls if move.who.holds(call, by)]
    for call in mine or calls:
        check_person(move, call, by)
        check_state(move, call)
    raise MoveRefused(_("No unit is called to it."), code="wrong_state")


def _leading_first(call: Summons) -> tuple[bool, int]:
    return not call.leads, call.pk
