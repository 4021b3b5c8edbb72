"""The moves of a case as a whole, the stages that a profile may switch off, and what each state waits for."""

from django.utils.translation import gettext as _

from accountability.models import Phase
from cases import (
    approving,
    archiving,
    confiding,
    convening,
    hearing,
    linking,
    pairing,
    pausing,
    reopening,
    transferring,
    undoing,
)
from cases.models import Answer, Approval, Case, State, Verb
from cases.moves import STAYS, Move, MoveRefused, both, table
from cases.posts import (
    ALLOWS,
    APPROVES,
    CALLS_BACK,
    CLOSES,
    CONCEALS,
    DESK,
    DOUBTS,
    HEARS,
    IN_CHARGE,
    INSPECTS,
    JOINS,
    REOPENS,
    RESIDENT,
    SENDS_BACK,
    SETTLES,
    SHELVES,
    SYSTEM,
    TAKES_UP_AGAIN,
    UNDOES,
    UNVEILS,
)

# While a case stands in a state, the clock of this phase runs.
AWAITS = {
    State.REPORTED: Phase.ACCEPT,
    State.ACCEPTED: Phase.DISPATCH,
    State.AT_DESK: Phase.DISPATCH,
    State.INSPECTING: Phase.INSPECT,
    State.CALLING_BACK: Phase.CALLBACK,
    State.CLOSING: Phase.CLOSE,
}
# Where a case goes on when a stage is switched off.
NEXT_STAGE = {State.INSPECTING: State.CALLING_BACK, State.CALLING_BACK: State.CLOSING}


def stage_on(case: Case, state: str) -> bool:
    """Whether a case of this profile passes through the state; without a resident nobody is called back."""
    if state == State.INSPECTING:
        return "inspect" in case.profile.stages
    if state == State.CALLING_BACK:
        return "callback" in case.profile.stages and case.has_citizen
    return True


def landing(case: Case, target: str) -> str:
    """The state in which a move to `target` ends: the first stage from there on that is not switched off."""
    while not stage_on(case, target):
        target = NEXT_STAGE[State(target)]
    return target


def every_unit_has_replied(case: Case) -> None:
    waiting = [
        str(call.unit)
        for call in case.summonses.select_related("unit")
        if call.state not in (Answer.REPLIED, Answer.RELEASED)
    ]
    if waiting:
        raise MoveRefused(
            _("%(units)s have not replied yet. It goes on when they have."),
            code="unit_unanswered",
            params={"units": "、".join(waiting)},
        )


def everybody_is_done(case: Case) -> None:
    """Each unit has replied, and the street has let go those that it kept on the spot."""
    every_unit_has_replied(case)
    convening.none_is_open(case)


def nobody_has_signed(case: Case) -> None:
    """A whistle is taken back only as long as nobody has acted on it."""
    calls = [call for call in case.summonses.all() if call.state != Answer.RELEASED]
    if (
        case.state == State.ACCEPTED
        and case.approval == Approval.NONE
        or case.state == State.IN_HAND
        and not any(call.whistle_id for call in calls)
    ):
        raise MoveRefused(_("No whistle is out, so there is none to withdraw."), code="no_whistle")
    signed = [str(call.unit) for call in calls if call.whistle_id and call.state != Answer.SENT]
    if signed:
        sentence = _(
            "%(units)s have signed already, so the whistle stands. A supporting unit can be excused; the leading one"
            " replies, or declines where it is not its matter."
        )
        raise MoveRefused(sentence, code="signed_already", params={"units": "、".join(signed)})


