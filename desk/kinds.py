"""The kinds of work that can wait for somebody: what each is called, which move ends the wait, and on whose table."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accountability.models import Clock, Phase
from cases import summons, workflow
from cases.models import Case, State, Summons, Verb
from cases.posts import ANSWERS, has_street
from grids.standing import Standing


@dataclass(frozen=True)
class Kind:
    """One kind of work: the verb whose `who` decides whose it is, and the words of its chip and its button."""

    code: str
    verb: Verb
    waits: Promise
    button: Promise
    direct: bool = True


# In the order of the chips. Where several moves are open, the button leads to the case page (not direct).
KINDS = {
    kind.code: kind
    for kind in (
        Kind("place", Verb.PLACE, _("To hand to a street"), Verb.PLACE.label),
        Kind("accept", Verb.ACCEPT, _("To accept"), Verb.ACCEPT.label),
        Kind("approve", Verb.APPROVE, _("To approve a whistle"), _("Approve or not"), direct=False),
        Kind("decide", Verb.WHISTLE, _("To decide who settles it"), _("Decide"), direct=False),
        Kind("dispatch", Verb.DISPATCH, _("To send to the units"), Verb.DISPATCH.label),
        Kind("rule", Verb.UPHOLD, _("To decide whose matter it is"), _("Decide whose matter it is")),
        Kind("allow", Verb.ALLOW, _("Pauses to decide"), _("Allow or not"), direct=False),
        Kind("sign", Verb.SIGN, _("To sign"), Verb.SIGN.label),
        Kind("respond", Verb.RESPOND, _("To contact"), Verb.RESPOND.label),
        Kind("arrive", Verb.ARRIVE, _("To arrive"), Verb.ARRIVE.label),
        Kind("reply", Verb.REPLY, _("To reply"), Verb.REPLY.label),
        Kind("answer", Verb.ANSWER, _("Orders to answer"), Verb.ANSWER.label),
        Kind("judge", Verb.CLOSE_ORDER, _("Orders to judge"), _("Judge the answer"), direct=False),
        Kind("inspect", Verb.PASS, _("To inspect"), _("Inspect"), direct=False),
        Kind("call_back", Verb.CALL_BACK, _("To be called back"), Verb.CALL_BACK.label),
        Kind("close", Verb.CLOSE, _("To close"), Verb.CLOSE.label),
    )
}
OF_STATE = {
    State.REPORTED: KINDS["accept"],
    State.ACCEPTED: KINDS["decide"],
    State.AT_DESK: KINDS["dispatch"],
    State.INSPECTING: KINDS["inspect"],
    State.CALLING_BACK: KINDS["call_back"],
    State.CLOSING: KINDS["close"],
}


def kind_for_case(case: Case, standing: Standing) -> Kind | None:
    """What this case waits for, if this person may do it by the table of moves."""
    if case.approval and workflow.MOVES[Verb.APPROVE].who.holds(case, standing):
        return KINDS["approve"]
    kind = OF_STATE.get(State(case.state))
    if kind is None or not workflow.MOVES[kind.verb].who.holds(case, standing):
        return None
    return KINDS["place"] if case.state == State.REPORTED and not has_street(case) else kind


def kind_for_summons(call: Summons, clocks: list[Clock], standing: Standing) -> Kind | None:
    """The first move of the unit's table that would stop a running clock; with none running, the last one open."""
    theirs = [move for move in summons.MOVES.values() if move.who is ANSWERS and move.verb.value in KINDS]
    own = [move for move in theirs if call.state in move.sources and move.verb != Verb.ANSWER]  # an order: its own turn
    allowed = [move for move in own if move.who.holds(call, standing)]
    running = {clock.phase for clock in clocks}
    wanted = [move for move in allowed if running.intersection(move.stops)] or allowed[-1:]
    return KINDS[wanted[0].verb.value] if wanted else None


def clock_for_case(case: Case, clocks: list[Clock], kind: Kind | None = None) -> Clock | None:
    """The clock of the leader's word where that is what it waits for, or of the phase that the state waits for."""
    phase = Phase.APPROVE if kind is KINDS["approve"] else workflow.AWAITS.get(State(case.state))
    return next((clock for clock in clocks if clock.phase == phase), None)


def clock_for_summons(kind: Kind, clocks: list[Clock]) -> Clock | None:
    """The clock that the next move stops."""
    stops = summons.MOVES[kind.verb].stops
    return next((clock for clock in clocks if clock.phase in stops), None)
