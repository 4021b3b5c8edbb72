"""Every move of the tables: from every wrong state, by every wrong person, without its words."""

from datetime import timedelta

import pytest

from cases import actions, summons, workflow
from cases.models import Answer, Case, State, Summons, Verb
from cases.moves import MoveRefused
from tests import stories
from tests.world import world

pytestmark = pytest.mark.django_db

CASES = {
    State.REPORTED: stories.reported,
    State.TURNED_DOWN: lambda w: plain(w, stories.reported(w), Verb.TURN_DOWN, "dispatcher"),
    State.ACCEPTED: stories.accepted,
    State.AT_DESK: stories.at_desk,
    State.IN_HAND: stories.whistled,
    State.INSPECTING: stories.inspecting,
    State.CALLING_BACK: stories.calling_back,
    State.CLOSING: stories.closing,
    State.CLOSED: stories.closed,
    State.ARCHIVED: stories.archived,
    State.MERGED: stories.merged,
    State.TRANSFERRED: stories.transferred,
    State.WITHHELD: stories.withheld,
}
PEOPLE = (
    "worker", "next_worker", "far_worker", "community_worker", "dispatcher", "street_leader", "outsider",
    "works_officer", "police_officer", "market_officer", "station_officer", "desk_officer", "clerk", "inspector",
    "establishment", "assessor",
)  # fmt: skip
# Who may make each move, written down apart from the tables.
MAY = {
    Verb.PLACE: {"desk_officer"},
    Verb.ACCEPT: {"dispatcher"},
    Verb.TURN_DOWN: {"dispatcher"},
    Verb.MERGE: {"dispatcher", "desk_officer"},
    Verb.UNMERGE: {"dispatcher", "desk_officer"},
    Verb.UNDO: {"dispatcher"},
    Verb.REPEAT: {"street_leader"},
    Verb.SPLIT: {"dispatcher", "desk_officer"},
    Verb.TRANSFER: {"desk_officer"},
    Verb.GET_BACK: {"desk_officer"},
    Verb.SELF_HANDLE: {"dispatcher", "worker", "community_worker"},
    Verb.WHISTLE: {"dispatcher"},
    Verb.ASK_DESK: {"dispatcher"},
    Verb.ASK_LEADER: {"dispatcher"},
    Verb.APPROVE: {"street_leader"},
    Verb.PASS_UP: {"street_leader"},
    Verb.REJECT: {"street_leader"},
    Verb.CONFIRM: {"street_leader"},
    Verb.OBJECT: {"street_leader"},
    Verb.DISPATCH: {"desk_officer"},
    Verb.SEND_BACK: {"desk_officer"},
    Verb.WITHDRAW: {"dispatcher"},
    Verb.SHELVE: {"dispatcher"},
    Verb.ALLOW: {"desk_officer", "inspector"},
    Verb.DISALLOW: {"desk_officer", "inspector"},
    Verb.RESUME: {"dispatcher", "desk_officer", "inspector"},
    Verb.CONVENE: {"dispatcher"},
    Verb.CONCLUDE: {"dispatcher"},
    Verb.PASS: {"worker", "next_worker", "community_worker", "inspector"},
    Verb.REWORK: {"worker", "next_worker", "community_worker", "inspector"},
    Verb.MISS: {"clerk", "desk_officer"},
    Verb.CALL_BACK: {"clerk", "desk_officer"},
    Verb.ASK_AGAIN: {"street_leader", "inspector"},
    Verb.CLOSE: {"dispatcher", "desk_officer"},
    Verb.REOPEN: {"desk_officer", "inspector"},
    Verb.CONCEAL: {"desk_officer", "inspector"},
    Verb.UNVEIL: {"inspector"},
}
BEFORE_THE_LEADER = {
    Verb.APPROVE: stories.before_the_leader,
    Verb.PASS_UP: lambda w: stories.before_the_leader(w, named=False),
    Verb.REJECT: stories.before_the_leader,
    Verb.CONFIRM: lambda w: stories.before_the_leader(w, kind="emergency"),
    Verb.OBJECT: lambda w: stories.before_the_leader(w, kind="emergency"),
    Verb.WITHDRAW: stories.at_desk,
}
SUMMONS_MAY = {verb: {"works_officer"} for verb in (Verb.SIGN, Verb.RESPOND, Verb.ARRIVE, Verb.REPLY)}


def plain(w, case, verb, person, note="因为如此", facts=None):
    return actions.advance(case, verb, by=w.of(getattr(w, person)), at=w.at + stories.HOUR * 9, note=note, facts=facts)


