"""Making one move: lock the case, check, set the state, follow with the clocks, write the step."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accountability import clocks
from accountability.models import Phase
from audit.kept import Kept
from cases import moves, reopening, summons, workflow
from cases.actions import joining
from cases.actions.again import office_goes_on, result_goes_on
from cases.actions.disputes import withdraw
from cases.actions.orders import order_what_is_owed
from cases.clocks import phases_entered, phases_left, soonest, start_for_case, start_for_summons
from cases.hands import HANDS, facts_of
from cases.ledger import Ledger
from cases.models import Answer, Case, Origin, State, Summons, Verb
from cases.moves import Deed, MoveRefused
from grids.standing import Standing
from people.words import said

# What a move of a summons may change.
CHANGING = (
    "state", "worker", "level", "rest", "extended_times", "extended_days", "paused_days", "parts_left", "to_answer",
    "to_judge",
)  # fmt: skip
# What begins another round, with clocks of its own.
NEW_ROUND = (Verb.REWORK, *reopening.AGAIN)


def lock(case: Case, seen: int | None = None) -> Case:
    """The case as it stands, everything about it waiting its turn; refused if it moved on since version `seen`."""
    (locked,) = _locked(case=case.pk)
    if seen is not None and seen != locked.version:
        raise MoveRefused(
            _("Somebody else has moved this case on since you opened the page. What you wrote is still here."),
            code="stale",
        )
    return locked


@Kept
def _locked(case: int) -> QuerySet[Case]:
    return Case.objects.select_for_update(of=("self",)).select_related("profile").filter(pk=case)


@Kept
def _own(case: int, call: int) -> QuerySet[Summons]:
    return Summons.objects.filter(case=case, pk=call)


@transaction.atomic
def advance(
    case: Case,
    verb: Verb,
    *,
    by: Standing | None,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Case:
    """Make one plain move of the case as a whole. Raises MoveRefused with a sentence and a code."""
    case = lock(case, seen)
    source = case.state
    if workflow.MOVES[verb].own_form:
        raise MoveRefused(_("“%(verb)s” has a form of its own."), code="own_form", params={"verb": verb.label})
    ledger = Ledger(case, by, at, origin)
    make_move(ledger, verb, note=note, facts=facts)
    if verb == Verb.REWORK:
        _rework_units(ledger, note)
    if verb in reopening.AGAIN:
        _call_again(ledger, note)
    order_what_is_owed(ledger, verb)
    if verb == Verb.SEND_BACK:
        _give_back(case, at)
    if verb == Verb.WITHDRAW and source != State.ACCEPTED:  # from there on, nothing had left the street
        _call_off(ledger, note)
    if verb == Verb.CONCLUDE:
        _settle_if_done(ledger)
    return finish(ledger)


@transaction.atomic
def answer(
    call: Summons,
    verb: Verb,
    *,
    by: Standing | None,
    at: datetime,
    note: str = "",
    facts: Mapping[str, Any] | None = None,
    origin: str = Origin.LIVE,
    seen: int | None = None,
) -> Summons:
    """Make one move of one unit's summons; when the last one replies, the case goes on."""
    case = lock(call.case, seen)
    mine = case.summonses.in_hands(at).get(pk=call.pk) if verb in HANDS else _own(case=case.pk, call=call.pk)[0]
    mine.case = case
    _refuse_what_is_ruled(mine, verb)
    ledger = Ledger(case, by, at, origin)
    move_summons(ledger, mine, verb, note=note, facts=facts_of(verb, mine, by, facts) if verb in HANDS else facts)
    if verb == Verb.RECALL:
        result_goes_on(mine, at)
    if mine.state in (Answer.REPLIED, Answer.RELEASED):
        withdraw(ledger, mine)
        _settle_if_done(ledger)
    finish(ledger)
    return mine