R, A, D, H, N, B, C, M = (
    State.REPORTED,
    State.ACCEPTED,
    State.AT_DESK,
    State.IN_HAND,
    State.INSPECTING,
    State.CALLING_BACK,
    State.CLOSING,
    State.MERGED,
)
MOVES = table(
    Move(Verb.PLACE, (R,), R, DESK, own_form=True, stops=(Phase.ACCEPT,), starts=(Phase.ACCEPT,)),
    Move(Verb.ACCEPT, (R,), A, IN_CHARGE, own_form=True, starts=(Phase.PROMISE,)),
    Move(Verb.TURN_DOWN, (R,), State.TURNED_DOWN, IN_CHARGE, needs=("note",)),
    Move(
        Verb.UNDO, (A, State.TURNED_DOWN, R), R, UNDOES, needs=("note",), own_form=True, timely=undoing.just_now,
        stops=(Phase.PROMISE,),
    ),
    Move(
        Verb.MERGE, (R, A), M, JOINS, needs=("note",), own_form=True, demands=linking.may_be_joined,
        stops=(Phase.PROMISE,),
    ),
    Move(
        Verb.UNMERGE, (M,), A, JOINS, needs=("note",), own_form=True, demands=linking.main_is_open,
        back_to=linking.stood_at,
    ),
    Move(
        Verb.REPEAT, (R, A), M, APPROVES, needs=("note",), own_form=True, demands=linking.may_be_joined,
        stops=(Phase.PROMISE,),
    ),
    Move(Verb.SPLIT, (A, H), STAYS, JOINS, needs=("note",), own_form=True, demands=linking.may_be_split),
    Move(
        Verb.TRANSFER, (R, A, D), State.TRANSFERRED, DESK, needs=("outlet", "note"), own_form=True,
        demands=transferring.may_be_passed_on, proves=transferring.outlet_fits,
        stops=(Phase.PROMISE,), back_to=transferring.where_it_ends,
    ),
    Move(
        Verb.GET_BACK, (State.TRANSFERRED, State.WITHHELD), A, DESK, needs=("note",), own_form=True,
        demands=reopening.its_whole_is_open, back_to=transferring.stood_at,
    ),
    Move(
        Verb.SELF_HANDLE, (A,), H, SETTLES, needs=("note",), own_form=True, demands=approving.no_whistle_waits,
        does=pausing.end_with_the_work,
    ),
    Move(
        Verb.WHISTLE, (A, H), H, IN_CHARGE, needs=("note",), own_form=True, demands=approving.no_whistle_waits,
        does=pausing.end_with_the_work,
    ),
    Move(
        Verb.ASK_DESK, (A, H), D, IN_CHARGE, needs=("note",), own_form=True, demands=approving.nobody_else_called,
        does=pausing.end_with_the_work,
    ),
    Move(
        Verb.ASK_LEADER, (A, H), STAYS, IN_CHARGE, needs=("note",), own_form=True, demands=approving.no_whistle_waits,
        starts=(Phase.APPROVE,),
    ),
    Move(
        Verb.APPROVE, (A, H), H, APPROVES, own_form=True, demands=approving.waits_for_the_units,
        does=both(approving.confirm, pausing.end_with_the_work), stops=(Phase.APPROVE,),
    ),
    Move(
        Verb.PASS_UP, (A, H), D, APPROVES, own_form=True, demands=approving.waits_for_the_desk,
        does=both(approving.confirm, pausing.end_with_the_work), stops=(Phase.APPROVE,),
    ),
    Move(
        Verb.REJECT, (A, H), STAYS, APPROVES, needs=("note",), demands=approving.waits, does=approving.refuse,
        stops=(Phase.APPROVE,),
    ),
    Move(
        Verb.CONFIRM, (D, H, N, B, C), STAYS, APPROVES, demands=approving.went_ahead, does=approving.confirm,
        stops=(Phase.APPROVE,),
    ),
    Move(
        Verb.OBJECT, (D, H, N, B, C), STAYS, APPROVES, needs=("note",), demands=approving.went_ahead,
        does=approving.objection, stops=(Phase.APPROVE,),
    ),
    Move(Verb.DISPATCH, (D,), H, DESK, own_form=True),
    Move(
        Verb.WITHDRAW, (A, D, H), A, IN_CHARGE, needs=("note",), demands=nobody_has_signed,
        does=both(approving.drop, pausing.end_with_the_work), stops=(Phase.APPROVE,),
    ),
    Move(Verb.SEND_BACK, (D,), A, DESK, needs=("note",), does=approving.drop, stops=(Phase.APPROVE,)),
    Move(
        Verb.SHELVE, (A, H), STAYS, SHELVES, needs=("note", "until", "plan", "leader"),
        demands=pausing.nothing_rests, proves=pausing.shelving_fits, does=pausing.ask,
    ),
    Move(Verb.ALLOW, (A, H), STAYS, ALLOWS, demands=pausing.it_was_asked_for, does=pausing.allow),
    Move(
        Verb.DISALLOW, (A, H), STAYS, ALLOWS, needs=("note",), demands=pausing.it_was_asked_for, does=pausing.disallow,
    ),
    Move(Verb.RESUME, (A, H), STAYS, TAKES_UP_AGAIN, demands=pausing.it_rests, does=pausing.go_on),
    Move(
        Verb.CONVENE, (H,), STAYS, IN_CHARGE, needs=("note", "kind", "place", "meets_at", "lead", "members"),
        demands=convening.can_be_opened, proves=convening.fits, does=convening.convene,
    ),
    Move(
        Verb.CONCLUDE, (H,), STAYS, IN_CHARGE, needs=("note",), demands=convening.one_is_open,
        timely=convening.all_are_done, does=convening.conclude,
    ),
    Move(
        Verb.SETTLE, (H,), N, SYSTEM, demands=everybody_is_done,
        does=both(approving.drop_what_waits, pausing.end_with_the_work),
    ),
    Move(Verb.PASS, (N,), B, INSPECTS, needs=("note",), proves=pairing.is_paired, does=pairing.keep_pair),
    Move(Verb.REWORK, (N, C), H, SENDS_BACK, needs=("note",)),
    Move(Verb.MISS, (B,), B, CALLS_BACK, facts_from="engagement"),
    Move(Verb.HEAR, (B,), B, HEARS, facts_from="engagement"),
    Move(Verb.CALL_BACK, (B,), C, CALLS_BACK, facts_from="engagement"),
    Move(Verb.RATE, (B, C), C, RESIDENT, facts_from="engagement"),
    Move(
        Verb.ASK_AGAIN, (C,), B, DOUBTS, needs=("note",), demands=hearing.may_be_asked_again, does=hearing.note_round,
    ),
    Move(
        Verb.CONCEAL, (R, A, D, H, N, B, C), STAYS, CONCEALS, needs=("note",), demands=confiding.is_open,
        proves=confiding.has_own_words, does=confiding.conceal,
    ),
    Move(
        Verb.UNVEIL, (R, A, D, H, N, B, C), STAYS, UNVEILS, needs=("note",), demands=confiding.is_hidden,
        does=confiding.unveil,
    ),
    Move(
        Verb.CLOSE, (C,), State.CLOSED, CLOSES, needs=("note",), demands=linking.no_part_is_open,
        does=both(approving.drop, archiving.set_the_day), stops=(Phase.PROMISE, Phase.APPROVE),
    ),
    Move(
        Verb.REOPEN, (State.CLOSED,), H, REOPENS, needs=("note",), demands=reopening.its_whole_is_open,
        does=reopening.undo_the_closing, starts=(Phase.PROMISE,), back_to=reopening.who_goes_on,
    ),
    Move(
        Verb.COME_BACK, (State.CLOSED,), H, RESIDENT, demands=reopening.its_whole_is_open,
        timely=reopening.within_the_days, does=reopening.undo_the_closing, starts=(Phase.PROMISE,),
        back_to=reopening.who_goes_on, facts_from="engagement",
    ),
    Move(Verb.ARCHIVE, (State.CLOSED,), State.ARCHIVED, SYSTEM, does=archiving.says_how_long),
)  # fmt: skip