def begun(w, verb: Verb) -> Case:
    """A case in which this move is the next one."""
    if verb in BEFORE_THE_LEADER:
        return BEFORE_THE_LEADER[verb](w)
    case = CASES[workflow.MOVES[verb].sources[0]](w)
    if verb in (Verb.ALLOW, Verb.DISALLOW, Verb.RESUME):
        case = plain(w, case, Verb.SHELVE, "dispatcher", facts=shelving(w))
    if verb == Verb.CONCLUDE:
        return stories.convened(w)
    if verb == Verb.UNVEIL:
        return plain(w, case, Verb.CONCEAL, "inspector", facts=OWN_WORDS)
    return plain(w, case, Verb.ALLOW, "desk_officer") if verb == Verb.RESUME else case


OWN_WORDS = {"summary": "北门夜间占道经营"}


MEETING = {
    "kind": "meeting", "place": "北门", "meets_at": "2026-03-12T15:00:00+08:00", "lead": "CG", "members": ["CG"],
}  # fmt: skip


def shelving(w) -> dict:
    return {"until": "2026-09-30", "plan": "夏季施工", "leader": w.street_leader.pk}


def join(w, case: Case, verb: Verb, by, at, note: str):
    if verb in (Verb.MERGE, Verb.REPEAT):
        other = {"main": stories.accepted(w)} if verb == Verb.MERGE else {"earlier": stories.closed_before(w)}
        action = actions.merge if verb == Verb.MERGE else actions.answer_as_repeat
        return action(case, by=by, at=at, note=note, **other)
    if verb == Verb.UNDO:
        return actions.undo(case, by=by, at=case.steps.latest("seq").at + timedelta(seconds=30), note=note)
    if verb == Verb.TRANSFER:
        return actions.transfer(case, by=by, at=at, note=note, outlet=stories.outlets(w)["petition"])
    if verb == Verb.GET_BACK:
        return actions.get_back(case, by=by, at=at, note=note)
    if verb == Verb.UNMERGE:
        return actions.unmerge(case, by=by, at=at, note=note)
    return actions.split(case, by=by, at=at, note=note, summary="井盖破损", category=w.category)


def attempt(w, case: Case, verb: Verb, person: str | None, note: str = "因为如此"):
    """Try a move through the action that pages use, with everything in order but what the test takes away."""
    by, at = w.of(getattr(w, person)) if person else None, w.at + stories.HOUR * 9
    if verb == Verb.PLACE:
        return actions.place(case, by=by, at=at, area=w.other_street)
    if verb == Verb.ACCEPT:
        return actions.accept(case, by=by, at=at, summary="概述", category=w.category, urgency="normal")
    if verb == Verb.SELF_HANDLE:
        worker = getattr(w, person) if person in ("worker", "community_worker") else w.worker
        return actions.self_handle(case, by=by, at=at, level="grid", worker=worker, note=note)
    if verb == Verb.WHISTLE:
        return actions.blow_whistle(
            case, by=by, at=at, kind="enforcement", first_action=note, calls=stories.calls(w), item=w.item
        )
    if verb == Verb.ASK_DESK:
        return actions.blow_whistle(case, by=by, at=at, kind="prominent", first_action=note, calls=[])
    if verb == Verb.ASK_LEADER:
        stories.with_leaders(w)
        return actions.blow_whistle(
            case, by=by, at=at, kind="enforcement", first_action=note, calls=stories.calls(w), item=w.item
        )
    if verb in (Verb.MERGE, Verb.REPEAT, Verb.UNMERGE, Verb.SPLIT, Verb.UNDO, Verb.TRANSFER, Verb.GET_BACK):
        return join(w, case, verb, by, at, note)
    if verb in (Verb.APPROVE, Verb.PASS_UP):
        return actions.approve_whistle(case, verb=verb, by=by, at=at, note=note)
    if verb == Verb.DISPATCH:
        return actions.dispatch(case, by=by, at=at, calls=[actions.Call(w.market, True, None, "食品")])
    facts = {Verb.SHELVE: shelving(w), Verb.CONVENE: MEETING, Verb.CONCEAL: OWN_WORDS}.get(verb, {"outcome": "reached"})
    return actions.advance(case, verb, by=by, at=at, note=note, facts=facts)


def refused(w, thing, verb, person, note="因为如此", by=attempt) -> str:
    with pytest.raises(MoveRefused) as caught:
        by(w, thing, verb, person, note)
    assert caught.value.sentence.strip()
    return caught.value.code


def someone(verb: Verb) -> str | None:
    return min(MAY[verb]) if verb in MAY else None