def make_move(ledger: Ledger, verb: Verb, *, note: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Check and make a move of the locked case; the only writer of its state."""
    case, move = ledger.case, workflow.MOVES[verb]
    facts = dict(facts or {})
    moves.check(move, case, ledger.by, note, facts, ledger.at)
    source = case.state
    target = move.back_to(case) or workflow.landing(case, move.lands(source))
    ledger.add_lapses(clocks.stop("case", [case.pk], phases=phases_left(source, target, move.stops), at=ledger.at))
    case.round += verb in NEW_ROUND
    case.state = target
    if target == State.CLOSED:
        case.closed_at = ledger.at
    start_for_case(case, phases_entered(source, target, move.starts), ledger.at)
    deed = Deed(said(note), facts, ledger.by, ledger.at)
    move.does(case, deed)
    ledger.add_lapses(deed.lapsed)
    ledger.add(verb, source, target, note=note, facts=facts)


def move_summons(
    ledger: Ledger, call: Summons, verb: Verb, *, note: str = "", facts: Mapping[str, Any] | None = None
) -> None:
    """Check and make a move of one summons of the locked case, and save it."""
    turn(ledger, call, verb, note=note, facts=facts)
    call.save(update_fields=CHANGING)


def turn(ledger: Ledger, call: Summons, verb: Verb, *, note: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Check and make a move of one summons of the locked case; the only writer of its state. Whoever calls saves it."""
    move = summons.MOVES[verb]
    facts = dict(facts or {})
    moves.check(move, call, ledger.by, note, facts, ledger.at)
    if move.stops:
        ledger.add_lapses(clocks.stop("summons", [call.pk], phases=list(move.stops), at=ledger.at), call)
    source, call.state = call.state, Answer(move.back_to(call) or move.lands(call.state))
    if verb in HANDS:
        call.worker_id = facts["to"]
    if move.starts:
        start_for_summons(call, move.starts, ledger.at)
    deed = Deed(said(note), facts, ledger.by, ledger.at)
    move.does(call, deed)
    ledger.add_lapses(deed.lapsed, call)
    ledger.add(verb, source, call.state, call=call, note=note, facts=facts)


def finish(ledger: Ledger) -> Case:
    """Save the locked case and write what happened to it."""
    case = ledger.case
    joining.follow([ledger])
    case.version += 1
    case.due_at = soonest(case)
    case.save()
    ledger.write()
    return case


def _refuse_what_is_ruled(call: Summons, verb: Verb) -> None:
    if verb in summons.OF_DISPUTES:
        moves.check_state(summons.MOVES[verb], call)
        raise MoveRefused(_("“%(verb)s” has a form of its own."), code="own_form", params={"verb": verb.label})


def _give_back(case: Case, at: datetime) -> None:
    """What the street asked the desk for is not sent; the street goes on with what it had left."""
    case.whistles.filter(sent_at=None, sent_back_at=None).update(sent_back_at=at)
    office_goes_on(case, Phase.DISPATCH, at)


def _call_off(ledger: Ledger, note: str) -> None:
    """Nobody is called any more, and the street goes on with the time it had left to decide: none is won by this."""
    system = Ledger(ledger.case, None, ledger.at, ledger.origin, ledger.steps)
    for call in ledger.case.summonses.open():
        call.case = ledger.case
        withdraw(system, call)
        move_summons(system, call, Verb.RELEASE, note=note)
    joining.call_off(ledger, note)
    out = ledger.case.whistles.filter(withdrawn_at=None, sent_back_at=None)
    out.exclude(sent_at=None).update(withdrawn_at=ledger.at)
    out.filter(sent_at=None).update(withdrawn_at=ledger.at, sent_back_at=ledger.at)
    clocks.go_on_with("case", ledger.case.pk, Phase.DISPATCH, ledger.case.office_id)


def _settle_if_done(ledger: Ledger) -> None:
    """Everybody has replied and no joint action keeps them: somebody else goes and looks. An order that is answered
    later than that settles nothing a second time."""
    case = ledger.case
    if case.state != State.IN_HAND:
        return
    owing = case.summonses.exclude(state__in=(Answer.REPLIED, Answer.RELEASED)).exists()
    if not owing and not case.joint_actions.filter(over_at=None).exists():
        make_move(Ledger(case, None, ledger.at, ledger.origin, ledger.steps), Verb.SETTLE)


def _rework_units(ledger: Ledger, note: str) -> None:
    """The leading unit must reply again; the others' replies stand."""
    system = Ledger(ledger.case, None, ledger.at, ledger.origin, ledger.steps)
    for call in ledger.case.summonses.filter(leads=True, state=Answer.REPLIED):
        move_summons(system, call, Verb.REWORK, note=note)


def _call_again(ledger: Ledger, note: str) -> None:
    """The unit that led begins anew, with every clock of a call; what the others did stands until the street asks."""
    system = Ledger(ledger.case, None, ledger.at, ledger.origin, ledger.steps)
    for call in ledger.case.summonses.filter(leads=True, state=Answer.REPLIED):
        call.case = ledger.case
        move_summons(system, call, Verb.REOPEN, note=note)
        start_for_summons(call, summons.phases(call), ledger.at, whole=True)
        call.save(update_fields=["parts_left"])