@pytest.mark.parametrize("state", list(State))
def test_a_move_is_refused_from_every_state_that_it_does_not_start_in(state):
    w = world()
    case = CASES[state](w)
    assert case.state == state
    wrong = [verb for verb, move in workflow.MOVES.items() if state not in move.sources]
    assert {verb: refused(w, case, verb, someone(verb)) for verb in wrong} == dict.fromkeys(wrong, "wrong_state")


@pytest.mark.parametrize("verb", [verb for verb in workflow.MOVES if verb in MAY])
def test_a_move_of_a_case_is_refused_to_everybody_whom_it_is_not_for(verb):
    w = world()
    case = CASES[workflow.MOVES[verb].sources[0]](w)
    others = sorted(set(PEOPLE) - MAY[verb])
    assert {name: refused(w, case, verb, name) for name in others} == dict.fromkeys(others, "wrong_person")


@pytest.mark.parametrize("verb", [verb for verb in workflow.MOVES if verb in MAY and verb != Verb.ASK_DESK])
def test_a_move_of_a_case_is_open_to_those_it_is_for(verb):
    w = world()
    case = begun(w, verb)
    before = case.version
    assert attempt(w, case, verb, min(MAY[verb])).version == before + 1


@pytest.mark.parametrize("verb", [verb for verb, move in workflow.MOVES.items() if "note" in move.needs])
def test_a_move_that_needs_words_is_refused_without_them(verb):
    w = world()
    case = CASES[workflow.MOVES[verb].sources[0]](w)
    assert refused(w, case, verb, someone(verb), note="  ") == "note_missing"


def move_unit(w, call: Summons, verb: Verb, person: str | None, note: str = "因为如此"):
    by = w.of(getattr(w, person)) if person else None
    facts = stories.CONTACT if note.strip() else {}
    return actions.answer(call, verb, by=by, at=w.at + stories.HOUR * 9, note=note, facts=facts)


def call_in(w, state: Answer) -> Summons:
    """The leading unit's summons in this state, in a case in hand."""
    call = stories.whistled(w).summonses.get(leads=True)
    path = {Answer.SENT: 0, Answer.SIGNED: 1, Answer.RESPONDED: 2, Answer.ARRIVED: 3, Answer.REPLIED: 4}
    for verb in (Verb.SIGN, Verb.RESPOND, Verb.ARRIVE, Verb.REPLY)[: path.get(state, 0)]:
        call = move_unit(w, call, verb, "works_officer")
    return call


@pytest.mark.parametrize("state", [state for state in Answer if state != Answer.RELEASED])
def test_a_summons_is_not_moved_from_every_state_that_the_move_does_not_start_in(state):
    w = world()
    call = call_in(w, state)
    wrong = [verb for verb, move in summons.MOVES.items() if state not in move.sources]
    who = {verb: "works_officer" if verb in SUMMONS_MAY else None for verb in wrong}
    codes = {verb: refused(w, call, verb, who[verb], by=move_unit) for verb in wrong}
    assert codes == dict.fromkeys(wrong, "wrong_state")


@pytest.mark.parametrize("verb", SUMMONS_MAY)
def test_a_unit_answers_only_for_itself(verb):
    w = world()
    call = call_in(w, summons.MOVES[verb].sources[0])
    others = sorted(set(PEOPLE) - SUMMONS_MAY[verb])
    codes = {name: refused(w, call, verb, name, by=move_unit) for name in others}
    assert codes == dict.fromkeys(others, "wrong_person")


@pytest.mark.parametrize("verb", [verb for verb, move in summons.MOVES.items() if move.needs and verb in SUMMONS_MAY])
def test_a_unit_is_asked_for_the_words_of_its_move(verb):
    w = world()
    source = summons.MOVES[verb].sources[-1]
    assert refused(w, call_in(w, source), verb, "works_officer", note=" ", by=move_unit) in (
        "note_missing",
        "facts_missing",
    )


def test_a_reply_needs_contact_and_arrival_first():
    w = world()
    call = call_in(w, Answer.SIGNED)
    assert refused(w, call, Verb.REPLY, "works_officer", by=move_unit) == "contact_owed"
    call = move_unit(w, call, Verb.RESPOND, "works_officer")
    assert refused(w, call, Verb.REPLY, "works_officer", by=move_unit) == "arrival_owed"


def test_only_engagement_and_the_system_make_their_moves():
    w = world()
    assert refused(w, stories.whistled(w), Verb.SETTLE, "dispatcher") == "wrong_person"
    assert refused(w, stories.closing(w), Verb.RATE, "clerk") == "wrong_person"
